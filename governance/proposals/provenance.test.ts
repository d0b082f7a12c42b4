import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SystemProgram,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../chain/address.ts';
import type { ChainReader, TransactionRecord } from '../chain/ports.ts';
import type { UnixSeconds } from '../types.ts';
import { proposalApprove, proposalReject } from '../venues/squads/instructions.ts';
import { approvalsOf } from './provenance.ts';

const council = Keypair.generate().publicKey;
const [member, payer] = [Keypair.generate().publicKey, Keypair.generate().publicKey];
const at = { council, transactionIndex: 4n, member };
const AT = 1_772_323_200n as UnixSeconds;

function bytesOf(payerKey: PublicKey, ...instructions: readonly TransactionInstruction[]): Uint8Array {
  const recentBlockhash = PublicKey.default.toBase58();
  const message = new TransactionMessage({ payerKey, recentBlockhash, instructions: [...instructions] });
  return new VersionedTransaction(message.compileToV0Message()).serialize();
}

interface Sent {
  readonly bytes: Uint8Array;
  readonly err?: unknown;
}

/** A history of these transactions, newest first, as an endpoint gives it. */
function history(...transactions: readonly Sent[]): ChainReader {
  return {
    signaturesFor: async () =>
      transactions.map(({ err = null }, n) => ({ signature: `${n}`, slot: 1n, err })),
    transaction: async (signature: string) =>
      ({ signature, blockTime: AT, bytes: transactions[Number(signature)]!.bytes }) as TransactionRecord,
  } as Partial<ChainReader> as ChainReader;
}
const read = (...transactions: readonly Sent[]) =>
  approvalsOf(history(...transactions), addressOf(council), 4n);

describe('an approval', () => {
  it('is told with its payer and its age', async () => {
    const budget = ComputeBudgetProgram.setComputeUnitLimit({ units: 5 });
    expect(await read({ bytes: bytesOf(payer, budget, proposalApprove(at)) })).toEqual([
      {
        ...{ member: addressOf(member), signature: '0', at: AT, feePayer: addressOf(payer) },
        ...{ overNonce: false, besides: [] },
      },
    ]);
  });

  it('over a durable nonce is named, also where something else stands beside it', async () => {
    const nonce = SystemProgram.nonceAdvance({ noncePubkey: payer, authorizedPubkey: member });
    expect(await read({ bytes: bytesOf(member, nonce, proposalApprove(at)) })).toMatchObject([
      { overNonce: true, besides: [addressOf(SystemProgram.programId)] },
    ]);
    const transfer = SystemProgram.transfer({ fromPubkey: member, toPubkey: payer, lamports: 1 });
    expect(await read({ bytes: bytesOf(member, proposalApprove(at), transfer) })).toMatchObject([
      { overNonce: false, besides: [addressOf(SystemProgram.programId)] },
    ]);
  });

  it('is not another vote, one of another proposal, or one that failed', async () => {
    const approve = bytesOf(member, proposalApprove(at));
    expect(await read({ bytes: bytesOf(member, proposalReject(at)) })).toEqual([]);
    expect(await read({ bytes: bytesOf(member, proposalApprove({ ...at, transactionIndex: 5n })) })).toEqual(
      [],
    );
    expect(await read({ bytes: approve, err: { InstructionError: [0, 'x'] } })).toEqual([]);
  });

  it('comes in the order in which they were given', async () => {
    const bytes = bytesOf(member, proposalApprove(at));
    expect((await read({ bytes }, { bytes })).map(({ signature }) => signature)).toEqual(['1', '0']);
  });
});
