import type { PublicKey } from '@solana/web3.js';
import { getProposalPda, getTransactionPda, PROGRAM_ID } from '@sqds/multisig';
import type { RawAccount } from '#governance/chain/ports.ts';
import {
  makeWorld,
  multisigBytes,
  multisigFields,
  proposalBytes,
  transactionBytes,
  transactionFields,
  type World,
} from '#test/verify/world.ts';

/** A council with as many active proposals as wanted, its accounts as Squads' own library writes them. */
export interface LongCouncil {
  readonly world: World;
  /** By address in base58. */
  readonly accounts: Map<string, RawAccount>;
}

export function longCouncil(count: number): LongCouncil {
  const world = { ...makeWorld(1), index: BigInt(count), stale: 0n };
  const accounts = new Map<string, RawAccount>();
  const put = (address: PublicKey, data: Uint8Array) =>
    accounts.set(address.toBase58(), {
      ...{ address, data, owner: PROGRAM_ID, lamports: 1_000_000n, executable: false },
    });
  put(world.council, multisigBytes({ ...multisigFields(world), transactionIndex: count }));
  const of = { multisigPda: world.council };
  for (let index = 1n; index <= BigInt(count); index += 1n) {
    const one = { ...world, index };
    put(getTransactionPda({ ...of, index })[0], transactionBytes(transactionFields(one)));
    put(getProposalPda({ ...of, transactionIndex: index })[0], proposalBytes(one, 'Active'));
  }
  return { world, accounts };
}
