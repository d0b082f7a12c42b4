import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SystemProgram,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import bs58 from 'bs58';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../chain/address.ts';
import { pinsOf } from '../restaking/pdas.ts';
import { proposalApprove, proposalReject } from '../venues/squads/instructions.ts';
import { SQUADS_PROGRAM } from '../verify/index.ts';
import { carriedBy, councilSubject, falseSigners } from './carried.ts';

const council = Keypair.generate().publicKey;
const [member, payer] = [Keypair.generate(), Keypair.generate()];
const pins = pinsOf(addressOf(Keypair.generate().publicKey), addressOf(council));
const subject = councilSubject(pins, 4n);
const vote = (transactionIndex: bigint) => ({ council, transactionIndex, member: member.publicKey });
const budget = ComputeBudgetProgram.setComputeUnitLimit({ units: 5 });

function signed(...instructions: readonly TransactionInstruction[]): Uint8Array {
  const message = new TransactionMessage({
    payerKey: payer.publicKey,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [...instructions],
  });
  const transaction = new VersionedTransaction(message.compileToV0Message());
  transaction.sign([payer, member]);
  return transaction.serialize();
}

describe('a signed transaction', () => {
  it('says who took which step on the subject, who paid, and what else was in it', () => {
    const bytes = signed(budget, proposalApprove(vote(4n)), proposalReject(vote(5n)));
    expect(carriedBy(bytes, subject)).toEqual({
      signature: bs58.encode(bytes.subarray(1, 65)),
      feePayer: addressOf(payer.publicKey),
      overNonce: false,
      steps: [{ step: 'approve', who: addressOf(member.publicKey) }],
      besides: [SQUADS_PROGRAM],
      created: null,
    });
    expect(falseSigners(bytes)).toEqual([]);
  });

  it('over a durable nonce is named', () => {
    const nonce = SystemProgram.nonceAdvance({
      noncePubkey: payer.publicKey,
      authorizedPubkey: member.publicKey,
    });
    expect(carriedBy(signed(nonce, proposalApprove(vote(4n))), subject)).toMatchObject({
      overNonce: true,
      besides: [addressOf(SystemProgram.programId)],
    });
  });

  it('takes no step by the same bytes for another program', () => {
    const foreign = { ...subject, program: addressOf(council) };
    expect(carriedBy(signed(proposalApprove(vote(4n))), foreign)?.steps).toEqual([]);
  });

  it('names whose signature does not hold, over the bytes as they stand there', () => {
    const bytes = signed(proposalApprove(vote(4n)));
    for (const [at, who] of [
      [1, payer],
      [65, member],
    ] as const) {
      const changed = bytes.slice();
      changed[at]! ^= 1;
      expect(falseSigners(changed)).toEqual([addressOf(who.publicKey)]);
    }
    const changed = bytes.slice();
    changed[changed.length - 1]! ^= 1;
    // The last byte is a count of lookup tables: other bytes may be no transaction at all.
    expect(carriedBy(changed, subject)).toBeUndefined();
    const argument = bytes.slice();
    argument[argument.length - 2]! ^= 1;
    expect(carriedBy(argument, subject)?.steps).toHaveLength(1);
    expect(falseSigners(argument)).toEqual([payer, member].map((key) => addressOf(key.publicKey)));
  });

  it('is nothing where the bytes are none', () => {
    for (const bytes of [new Uint8Array(), Uint8Array.of(1), new Uint8Array(200).fill(255)])
      expect(carriedBy(bytes, subject)).toBeUndefined();
  });
});
