import * as sdk from '@solana/spl-governance';
import { PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Address } from '../../types.ts';
import {
  governanceAddress,
  nativeTreasuryAddress,
  proposalTransactionAddress,
  REALMS_PROGRAM,
  realmAddress,
  realmsProposalAddress,
} from './addresses.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const utf8 = (text: string) => new TextEncoder().encode(text);
const base58 = (bytes: Uint8Array) => new PublicKey(bytes).toBase58() as Address;

it('names the addresses of SPL Governance as its SDK does, on any instance', async () => {
  // The SDK writes a transaction's index as a signed number; the program takes all 16 bits.
  await fc.assert(
    fc.asyncProperty(key, key, fc.nat(255), fc.nat(32_767), async (program, of, option, index) => {
      const [id, parent] = [new PublicKey(program), new PublicKey(of)];
      expect(nativeTreasuryAddress(base58(program), base58(of)).address).toBe(
        (await sdk.getNativeTreasuryAddress(id, parent)).toBase58(),
      );
      const theirs = await sdk.getProposalTransactionAddress(id, 3, parent, option, index);
      const ours = proposalTransactionAddress(base58(program), base58(of), option, index);
      expect(ours.address).toBe(theirs.toBase58());
    }),
    { numRuns: 50 },
  );
});

it('names those that the SDK has no function for by the seeds of the program', () => {
  const program = new PublicKey(REALMS_PROGRAM);
  const find = (...seeds: Uint8Array[]) => PublicKey.findProgramAddressSync(seeds, program)[0].toBase58();
  fc.assert(
    fc.property(key, key, key, (a, b, c) => {
      const seeds = {
        GovernanceV2: 'account-governance',
        ProgramGovernanceV2: 'program-governance',
        MintGovernanceV2: 'mint-governance',
        TokenGovernanceV2: 'token-governance',
      } as const;
      for (const type of Object.keys(seeds) as (keyof typeof seeds)[])
        expect(governanceAddress(REALMS_PROGRAM, type, a, b).address).toBe(find(utf8(seeds[type]), a, b));
      expect(realmsProposalAddress(REALMS_PROGRAM, base58(a), b, c).address).toBe(
        find(utf8(sdk.GOVERNANCE_PROGRAM_SEED), a, b, c),
      );
    }),
    { numRuns: 30 },
  );
  const parent = new Uint8Array(32).fill(9);
  expect(proposalTransactionAddress(REALMS_PROGRAM, base58(parent), 255, 65_534).address).toBe(
    find(utf8('governance'), parent, Uint8Array.of(255), Uint8Array.of(0xfe, 0xff)),
  );
  expect(realmAddress(REALMS_PROGRAM, 'Räte').address).toBe(find(utf8('governance'), utf8('Räte')));
});
