import bs58 from 'bs58';
import type { Claim, Cluster, KeySource, ToSigner } from '#desktop/shared/signer-protocol.ts';
import type { Address } from '#governance/types.ts';
import type { SigningPins } from '#governance/verify/signing/index.ts';

/** What comes over the port is checked here once; behind it every field is what its type says. */

const CLUSTERS: readonly string[] = [
  'embedded',
  'local',
  'devnet',
  'testnet',
  'mainnet',
] satisfies readonly Cluster[];
const U64_MAX = 2n ** 64n - 1n;

type Fields = Readonly<Record<string, unknown>>;

class Malformed extends Error {}

/** Undefined for what is no request. The message is copied: nobody changes it while it is being read by a person. */
export function parseRequest(value: unknown): ToSigner | undefined {
  try {
    return request(value);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Whom to answer, also when the rest makes no sense. */
export function idOf(value: unknown): number | undefined {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return Number.isSafeInteger(id) ? (id as number) : undefined;
}

function request(value: unknown): ToSigner {
  const id = idOf(value) ?? malformed();
  const fields = record(value);
  if (fields.kind === 'abort') return { id, kind: 'abort' };
  if (fields.kind === 'inspect') return { id, kind: 'inspect', path: text(fields.path) };
  if (fields.kind !== 'sign' || !(fields.message instanceof Uint8Array)) return malformed();
  return {
    id,
    kind: 'sign',
    source: sourceOf(record(fields.source)),
    publicKey: address(fields.publicKey),
    message: Uint8Array.from(fields.message),
    pins: pinsOf(record(fields.pins)),
    cluster: CLUSTERS.includes(text(fields.cluster)) ? (fields.cluster as Cluster) : malformed(),
    transactionIndex: fields.transactionIndex === null ? null : decimal(fields.transactionIndex),
    claim: claimOf(record(fields.claim)),
  };
}

function sourceOf({ kind, path, allowMainnet }: Fields): KeySource {
  if (kind === 'offline' || kind === 'browser') return { kind };
  if (kind === 'ledger') return { kind, path: text(path) };
  if (kind !== 'keypair' || typeof allowMainnet !== 'boolean') return malformed();
  return { kind, path: text(path), allowMainnet };
}

const pinsOf = ({ programId, council, vault }: Fields): SigningPins => ({
  programId: address(programId),
  council: address(council),
  vault: address(vault),
});

const claimOf = ({ title, verdict, digest }: Fields): Claim => ({
  title: text(title),
  verdict: verdict === null ? null : text(verdict),
  digest: digest === null ? null : text(digest),
});

const malformed = (): never => {
  throw new Malformed();
};

const record = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : malformed();

const text = (value: unknown): string => (typeof value === 'string' ? value : malformed());

function address(value: unknown): Address {
  const key = bs58.decodeUnsafe(text(value));
  return key?.length === 32 ? (value as Address) : malformed();
}

function decimal(value: unknown): string {
  const digits = text(value);
  return /^(0|[1-9]\d{0,19})$/.test(digits) && BigInt(digits) <= U64_MAX ? digits : malformed();
}
