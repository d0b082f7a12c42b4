import { Keypair, SystemProgram, TransactionMessage } from '@solana/web3.js';
import { expect, it } from 'vitest';
import { pinsOf } from '#governance/restaking/pdas.ts';
import type { Address } from '#governance/types.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { reviewedSigner } from './reviewed-signer.ts';

const key = () => Keypair.generate().publicKey.toBase58() as Address;

it('does not hand the key what it cannot read as one thing of this council', async () => {
  const inner = keypairSigner();
  const asked: Uint8Array[] = [];
  const watched = {
    ...inner,
    sign(message: Uint8Array) {
      asked.push(message);
      return inner.sign(message);
    },
  };
  const transfer = new TransactionMessage({
    payerKey: inner.publicKey,
    recentBlockhash: key(),
    instructions: [
      SystemProgram.transfer({
        fromPubkey: inner.publicKey,
        toPubkey: Keypair.generate().publicKey,
        lamports: 1,
      }),
    ],
  });
  const signer = reviewedSigner(watched, pinsOf(key(), key()));
  await expect(signer.sign(transfer.compileToV0Message().serialize())).rejects.toMatchObject({
    code: 'SIGNING_GRAMMAR',
    facts: { reason: 'PROGRAM_UNKNOWN' },
    sent: 'no',
  });
  await expect(signer.sign(transfer.compileToLegacyMessage().serialize())).rejects.toMatchObject({
    code: 'SIGNING_GRAMMAR',
  });
  expect(asked).toEqual([]);
});
