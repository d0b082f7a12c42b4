import { createHash } from 'node:crypto';
import {
  AddressLookupTableAccount,
  TransactionInstruction as Instruction,
  PublicKey,
  SystemProgram,
  type TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import bs58 from 'bs58';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildInstruction } from '#governance/restaking/instructions.ts';
import { TOKEN_PROGRAMS } from '#governance/restaking/pdas.ts';
import * as squads from '#governance/venues/squads/instructions.ts';
import {
  activate,
  addressOf,
  approve,
  at,
  budget,
  bytesOf,
  configCreate,
  configExecute,
  council,
  create,
  execute,
  index,
  memo,
  part,
  payer,
  pdas,
  pins,
  pool,
  propose,
  restake,
  review,
  seeded,
  sip,
  thaw,
  unrestake,
} from '#test/verify/signed.ts';
import { type Reviewed, reviewMessage } from './index.ts';

/** The SDKs build, the reader reads: they share no code. */

const SEED = Number(process.env.SIP_SEED ?? 20261);

const refusal = (bytes: Uint8Array, ...more: [bigint?, PublicKey?]) => {
  const read = review(bytes, ...more);
  return read.ok ? 'accepted' : read.code;
};

const linesOf = (read: Reviewed): Readonly<Record<string, string>> =>
  read.ok ? Object.fromEntries(read.review.lines.map(({ label, value }) => [label, value])) : {};

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
    ['config_transaction_create', 'Propose a change of the council as transaction 41', [configCreate]],
    [
      'config_transaction_create',
      'Propose a change of the council as transaction 41',
      [configCreate, propose],
    ],
    ['config_transaction_execute', 'Execute transaction 41, a change of the council', [configExecute]],
    ['thaw_receipts', 'Thaw receipts', [thaw]],
    ['restake', 'Restake', [restake()]],
    ['unrestake', 'Unrestake', [unrestake()]],
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
    expect(linesOf(read)).toMatchObject({
      Council: addressOf(council),
      'Digest of the text': sip.digest,
      'Not after': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      'Instruction 2': 'whitelist_lst',
      'Priority fee': '50 lamports at most (1000 micro-lamports a unit)',
    });
  });

  it('names what a config transaction changes; the proposal beside it says which transaction it is', () => {
    const read = review(bytesOf(configCreate, propose), null);
    expect(read).toMatchObject({ ok: true, review: { transactionIndex: index, announcement: null } });
    expect(linesOf(read)).toMatchObject({
      'Adds the member': addressOf(seeded(6)),
      'who may': 'initiate, vote',
      'Sets the threshold to': '4',
    });
  });

  it('lists each account of an execution', () => {
    const read = review(bytesOf(execute));
    if (!read.ok) throw new Error(read.sentence);
    const listed = read.review.lines.filter(({ label }) => /May change|Reads/.test(label));
    expect(listed.map(({ value }) => value)).toEqual(
      execute.keys.slice(4).map(({ pubkey }) => addressOf(pubkey)),
    );
    expect(listed.filter(({ value }) => value === pins.vault)).toHaveLength(1);
  });

  it('takes the signature of the gatekeeper beside a deposit', () => {
    const read = review(bytesOf(restake({ gatekeeper: addressOf(seeded(5)) })));
    expect(linesOf(read)).toMatchObject({
      Amount: '7 base units',
      'Restaking epoch': '2',
      gatekeeper: addressOf(seeded(5)),
    });
  });

  it('hashes the message as a hardware wallet does', () => {
    const bytes = bytesOf(approve);
    const hash = createHash('sha256').update(bytes).digest();
    expect(review(bytes)).toMatchObject({
      ok: true,
      review: { messageHash: { hex: hash.toString('hex'), base58: bs58.encode(hash) } },
    });
  });
});

