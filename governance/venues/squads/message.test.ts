import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { instructions as sdk } from '@sqds/multisig';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionBytes } from '../../chain/size.ts';
import { vaultTransactionCreate } from './instructions.ts';
import { compileVaultMessage, parseStored, storedForm } from './message.ts';
import { vaultAddress } from './pdas.ts';
import { bytesOf, transactionSizes } from './size.ts';

const BLOCKHASH = 'EETubP5AKHgjPAhzPAFcb8BAY1hMH639CWCFTqi3hq1k';
const COUNCIL = new PublicKey('GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm');
const VAULT = vaultAddress(COUNCIL);

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new PublicKey(bytes));
const account = fc.record({
  pubkey: fc.oneof(key, fc.constant(VAULT), fc.constant(COUNCIL)),
  isSigner: fc.constant(false),
  isWritable: fc.boolean(),
});
const instruction = fc
  .record({
    programId: key,
    keys: fc.array(account, { maxLength: 8 }),
    data: fc.uint8Array({ maxLength: 200 }),
    signs: fc.boolean(),
  })
  .map(
    ({ programId, keys, data, signs }) =>
      new TransactionInstruction({
        programId,
        keys: [{ pubkey: VAULT, isSigner: signs, isWritable: false }, ...keys],
        data: Buffer.from(data),
      }),
  );

describe('compileVaultMessage', () => {
  it("gives the SDK's vault_transaction_create, byte for byte", () => {
    fc.assert(
      fc.property(fc.array(instruction, { minLength: 1, maxLength: 5 }), (instructions) => {
        const creator = Keypair.generate().publicKey;
        const theirs = sdk.vaultTransactionCreate({
          multisigPda: COUNCIL,
          transactionIndex: 7n,
          creator,
          rentPayer: creator,
          vaultIndex: 0,
          ephemeralSigners: 0,
          transactionMessage: new TransactionMessage({
            payerKey: VAULT,
            recentBlockhash: BLOCKHASH,
            instructions,
          }),
        });
        const { wire } = compileVaultMessage(VAULT, instructions);
        const ours = vaultTransactionCreate({
          council: COUNCIL,
          transactionIndex: 7n,
          creator,
          message: wire,
        });
        expect(ours.data).toEqual(theirs.data);
        expect(ours.keys).toEqual(theirs.keys);
      }),
      { numRuns: 50 },
    );
  });

  it('puts the vault first and keeps every instruction through both encodings', () => {
    fc.assert(
      fc.property(fc.array(instruction, { minLength: 1, maxLength: 5 }), (instructions) => {
        const { wire, stored } = compileVaultMessage(VAULT, instructions);
        expect(storedForm(wire)).toEqual(stored);
        const message = parseStored(stored);
        expect(message.accountKeys[0]?.equals(VAULT)).toBe(true);
        expect(message).toMatchObject({ numSigners: 1, numWritableSigners: 1, addressTableLookups: [] });
        const back = message.instructions.map((ix) => ({
          program: message.accountKeys[ix.programIdIndex]?.toBase58(),
          keys: [...ix.accountIndexes].map((i) => message.accountKeys[i]?.toBase58()),
          data: [...ix.data],
        }));
        expect(back).toEqual(
          instructions.map((ix) => ({
            program: ix.programId.toBase58(),
            keys: ix.keys.map(({ pubkey }) => pubkey.toBase58()),
            data: [...ix.data],
          })),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('transaction sizes', () => {
  it('are what web3.js serializes, for everything that it can serialize', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(instruction, { minLength: 0, maxLength: 6 }), key, (instructions, payer) => {
        const message = new TransactionMessage({
          payerKey: payer,
          recentBlockhash: BLOCKHASH,
          instructions,
        }).compileToV0Message();
        let serialized: number;
        try {
          serialized = new VersionedTransaction(message).serialize().length;
        } catch {
          return; // over web3.js's own buffer
        }
        compared += 1;
        expect(transactionBytes(message)).toBe(serialized);
      }),
    );
    expect(compared).toBeGreaterThan(20);
  });

  it('count both budget instructions and one signature, whoever sends', () => {
    const payer = Keypair.generate().publicKey;
    const ix = new TransactionInstruction({ programId: COUNCIL, keys: [], data: Buffer.alloc(3) });
    const message = new TransactionMessage({
      payerKey: payer,
      recentBlockhash: BLOCKHASH,
      instructions: [
        ComputeBudgetProgram.setComputeUnitLimit({ units: 5 }),
        ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 99999 }),
        ix,
      ],
    }).compileToV0Message();
    expect(bytesOf(payer, [ix])).toBe(new VersionedTransaction(message).serialize().length);
  });

  it('grow past a packet without failing, and stop at 15 instructions', () => {
    const small = new TransactionInstruction({ programId: COUNCIL, keys: [], data: Buffer.alloc(1) });
    const large = new TransactionInstruction({ programId: COUNCIL, keys: [], data: Buffer.alloc(2000) });
    const sizes = (instructions: TransactionInstruction[]) =>
      transactionSizes({ council: COUNCIL, vault: VAULT, instructions });
    expect(sizes([small])).toMatchObject({ instructions: 1, fits: true });
    expect(sizes([large]).createBytes).toBeGreaterThan(2000);
    expect(sizes([large])).toMatchObject({ fits: false });
    expect(sizes(Array(15).fill(small) as TransactionInstruction[]).fits).toBe(true);
    expect(sizes(Array(16).fill(small) as TransactionInstruction[]).fits).toBe(false);
  });
});
