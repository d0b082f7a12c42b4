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
