import { PublicKey } from '@solana/web3.js';
import { codeHash, decodeLoaderAccount, LOADER, withoutPadding } from '../chain/loader-accounts.ts';
import type { RawAccount } from '../chain/ports.ts';
import { ACCOUNT_TYPES, type AccountType, decodeAccount } from '../restaking/accounts.ts';
import { TOKEN_PROGRAMS } from '../restaking/pdas.ts';
import type { Address } from '../types.ts';
import { permissionsOf } from '../venues/squads/state.ts';
import { decodeMultisig, decodeProposal, SQUADS_PROGRAM } from '../verify/index.ts';

/** Before → after of an account, in fields where its kind is known. */
export interface Change {
  readonly address: Address;
  /** `RestakingPool`, `token account`, …; `account` where nobody here knows what it is. */
  readonly kind: string;
  /** Path of the field; `lamports`, `owner` and `data` are the account's own. */
  readonly field: string;
  /** Null where there is no account, or no such field. */
  readonly before: Shown;
  readonly after: Shown;
}
export type Shown = bigint | number | string | boolean | null;

interface Read {
  readonly kind: string;
  readonly fields: ReadonlyMap<string, Shown>;
}

/** @param programId of the restaking program */
export function changesOf(
  address: Address,
  before: RawAccount | null,
  after: RawAccount | null,
  programId: Address,
): readonly Change[] {
  if (same(before, after)) return [];
  const [old, young] = [read(before, programId), read(after, programId)];
  const kind = young?.kind ?? old?.kind ?? 'account';
  const names = new Set([...(old?.fields.keys() ?? []), ...(young?.fields.keys() ?? [])]);
  return [...names].flatMap((field): readonly Change[] => {
    const was = old?.fields.get(field) ?? null;
    const is = young?.fields.get(field) ?? null;
    return was === is ? [] : [{ address, kind, field, before: was, after: is }];
  });
}

function same(a: RawAccount | null, b: RawAccount | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.lamports === b.lamports && a.owner.equals(b.owner) && Buffer.from(a.data).equals(Buffer.from(b.data))
  );
}

/** Only lamports have never been an account of somebody. */
function read(account: RawAccount | null, programId: Address): Read | undefined {
  if (account === null) return undefined;
  const own: [string, Shown][] = [['lamports', account.lamports]];
  const known = knownFields(account, programId);
  if (known) return { kind: known.kind, fields: new Map([...own, ...known.fields]) };
  const { length } = account.data;
  const data: Shown = length === 0 ? null : `${length} bytes ${Buffer.from(account.data).toString('hex')}`;
  return { kind: 'account', fields: new Map([...own, ['owner', account.owner.toBase58()], ['data', data]]) };
}

interface Known {
  readonly kind: string;
  readonly fields: readonly (readonly [string, Shown])[];
}

function knownFields(account: RawAccount, programId: Address): Known | undefined {
  const owner = account.owner.toBase58();
  if (owner === programId) return ofProgram(account, programId);
  if (owner === SQUADS_PROGRAM) return ofSquads(account.data);
  if (owner === LOADER.toBase58()) return ofLoader(account);
  return Object.values<string>(TOKEN_PROGRAMS).includes(owner) ? ofToken(account.data) : undefined;
}

function ofProgram(account: RawAccount, programId: Address): Known | undefined {
  for (const type of ACCOUNT_TYPES) {
    const value = decodeAccount(type as AccountType, account, programId);
    if (value !== undefined) return { kind: type, fields: flat(value) };
  }
  return undefined;
}

/** A program's code by its hash, as an upgrade replaces it. */
function ofLoader(account: RawAccount): Known | undefined {
  const content = decodeLoaderAccount(account);
  if (content === undefined) return undefined;
  if (content.kind === 'program') return { kind: 'program', fields: [['programData', content.programData]] };
  return {
    kind: content.kind === 'buffer' ? 'buffer of a program' : 'code of a program',
    fields: [
      ['authority', content.authority],
      ['codeSha256', codeHash(content.elf)],
      ['codeBytes', withoutPadding(content.elf).length],
    ],
  };
}

function ofSquads(data: Uint8Array): Known | undefined {
  const proposal = decodeProposal(data);
  if (proposal.ok) return { kind: 'Proposal', fields: [['status', proposal.value.status]] };
  const multisig = decodeMultisig(data);
  if (!multisig.ok) return undefined;
  const { threshold, timeLockSeconds, staleTransactionIndex, rentCollector, members } = multisig.value;
  return {
    kind: 'Multisig',
    fields: [
      ['threshold', threshold],
      ['timeLockSeconds', timeLockSeconds],
      ['staleTransactionIndex', staleTransactionIndex],
      ['rentCollector', rentCollector && new PublicKey(rentCollector).toBase58()],
      ['members', members.length],
      ...members.map(({ key, mask }) => [`member ${new PublicKey(key).toBase58()}`, mayText(mask)] as const),
    ],
  };
}

const mayText = (mask: number): string => permissionsOf(mask).join(', ') || 'nothing';

/** SPL Token's `Mint` and `Account`; both start alike under Token-2022, which puts extensions behind them. */
const MINT_BYTES = 82;
const ACCOUNT_BYTES = 165;
/** Token-2022: what kind it is, behind the fields of a token account. */
const KIND_AT = 165;

function ofToken(data: Uint8Array): Known | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const key = (at: number) => new PublicKey(data.subarray(at, at + 32)).toBase58();
  const option = (at: number) => (view.getUint32(at, true) === 1 ? key(at + 4) : null);
  if (data.length === MINT_BYTES || (data.length > KIND_AT && data[KIND_AT] === 1))
    return {
      kind: 'token mint',
      fields: [
        ['mintAuthority', option(0)],
        ['supply', view.getBigUint64(36, true)],
        ['decimals', data[44] ?? 0],
        ['freezeAuthority', option(46)],
      ],
    };
  if (data.length === ACCOUNT_BYTES || (data.length > KIND_AT && data[KIND_AT] === 2))
    return {
      kind: 'token account',
      fields: [
        ['mint', key(0)],
        ['owner', key(32)],
        ['amount', view.getBigUint64(64, true)],
        ['delegate', option(72)],
        ['state', ['uninitialized', 'initialized', 'frozen'][data[108] ?? 0] ?? 'unknown'],
      ],
    };
  return undefined;
}

function flat(value: object, before = ''): readonly (readonly [string, Shown])[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const path = `${before}${name}`;
    if (Array.isArray(inner)) return [[path, Buffer.from(inner as number[]).toString('hex')] as const];
    if (typeof inner === 'object' && inner !== null) return flat(inner, `${path}.`);
    return [[path, inner as Shown] as const];
  });
}
