import { readFileSync } from 'node:fs';
import {
  ComputeBudgetProgram,
  TransactionInstruction as Instruction,
  Keypair,
  PublicKey,
  SystemProgram,
  type TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSip } from '#governance/plan/compile.ts';
import { buildInstruction } from '#governance/restaking/instructions.ts';
import { pinsOf, restakingPdas } from '#governance/restaking/pdas.ts';
import { parseSip } from '#governance/sip/parse.ts';
import type { Address } from '#governance/types.ts';
import * as squads from '#governance/venues/squads/instructions.ts';
import { parseStored } from '#governance/venues/squads/message.ts';
import { reviewMessage } from './index.ts';

/** The SDKs build, the reader reads: they share no code. */

const seeded = (n: number) => Keypair.fromSeed(new Uint8Array(32).fill(n)).publicKey;
const addressOf = (key: PublicKey) => key.toBase58() as Address;
const payer = seeded(1);
const council = seeded(2);
const pins = pinsOf(addressOf(seeded(3)), addressOf(council));
const pdas = restakingPdas(pins.programId);
const index = 41n;
const sip = parseSip(readFileSync('sips/sip-0008-whitelist-jupsol.md'), 'sip-0008-whitelist-jupsol.md').sip!;
const members = [{ key: addressOf(payer), mask: 7 }];
const part = compileSip(sip, { pins, members, transactionIndex: index }).parts[0]!;

const budget = [
  ComputeBudgetProgram.setComputeUnitLimit({ units: 50_000 }),
  ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_000n }),
];
const at = { council, transactionIndex: index };
const create = squads.vaultTransactionCreate({ ...at, creator: payer, message: part.message });
const propose = squads.proposalCreate({ ...at, creator: payer });
const approve = squads.proposalApprove({ ...at, member: payer });
const execute = squads.vaultTransactionExecute({
  ...at,
  member: payer,
  message: parseStored(part.accountMessage),
});
const activate = buildInstruction('activate_epoch', pins.programId, {
  epochAdmin: addressOf(payer),
  config: pdas.config,
  epoch: pdas.epoch(2),
});
const memo = (text: string) =>
  new Instruction({
    programId: new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'),
    keys: [],
    data: Buffer.from(text),
  });

const bytesOf = (...instructions: readonly TransactionInstruction[]): Uint8Array =>
  new TransactionMessage({
    payerKey: payer,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [...instructions],
  })
    .compileToV0Message()
    .serialize();
const review = (bytes: Uint8Array, transactionIndex: bigint | null = index, feePayer = payer) =>
  reviewMessage(bytes, { pins, feePayer: addressOf(feePayer), transactionIndex });
const refusal = (bytes: Uint8Array, ...more: [bigint?, PublicKey?]) => {
  const read = review(bytes, ...more);
  return read.ok ? 'accepted' : read.code;
};

describe('what is signed', () => {
  it.each([
    ['vault_transaction_create', 'Propose SIP-8 as transaction 41', [create]],
    ['vault_transaction_create', 'Propose SIP-8 as transaction 41', [create, propose]],
    ['proposal_create', 'Open the proposal of transaction 41', [propose]],
    ['proposal_approve', 'Approve transaction 41', [approve]],
    ['proposal_reject', 'Reject transaction 41', [squads.proposalReject({ ...at, member: payer })]],
    ['proposal_cancel', 'Cancel transaction 41', [squads.proposalCancel({ ...at, member: payer })]],
    ['proposal_cancel_v2', 'Cancel transaction 41', [squads.proposalCancelV2({ ...at, member: payer })]],
    ['vault_transaction_execute', 'Execute transaction 41', [execute]],
    ['activate_epoch', 'Activate restaking epoch 2', [activate]],
    [
      'close_epoch',
      'Close restaking epoch 2',
      [buildInstruction('close_epoch', pins.programId, { config: pdas.config, epoch: pdas.epoch(2) })],
    ],
    [
      'guardian_pause',
      'Pause the protocol as guardian',
      [
        buildInstruction('guardian_pause', pins.programId, {
          guardian: addressOf(payer),
          config: pdas.config,
        }),
      ],
    ],
  ])('%s is read as %s', (kind, title, core) => {
    for (const around of [
      core,
      [...budget, ...core],
      [...budget.slice(0, 1), ...core, memo('see the minutes')],
    ]) {
      const read = review(bytesOf(...around));
      expect(read).toMatchObject({ ok: true, review: { kind, title } });
    }
  });

  it('names SIP, digest and instructions of what is proposed', () => {
    const read = review(bytesOf(...budget, create, propose), null);
    expect(read).toMatchObject({
      ok: true,
      review: {
        transactionIndex: index,
        announcement: { number: 8, digest: sip.digest },
        inner: [{ name: 'begin_sip' }, { name: 'whitelist_lst' }, { name: 'set_epoch_cap' }],
      },
    });
  });
});

