import { PublicKey } from '@solana/web3.js';
import type { Address } from '#governance/types.ts';
import type { ProgramInfo } from './info.ts';
import type { KeyRing } from './keys.ts';
import { lstAccounts } from './lsts/accounts.ts';
import { markerAddress } from './marker.ts';
import { type ProgramBinary, programAccounts, programNamed } from './programs.ts';
import type { SandboxRpc } from './rpc.ts';
import type { SeatName } from './seats.ts';
import { LAMPORTS_PER_SOL, rentLamports, type SeedAccount, wallet } from './seed-account.ts';
import { squadsAccounts } from './squads.ts';

const SEAT_LAMPORTS = 1_000n * LAMPORTS_PER_SOL;

/** Sanctum's forks of the stake pool program keep its layout and instructions: the same binary stands in for them. */
const STAKE_POOL_FORKS = [
  { name: 'sanctum-spl', id: 'SP12tWFxD9oJsVWNavTTBZvMbA6gkAmxtVgxdqvyvhY' as Address },
  { name: 'sanctum-spl-multi', id: 'SPMBzsVUuoHA4Jm6KunbsotaahvVikZs1JyTW6iJvbn' as Address },
];

interface Loaded extends ProgramInfo {
  readonly path: string;
}

/**
 * The programs a network carries: all given ones, the forks, and ours only unless it is bare.
 * @throws SipError PROGRAMS_MISSING
 */
export function programsToLoad(binaries: readonly ProgramBinary[], bare: boolean): readonly Loaded[] {
  const names = ['squads', 'spl-governance', 'spl-stake-pool'] as const;
  const foreign = names.map((name) => programNamed(binaries, name));
  const pool = programNamed(binaries, 'spl-stake-pool');
  const forks = STAKE_POOL_FORKS.map((fork) => ({
    ...pool,
    ...fork,
    origin: `${pool.name} at the id of Sanctum's fork, which has the same layout; ${pool.origin}`,
  }));
  return [...(bare ? [] : [programNamed(binaries, 'restaking')]), ...foreign, ...forks];
}

/** Writes the programs; ours gets the sandbox's upgrade authority, foreign ones none. @throws SipError PROGRAMS_MISSING */
export async function seedPrograms(
  rpc: SandboxRpc,
  programs: readonly Loaded[],
  authority: PublicKey,
): Promise<void> {
  await Promise.all(
    programs.map(async ({ name, id, path }) => {
      const accounts = await programAccounts(
        new PublicKey(id),
        path,
        name === 'restaking' ? authority : null,
      );
      // Surfpool reads the ProgramData when the Program is written.
      await rpc.setAccounts([accounts.programData]);
      await rpc.setAccounts([accounts.program]);
    }),
  );
}

/** Everything but programs and council. */
export function worldAccounts(ring: KeyRing<SeatName>): readonly SeedAccount[] {
  const key = (name: SeatName) => ring.of(name).keypair.publicKey;
  return [
    ...squadsAccounts(key('pool-manager')),
    ...lstAccounts(key('pool-manager'), key('depositor')),
    ...ring.all.map(({ keypair }) => wallet(keypair.publicKey, SEAT_LAMPORTS)),
    wallet(markerAddress(ring.of('epoch-admin').publicKey), rentLamports(0)),
  ];
}
