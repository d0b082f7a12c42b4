import { PublicKey } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../types.ts';
import {
  configAddress,
  derive,
  isOnCurve,
  multisigAddress,
  proposalAddress,
  SQUADS_PROGRAM,
  sipRecordAddress,
  transactionAddress,
  vaultAddress,
} from './pda.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('program derived addresses', () => {
  it('knows the points of the curve as web3.js does', () => {
    fc.assert(
      fc.property(key, (bytes) => {
        expect(isOnCurve(bytes)).toBe(PublicKey.isOnCurve(bytes));
      }),
      {
        numRuns: 500,
      },
    );
    expect(isOnCurve(new PublicKey(SQUADS_PROGRAM).toBytes())).toBe(PublicKey.isOnCurve(SQUADS_PROGRAM));
    expect(isOnCurve(new Uint8Array(32))).toBe(PublicKey.isOnCurve(new Uint8Array(32)));
  });

  it.each([
    // Of what decides, (y² − 1)(d·y² + 1), the lowest 32, 33, 64 and 96 bits are 0: a square, and none. The last is 0.
    '3af90d284a4619b584790f4e8c6c33d77cb3483ac0374af2c199827974656d0e',
    'bc4cc853b58685d44fa423cd9a9e4d1558b9d2b1d632600a3d3bd1eff4908e6b',
    '41efab4ef9d41acfc9254452551976fa1fb8d8973918f1c0d9e6d1535429d028',
    'c8cd38f24229536ae855d4f232666944432543c8a52a68124ddd802910fc8472',
    'fe985ab4e463bd53e387e72e148a734f0df915827b73c8c72cf1e2779aa5b56b',
    '698b822e318349ff1f4690873f1054e16b865f5182ab27a834150518497a257d',
    '03791c9f25278e087f33ac4ff67d3f71747492fdc39dc392998f3051ea602e36',
    'bf325ec2669f00d83279a6262df877adf7bbf9960a22050dc50ce3aee4811f2e',
    `01${'00'.repeat(31)}`,
  ])('knows those that a random key never is: %s', (y) => {
    const bytes = Uint8Array.from(Buffer.from(y, 'hex'));
    expect(isOnCurve(bytes)).toBe(PublicKey.isOnCurve(bytes));
  });

  it('finds the address and bump that web3.js finds', () => {
    const seeds = fc.array(fc.uint8Array({ maxLength: 32 }), { maxLength: 6 });
    fc.assert(
      fc.property(seeds, key, (parts, program) => {
        const [address, bump] = PublicKey.findProgramAddressSync(parts, new PublicKey(program));
        const ours = derive(parts, new PublicKey(program).toBase58() as Address);
        expect(ours).toMatchObject({ address: address.toBase58(), bump });
      }),
      { numRuns: 200 },
    );
  });

  it('derives an address once', () => {
    const seeds = (n: number) => [Uint8Array.of(n), new Uint8Array()];
    const before = derive(seeds(1), SQUADS_PROGRAM);
    expect(derive(seeds(2), SQUADS_PROGRAM).address).not.toBe(before.address);
    expect(derive(seeds(1), SQUADS_PROGRAM)).toBe(before);
  });

  it('names the addresses of Squads as its SDK does', () => {
    expect(SQUADS_PROGRAM).toBe(squads.PROGRAM_ID.toBase58());
    fc.assert(
      fc.property(
        key,
        fc.nat(255),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (createKey, vault, index) => {
          const [multisigPda] = squads.getMultisigPda({ createKey: new PublicKey(createKey) });
          const council = multisigPda.toBase58() as Address;
          expect(multisigAddress(createKey).address).toBe(council);
          expect(vaultAddress(council, vault).address).toBe(
            squads.getVaultPda({ multisigPda, index: vault })[0].toBase58(),
          );
          expect(transactionAddress(council, index).address).toBe(
            squads.getTransactionPda({ multisigPda, index })[0].toBase58(),
          );
          expect(proposalAddress(council, index).address).toBe(
            squads.getProposalPda({ multisigPda, transactionIndex: index })[0].toBase58(),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('names the addresses of the restaking program', () => {
    const program = new PublicKey('3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6');
    const find = (...seeds: Uint8Array[]) => PublicKey.findProgramAddressSync(seeds, program)[0].toBase58();
    const id = program.toBase58() as Address;
    expect(configAddress(id).address).toBe(find(Buffer.from('config')));
    expect(sipRecordAddress(id, 0x01020304).address).toBe(
      find(Buffer.from('sip'), Buffer.from([4, 3, 2, 1])),
    );
  });
});
