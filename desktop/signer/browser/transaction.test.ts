import { Keypair, PublicKey, SystemProgram, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import { expect, it } from 'vitest';
import { signatureIn, unsigned } from './transaction.ts';

const key = Keypair.fromSeed(new Uint8Array(32).fill(1));
const other = Keypair.fromSeed(new Uint8Array(32).fill(2));
const compiled = new TransactionMessage({
  payerKey: key.publicKey,
  recentBlockhash: PublicKey.default.toBase58(),
  instructions: [
    SystemProgram.transfer({ fromPubkey: other.publicKey, toPubkey: key.publicKey, lamports: 1 }),
  ],
});
const publicKey = key.publicKey.toBase58();

// Oracle: web3.js, which wallets use.
it.each([
  ['legacy', compiled.compileToLegacyMessage(), 'legacy'],
  ['v0', compiled.compileToV0Message(), 0],
] as const)(
  'a %s message travels as web3.js writes it, and comes back with its signature',
  (_, made, version) => {
    const message = made.serialize();
    const transaction = new VersionedTransaction(made);
    expect(unsigned(message)).toEqual({
      transaction: new Uint8Array(transaction.serialize()),
      messageOffset: 1 + 2 * 64,
      version,
    });
    expect(signatureIn(transaction.serialize(), message, publicKey)).toBe('absent');
    transaction.sign([other]);
    expect(signatureIn(transaction.serialize(), message, publicKey)).toBe('absent');
    transaction.sign([key]);
    expect(signatureIn(transaction.serialize(), message, publicKey)).toEqual(transaction.signatures[0]);
    expect(signatureIn(transaction.serialize(), message, other.publicKey.toBase58())).toEqual(
      transaction.signatures[1],
    );
    expect(signatureIn(transaction.serialize(), message, PublicKey.default.toBase58())).toBe('absent');
  },
);

it('of a message that the wallet changed is none', () => {
  const message = compiled.compileToV0Message().serialize();
  const { transaction } = unsigned(message);
  for (const changed of [
    Uint8Array.from([...transaction, 0]),
    transaction.slice(0, -1),
    transaction.map((byte, at) => (at === transaction.length - 1 ? byte ^ 1 : byte)),
    Uint8Array.from([1, ...transaction.slice(65)]),
    new Uint8Array(),
  ])
    expect(signatureIn(changed, message, publicKey)).toBe('changed');
});