describe('what is not signed', () => {
  const transfer = SystemProgram.transfer({ fromPubkey: payer, toPubkey: seeded(9), lamports: 1 });
  const nonce = SystemProgram.nonceAdvance({ noncePubkey: seeded(8), authorizedPubkey: payer });
  const other = seeded(7);
  it.each([
    ['nothing', [], 'INSTRUCTION_MISSING'],
    ['a transfer', [transfer], 'PROGRAM_UNKNOWN'],
    ['a nonce before it', [nonce, approve], 'PROGRAM_UNKNOWN'],
    ['two votes', [approve, squads.proposalReject({ ...at, member: payer })], 'INSTRUCTION_BESIDES'],
    ['a vote and a transfer', [approve, transfer], 'INSTRUCTION_BESIDES'],
    ['two prices', [budget[1]!, budget[1]!, approve], 'ARGUMENT_UNEXPECTED'],
    ['a price before the limit', [budget[1]!, budget[0]!, approve], 'ARGUMENT_UNEXPECTED'],
    ['two memos', [approve, memo('a'), memo('b')], 'INSTRUCTION_BESIDES'],
    ['a memo that is not plain', [approve, memo('a\u202eb')], 'ARGUMENT_UNEXPECTED'],
    [
      'another council',
      [squads.proposalApprove({ council: other, transactionIndex: index, member: payer })],
      'ACCOUNT_UNEXPECTED',
    ],
    [
      'another transaction',
      [squads.proposalApprove({ council, transactionIndex: 42n, member: payer })],
      'ACCOUNT_UNEXPECTED',
    ],
    ['another member', [squads.proposalApprove({ ...at, member: other })], 'ACCOUNT_UNEXPECTED'],
    [
      'a proposal of another transaction',
      [create, squads.proposalCreate({ council, transactionIndex: 42n, creator: payer })],
      'ARGUMENT_UNEXPECTED',
    ],
    [
      'an instruction that only a SIP decides',
      [
        buildInstruction('pause', pins.programId, {
          authority: addressOf(payer),
          config: pdas.config,
          sipRecord: pdas.sipRecord(8),
        }),
      ],
      'INSTRUCTION_UNKNOWN',
    ],
    [
      'a config transaction',
      [squads.configTransactionExecute({ ...at, member: payer } as never)],
      'INSTRUCTION_UNKNOWN',
    ],
  ])('%s', (_, core, code) => expect(refusal(bytesOf(...core))).toBe(code));

  it('for another key, or with bytes left over, or of the old form', () => {
    expect(refusal(bytesOf(approve), index, other)).toBe('FEE_PAYER_OTHER');
    expect(refusal(Uint8Array.from([...bytesOf(approve), 0]))).toBe('MESSAGE_UNREADABLE');
    const legacy = new TransactionMessage({
      payerKey: payer,
      recentBlockhash: PublicKey.default.toBase58(),
      instructions: [approve],
    });
    expect(refusal(legacy.compileToLegacyMessage().serialize())).toBe('MESSAGE_UNREADABLE');
    expect(refusal(bytesOf(approve), null as never)).toBe('ARGUMENT_UNEXPECTED');
  });

  it.each([
    ['a vote', [...budget, approve]],
    ['an activation', [...budget, activate]],
    ['a proposal', [...budget, create, propose]],
  ])('reads %s with one byte changed as the same', (name, core) => {
    const bytes = bytesOf(...core);
    const keys = bytes[4] ?? 0;
    const blockhashAt = 5 + 32 * keys;
    const meaning = (of: Uint8Array) => {
      const read = review(of);
      if (!read.ok) return read.code;
      const { messageHash: _, ...rest } = read.review;
      return JSON.stringify(rest, (__, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
    };
    const honest = meaning(bytes);
    // Of a proposal's message the reader shows the announcement and names; its other bytes are the verdict's affair.
    const shown = name === 'a proposal' ? bytes.length - part.message.length - 200 : bytes.length;
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (where, flip) => {
        const changed = Uint8Array.from(bytes);
        changed[where] = (changed[where] ?? 0) ^ flip;
        const after = meaning(changed);
        if (where < shown && (where < blockhashAt || where >= blockhashAt + 32))
          expect(after).not.toBe(honest);
      }),
      { numRuns: 3_000 },
    );
  });
});
