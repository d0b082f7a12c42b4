import { sha256 } from '@noble/hashes/sha2';
import { PublicKey, SystemProgram, TransactionMessage } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeBatch,
  decodeTransactionBuffer,
  decodeVaultBatchTransaction,
  isBufferComplete,
} from '#governance/verify/index.ts';
import { squadsWorld } from '../support/squads-world.ts';
import { exactly, unnoticedChanges } from './unnoticed.ts';
import { makeWorld, transactionFields } from './world.ts';

/** Accounts of Squads that this console never makes: its SDK and its program write, the byte reader reads. */

const { Batch, TransactionBuffer, VaultBatchTransaction } = squads.generated;
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const u8 = fc.nat(255);
const u32 = fc.nat(4_294_967_295);
const RUNS = { numRuns: 30 };

const batch = fc
  .record({
    ...{ multisig: key, creator: key, index: fc.maxSafeNat(), bump: u8, vaultIndex: u8, vaultBump: u8 },
    sizes: fc.tuple(u32, u32),
  })
  .map(({ sizes, ...rest }) => {
    const [executedTransactionIndex = 0, size = 0] = [...sizes].sort((a, b) => a - b);
    const meant = { ...rest, size, executedTransactionIndex };
    const keys = { multisig: new PublicKey(rest.multisig), creator: new PublicKey(rest.creator) };
    const [bytes] = Batch.fromArgs({ ...meant, ...keys }).serialize();
    return { meant: { ...meant, index: BigInt(rest.index) }, bytes: Uint8Array.from(bytes) };
  });

const batchTransaction = fc
  .record({ seed: fc.integer({ min: 1, max: 1_000_000 }), bump: u8, bumps: fc.uint8Array({ maxLength: 3 }) })
  .map(({ seed, bump, bumps }) => {
    const { message } = transactionFields(makeWorld(seed));
    const [bytes] = VaultBatchTransaction.fromArgs({
      bump,
      ephemeralSignerBumps: bumps,
      message,
    }).serialize();
    return { meant: { bump, bumps, message }, bytes: Uint8Array.from(bytes) };
  });

const buffer = fc
  .record({
    ...{ multisig: key, creator: key, bufferIndex: u8, vaultIndex: u8 },
    finalBufferHash: key,
    buffer: fc.uint8Array({ maxLength: 80 }),
    room: fc.nat(40),
  })
  .map(({ room, ...rest }) => {
    const finalBufferSize = rest.buffer.length + room;
    const [used] = TransactionBuffer.fromArgs({
      ...rest,
      finalBufferSize,
      multisig: new PublicKey(rest.multisig),
      creator: new PublicKey(rest.creator),
      finalBufferHash: [...rest.finalBufferHash],
    }).serialize();
    return {
      meant: { ...rest, finalBufferSize },
      bytes: Uint8Array.from([...used, ...new Uint8Array(room)]),
    };
  });

describe.each([
  ['a batch', batch, decodeBatch],
  ['a transaction of a batch', batchTransaction, decodeVaultBatchTransaction],
  ['a transaction buffer', buffer, decodeTransactionBuffer],
] as const)('%s', (_, arbitrary, decode) => {
  it('has no byte that may be another one, and none too few or too many', () => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<{ bytes: Uint8Array }>, ({ bytes }) => {
        const reader = exactly(decode);
        expect(unnoticedChanges(bytes, reader)).toEqual([]);
        expect(reader(Uint8Array.from([...bytes, 0]))).toBeNull();
        for (let length = 0; length < bytes.length; length += 1)
          expect(decode(bytes.subarray(0, length)).ok).toBe(false);
      }),
      { numRuns: 6 },
    );
  });
});

