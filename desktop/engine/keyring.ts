import { PublicKey } from '@solana/web3.js';
import type { Cluster, KeySource } from '#desktop/shared/signer-protocol.ts';
import type { Seat } from '#desktop/shared/views/index.ts';
import type { Signer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import type { Address, Pins } from '#governance/types.ts';
import type { Council } from '#governance/venues/squads/state.ts';
import type { Outside } from './outside.ts';
import type { SignerEntry } from './settings.ts';
import type { Claim } from './world.ts';

/** A key that the signer's process can sign with; `source` is for that process alone. */
export interface Key {
  readonly id: string;
  readonly name: string;
  readonly publicKey: Address;
  readonly source: KeySource;
}

/** A signer that the user added, as a key of any deployment. */
export function keyOf(entry: SignerEntry): Key {
  const { id, name, publicKey } = entry;
  return { id, name, publicKey: publicKey as Address, source: sourceOf(entry) };
}

function sourceOf(entry: SignerEntry): KeySource {
  if (entry.kind === 'keypair')
    return { kind: entry.kind, path: entry.path, allowMainnet: entry.allowMainnet };
  return entry.kind === 'ledger' ? { kind: entry.kind, path: entry.path } : { kind: entry.kind };
}

/** The keys as seats of the council; one that is no member may do nothing there. */
export function seatsOf(
  keys: readonly Key[],
  council: Pick<Council, 'members'> | undefined,
): readonly Seat[] {
  return keys.map(({ id, name, publicKey }) => {
    const member = council?.members.find(({ key }) => key === publicKey);
    return { id, name, publicKey, permissions: [...(member?.permissions ?? [])] };
  });
}

/** Asks for each signature in a confirm window. @throws SipError USAGE for nobody */
export function signerOf(
  keys: readonly Key[],
  at: { readonly pins: Pins; readonly cluster: Cluster; readonly outside: Outside },
  keyId: string | null,
  claim: Claim,
): Signer {
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined)
    throw new SipError('USAGE', { detail: 'nobody signs here: choose a key at the lower left' });
  const { pins, cluster, outside } = at;
  const { title, verdict, digest, transactionIndex } = claim;
  return {
    publicKey: new PublicKey(key.publicKey),
    sign: (message) =>
      outside.sign({
        source: key.source,
        publicKey: key.publicKey,
        message,
        pins,
        cluster,
        transactionIndex: transactionIndex?.toString() ?? null,
        claim: { title, verdict, digest },
      }),
  };
}