describe('what is not signed', () => {
  const transfer = SystemProgram.transfer({ fromPubkey: payer, toPubkey: seeded(9), lamports: 1 });
  const nonce = SystemProgram.nonceAdvance({ noncePubkey: seeded(8), authorizedPubkey: payer });
  const other = seeded(7);
  const setAuthority = new Instruction({
    programId: new PublicKey(TOKEN_PROGRAMS.token),
    keys: [
      { pubkey: seeded(21), isSigner: false, isWritable: true },
      { pubkey: payer, isSigner: true, isWritable: false },
    ],
    data: Buffer.from([6, 2, 1, ...other.toBytes()]),
  });
  const changed = (ix: TransactionInstruction, keys: TransactionInstruction['keys'], data = ix.data) =>
    new Instruction({ programId: ix.programId, keys, data });
  const withMemo = (ix: TransactionInstruction) =>
    changed(ix, ix.keys, Buffer.concat([ix.data, Buffer.of(0)]));
  const withAccount = (ix: TransactionInstruction, pubkey: PublicKey) =>
    changed(ix, [...ix.keys, { pubkey, isSigner: true, isWritable: false }]);
  const keyAt = (
    ix: TransactionInstruction,
    at: number,
    change: Partial<TransactionInstruction['keys'][0]>,
  ) =>
    changed(
      ix,
      ix.keys.map((key, i) => (i === at ? { ...key, ...change } : key)),
    );
  const rentOf = (pubkey: PublicKey) => keyAt(create, 3, { pubkey });
  const strangerSigns = (at: number) => keyAt(restake(), at, { isSigner: true });
  const silent = (ix: TransactionInstruction, at: number) => keyAt(ix, at, { isSigner: false });
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
    ['a change of authority', [setAuthority], 'PROGRAM_UNKNOWN'],
    ['a member added and no word on the index', [configCreate, withMemo(propose)], 'ARGUMENT_UNEXPECTED'],
    ['a vote with a byte after its arguments', [withMemo(approve)], 'ARGUMENT_UNEXPECTED'],
    ['a vote with an account more', [withAccount(approve, payer)], 'ACCOUNT_UNEXPECTED'],
    ['a deposit with a byte after its amount', [withMemo(restake())], 'ARGUMENT_UNEXPECTED'],
    ['a signer inside an execution', [withAccount(execute, other)], 'SIGNER_BESIDES'],
    [
      'a change of the council without actions',
      [squads.configTransactionCreate({ ...at, creator: payer, actions: [] })],
      'ARGUMENT_UNEXPECTED',
    ],
    ['a transaction whose rent another pays', [rentOf(other)], 'ACCOUNT_UNEXPECTED'],
    ['a deposit to another pool', [restake({ pool: addressOf(other) })], 'ACCOUNT_UNEXPECTED'],
    [
      'a deposit under the cap of another epoch',
      [restake({ epochCap: pdas.epochCap(3, pool) })],
      'ACCOUNT_UNEXPECTED',
    ],
    ['a deposit into another vault', [restake({ lstVault: addressOf(other) })], 'ACCOUNT_UNEXPECTED'],
    ['receipts for another', [restake({ rstAccount: addressOf(other) })], 'ACCOUNT_UNEXPECTED'],
    ['a withdrawal from another vault', [unrestake({ lstVault: addressOf(other) })], 'ACCOUNT_UNEXPECTED'],
    ['a deposit that a stranger signs too', [strangerSigns(7)], 'SIGNER_BESIDES'],
    [
      'a gatekeeper that does not sign',
      [silent(restake({ gatekeeper: addressOf(other) }), 5)],
      'ACCOUNT_UNEXPECTED',
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

  it('for pins of which the vault is another council’s', () => {
    const facts = {
      pins: { ...pins, vault: addressOf(other) },
      feePayer: addressOf(payer),
      transactionIndex: index,
    };
    expect(reviewMessage(bytesOf(approve), facts)).toMatchObject({ ok: false, code: 'PINS_INCONSISTENT' });
  });

  it('with a lookup table, a key twice, or a length in a longer form', () => {
    const table = new AddressLookupTableAccount({
      key: seeded(30),
      state: {
        deactivationSlot: 2n ** 64n - 1n,
        lastExtendedSlot: 0,
        lastExtendedSlotStartIndex: 0,
        addresses: [council],
      },
    });
    const looked = new TransactionMessage({
      payerKey: payer,
      recentBlockhash: PublicKey.default.toBase58(),
      instructions: [approve],
    });
    expect(refusal(looked.compileToV0Message([table]).serialize())).toBe('MESSAGE_UNREADABLE');

    const bytes = bytesOf(approve);
    const keys = bytes[4] ?? 0;
    const longer = [...bytes.subarray(0, 4), 0x80 | keys, 0, ...bytes.subarray(5)];
    expect(refusal(Uint8Array.from(longer))).toBe('MESSAGE_UNREADABLE');
    const twice = Uint8Array.from(bytes);
    twice.copyWithin(5 + 32 * (keys - 1), 5, 37);
    expect(refusal(twice)).toBe('MESSAGE_UNREADABLE');
  });

  it('where the caller says another transaction than the bytes', () => {
    for (const core of [[create], [propose], [create, propose], [configCreate, propose]])
      expect(refusal(bytesOf(...core), 42n)).toBe('ARGUMENT_UNEXPECTED');
    for (const core of [[configCreate], [configExecute], [execute]])
      expect(refusal(bytesOf(...core), 42n)).toBe('ACCOUNT_UNEXPECTED');
  });
});

describe(`one byte changed, seed ${SEED}`, () => {
  type Reader = (bytes: Uint8Array) => Reviewed;
  /** What is said of the bytes but their hash, which any change changes. */
  const meaning = (read: Reviewed) => {
    if (!read.ok) return read.code;
    const { messageHash: _, ...rest } = read.review;
    return JSON.stringify(rest, (__, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  };
  /**
   * Whether some change passes unseen. Outside: the blockhash, which means nothing to people, and the message that is
   * proposed, of which the reader shows announcement and names and whose other bytes are the verdict's affair.
   */
  const unseen = (reader: Reader, bytes: Uint8Array) => {
    const blockhash = 5 + 32 * (bytes[4] ?? 0);
    const proposed = Buffer.from(bytes).indexOf(part.message);
    const outside = (at: number) =>
      (at >= blockhash && at < blockhash + 32) ||
      (proposed >= 0 && at >= proposed && at < proposed + part.message.length);
    const honest = meaning(reader(bytes));
    const where = fc.nat(bytes.length - 1).filter((at) => !outside(at));
    return fc.check(
      fc.property(where, fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(meaning(reader(changed))).not.toBe(honest);
      }),
      { numRuns: 2_000, seed: SEED },
    );
  };

  it.each([
    ['a vote', [...budget, approve]],
    ['an activation', [...budget, activate]],
    ['a SIP', [...budget, create, propose]],
    ['a change of the council', [...budget, configCreate, propose]],
    ['a deposit', [...budget, restake({ gatekeeper: addressOf(seeded(5)) })]],
    ['an execution', [...budget, execute, memo('see the minutes')]],
  ])('is never read as the same: %s', (_, core) => {
    const bytes = bytesOf(...core);
    expect(review(bytes).ok).toBe(true);
    expect(unseen(review, bytes)).toMatchObject({ failed: false });
  });

  it('is found in a reader that overlooks one key', () => {
    const bytes = bytesOf(...budget, approve);
    const careless: Reader = (changed) => {
      const restored = Uint8Array.from(changed);
      restored.set(bytes.subarray(37, 69), 37);
      return review(restored);
    };
    expect(unseen(careless, bytes)).toMatchObject({ failed: true });
  });
});