describe('accounts that the SDK wrote', () => {
  it('mean the same to the byte reader: a batch', () => {
    fc.assert(
      fc.property(batch, ({ meant, bytes }) => {
        expect(decodeBatch(bytes)).toEqual({ ok: true, used: 91, value: meant });
      }),
      RUNS,
    );
  });

  it('cannot have executed more than they hold', () => {
    const [one] = fc.sample(batch, { numRuns: 1, seed: 5 });
    const counts = (size: number, executed: number) => {
      const bytes = one!.bytes.slice();
      new DataView(bytes.buffer).setUint32(83, size, true);
      new DataView(bytes.buffer).setUint32(87, executed, true);
      return decodeBatch(bytes);
    };
    expect(counts(3, 3)).toMatchObject({ ok: true, value: { size: 3, executedTransactionIndex: 3 } });
    expect(counts(3, 4)).toEqual({ ok: false, at: 87, wanted: 'at most 3 executed' });
  });

  it('mean the same to the byte reader: a transaction of a batch', () => {
    fc.assert(
      fc.property(batchTransaction, ({ meant, bytes }) => {
        const read = decodeVaultBatchTransaction(bytes);
        if (!read.ok) throw new Error(read.wanted);
        const { bump, ephemeralSignerBumps, message, spans } = read.value;
        expect([bump, ephemeralSignerBumps]).toEqual([meant.bump, meant.bumps]);
        expect(message.accountKeys.map((k) => new PublicKey(k).toBase58())).toEqual(
          meant.message.accountKeys.map(String),
        );
        expect(message.instructions).toEqual(meant.message.instructions);
        expect(spans.message.whole).toEqual([13 + meant.bumps.length, bytes.length]);
        expect([spans.bump, spans.ephemeral]).toEqual([
          [8, 9],
          [9, 13 + meant.bumps.length],
        ]);
      }),
      RUNS,
    );
  });

  it('mean the same to the byte reader: a buffer, whole or not', () => {
    fc.assert(
      fc.property(buffer, ({ meant, bytes }) => {
        const read = decodeTransactionBuffer(bytes);
        expect(read).toMatchObject({ ok: true, value: meant });
        if (!read.ok) return;
        expect(bytes.slice(...read.value.spans.buffer)).toEqual(meant.buffer);
        // The hash is any 32 bytes here, so it is never that of the buffer.
        expect(isBufferComplete(read.value)).toBe(false);
        const whole = { ...read.value, finalBufferHash: sha256(meant.buffer) };
        expect(isBufferComplete(whole)).toBe(meant.buffer.length === meant.finalBufferSize);
      }),
      RUNS,
    );
  });

  it('are a buffer of no more than Squads takes, and hold no more than they announce', () => {
    const head = [...squads.generated.transactionBufferDiscriminator, ...new Uint8Array(32 + 32 + 2 + 32)];
    const of = (size: number, length: number, room: number) =>
      decodeTransactionBuffer(
        Uint8Array.from([
          ...head,
          ...[size & 0xff, size >> 8],
          ...[length & 0xff, length >> 8, 0, 0],
          ...new Uint8Array(room),
        ]),
      );
    expect(of(10_128, 10_128, 10_128)).toMatchObject({ ok: true, used: 112 + 10_128 });
    expect(of(10_129, 0, 10_129)).toEqual({ ok: false, at: 106, wanted: 'a size up to 10128' });
    expect(of(5, 5, 5)).toMatchObject({ ok: true, value: { spans: { buffer: [112, 117] } } });
    expect(of(5, 6, 6)).toEqual({ ok: false, at: 108, wanted: 'at most 5 bytes so far' });
  });
});

it('reads a batch of the real Squads program and its transaction', async () => {
  const chain = await squadsWorld();
  const [seat] = chain.seats;
  const multisigPda = new PublicKey(chain.council);
  const batchIndex = await chain.nextIndex();
  const common = { multisigPda, batchIndex, rentPayer: seat!.publicKey };
  const { batchAddTransaction, batchCreate, proposalCreate } = squads.instructions;
  await chain.send(seat!, [batchCreate({ ...common, creator: seat!.publicKey, vaultIndex: 0 })]);
  const proposed = { ...common, transactionIndex: batchIndex, creator: seat!.publicKey, isDraft: true };
  await chain.send(seat!, [proposalCreate(proposed)]);
  const pay = SystemProgram.transfer({ fromPubkey: chain.vault, toPubkey: multisigPda, lamports: 5 });
  const transactionMessage = new TransactionMessage({
    payerKey: chain.vault,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [pay],
  });
  await chain.send(seat!, [
    batchAddTransaction({
      ...common,
      member: seat!.publicKey,
      vaultIndex: 0,
      transactionIndex: 1,
      ephemeralSigners: 0,
      transactionMessage,
    }),
  ]);
  const [of] = squads.getTransactionPda({ multisigPda, index: batchIndex });
  const [nth] = squads.getBatchTransactionPda({ multisigPda, batchIndex, transactionIndex: 1 });
  const { accounts } = await chain.svm.getAccounts([of, nth]);
  const [batchData, transactionData] = accounts.map((account) => account!.data);
  expect(decodeBatch(batchData!)).toMatchObject({
    ok: true,
    value: { index: batchIndex, size: 1, executedTransactionIndex: 0, multisig: multisigPda.toBytes() },
  });
  const read = decodeVaultBatchTransaction(transactionData!);
  expect(read).toMatchObject({ ok: true, used: transactionData!.length });
  if (read.ok) expect(read.value.message.instructions[0]!.data).toEqual(Uint8Array.from(pay.data));
});
