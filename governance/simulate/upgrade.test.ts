import { readFileSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import {
  Keypair,
  PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  TransactionInstruction,
} from '@solana/web3.js';
import { expect, it } from 'vitest';
import { programPath } from '#test/support/programs.ts';
import { type SquadsWorld, squadsWorld } from '#test/support/squads-world.ts';
import { LOADER, programDataAddress } from '../chain/loader-accounts.ts';
import { pinsOf } from '../restaking/pdas.ts';
import type { Address } from '../types.ts';
import { simulateExecution } from './execution.ts';

/** The council upgrades a program: what was in it and what will be, by the hash of its code. */

const LAMPORTS = 10_000_000_000n;
const [before, after] = [programPath('squads'), programPath('restaking')].map((path) =>
  readFileSync(path),
) as [Buffer, Buffer];
const program = Keypair.generate().publicKey;
const buffer = Keypair.generate().publicKey;
const spill = Keypair.generate().publicKey;
const hashOf = (elf: Uint8Array) =>
  bytesToHex(sha256(elf.subarray(0, elf.findLastIndex((byte) => byte !== 0) + 1)));

function put(world: SquadsWorld, address: PublicKey, head: readonly Uint8Array[], executable = false): void {
  const data = Uint8Array.from(Buffer.concat(head));
  world.svm.setAccount({ address, owner: LOADER, lamports: LAMPORTS, data, executable });
}
const u32 = (tag: number) => Uint8Array.of(tag, 0, 0, 0);

/** @param authority of the buffer; the program's is the vault */
async function upgradeBy(authority: (vault: PublicKey) => PublicKey) {
  const world = await squadsWorld();
  const { vault } = world;
  put(world, program, [u32(2), programDataAddress(program).toBytes()], true);
  put(world, programDataAddress(program), [
    u32(3),
    new Uint8Array(8),
    Uint8Array.of(1),
    vault.toBytes(),
    before,
  ]);
  put(world, buffer, [u32(1), Uint8Array.of(1), authority(vault).toBytes(), after]);
  const index = await world.proposed([
    new TransactionInstruction({
      programId: LOADER,
      keys: [
        programDataAddress(program),
        program,
        buffer,
        spill,
        SYSVAR_RENT_PUBKEY,
        SYSVAR_CLOCK_PUBKEY,
        vault,
      ].map((pubkey, at) => ({ pubkey, isWritable: at < 4, isSigner: at === 6 })),
      data: Buffer.from(u32(3)),
    }),
  ]);
  const pins = pinsOf(PublicKey.default.toBase58() as Address, world.council);
  const { runs } = await simulateExecution(world.svm, pins, [index], null);
  return runs[0]!;
}

it('shows the hash of the code before and after', async () => {
  const { failure, changes } = await upgradeBy((vault) => vault);
  expect(failure).toBeNull();
  const code = { address: programDataAddress(program).toBase58(), kind: 'code of a program' };
  expect(changes).toContainEqual({
    ...code,
    field: 'codeSha256',
    before: hashOf(before),
    after: hashOf(after),
  });
  expect(hashOf(before)).not.toBe(hashOf(after));
});

it('fails where the buffer has another authority than the program', async () => {
  const { failure, changes } = await upgradeBy(() => spill);
  expect(failure?.name ?? failure?.reason).toMatch(/IncorrectAuthority|incorrect authority/i);
  expect(changes).toEqual([]);
});
