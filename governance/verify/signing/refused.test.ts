import {
  ComputeBudgetProgram,
  TransactionInstruction as Instruction,
  MessageV0,
  PublicKey,
  SystemProgram,
} from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { buildInstruction } from '#governance/restaking/instructions.ts';
import * as squads from '#governance/venues/squads/instructions.ts';
import { compileVaultMessage } from '#governance/venues/squads/message.ts';
import {
  activate,
  addressOf,
  approve,
  at,
  budget,
  bytesOf,
  closeEpoch,
  configCreate,
  council,
  create,
  execute,
  memo,
  payer,
  pdas,
  pins,
  propose,
  restake,
  review,
  seeded,
} from '#test/verify/signed.ts';
import { beginSipData } from '#test/verify/world.ts';
import { hex } from '../bytes.ts';
import { decodeTransactionMessage } from './message.ts';

/** What is refused: by which code, at which byte, in which words. */

const other = seeded(7);
const withData = (ix: Instruction, ...data: readonly ArrayLike<number>[]) =>
  new Instruction({
    programId: ix.programId,
    keys: ix.keys,
    data: Buffer.concat(data.map((part) => Uint8Array.from(part))),
  });
const withKeys = (ix: Instruction, keys: Instruction['keys'], programId = ix.programId) =>
  new Instruction({ programId, keys, data: ix.data });
const keyOf = (ix: Instruction, nth: number, change: Partial<Instruction['keys'][0]>) =>
  withKeys(
    ix,
    ix.keys.map((key, place) => (place === nth ? { ...key, ...change } : key)),
  );
const account = { pubkey: payer, isSigner: true, isWritable: true };
const memoOfAccounts = withKeys(memo('a'), [account]);

/** Where the instruction stands in the message, by the SDK's reading of it. */
function placeOf(core: readonly Instruction[], nth: number): number {
  const { staticAccountKeys, compiledInstructions } = MessageV0.deserialize(bytesOf(...core));
  const before = compiledInstructions.slice(0, nth).map(({ accountKeyIndexes, data }) => {
    const prefixes = data.length < 128 ? 3 : 4;
    return prefixes + accountKeyIndexes.length + data.length;
  });
  return before.reduce((sum, length) => sum + length, 5 + 32 * staticAccountKeys.length + 32 + 1);
}

const signed = [{ pubkey: new PublicKey(pins.vault), isSigner: true, isWritable: true }];
const begin = new Instruction({
  programId: new PublicKey(pins.programId),
  keys: signed,
  data: Buffer.from(
    beginSipData({
      ...{ number: 8, digest: new Uint8Array(32), part: 1, parts: 1, actions: 1, notAfter: 9n },
      ...{ membersHash: new Uint8Array(32), councilTx: at.transactionIndex },
    }),
  ),
});
const wire = (...instructions: readonly Instruction[]) =>
  compileVaultMessage(new PublicKey(pins.vault), instructions).wire;
const proposing = (message: Uint8Array) => squads.vaultTransactionCreate({ ...at, creator: payer, message });
const otherSigns = withKeys(begin, [...signed, { pubkey: other, isSigner: true, isWritable: false }]);
const honest = wire(begin);
const looking = Uint8Array.from([...honest.slice(0, -1), 1, ...other.toBytes(), 0, 0]);
const wrong = (wanted: string) => `Its arguments are not what is signed here: ${wanted} was expected.`;

/** Those of one code and sentence: which instruction is at fault, which byte of its data (0 for its start), and all of them. */
type Tries = Readonly<Record<string, readonly [nth: number, byte: number, core: readonly Instruction[]]>>;

const to = { fromPubkey: payer, toPubkey: other, lamports: 1 };
const pause = buildInstruction('pause', pins.programId, {
  authority: addressOf(payer),
  config: pdas.config,
  sipRecord: pdas.sipRecord(8),
});
const ofOther = squads.proposalCreate({ council, transactionIndex: 42n, creator: payer });
const ofNothing = squads.configTransactionCreate({ ...at, creator: payer, actions: [] });
const heap = ComputeBudgetProgram.requestHeapFrame({ bytes: 1024 });
const inside = withKeys(execute, [...execute.keys, { pubkey: other, isSigner: true, isWritable: false }]);
const anotherVault = compileVaultMessage(other, [withKeys(begin, [{ ...signed[0]!, pubkey: other }])]).wire;
const [heads, changes] = [create.data.subarray(0, 8), configCreate.data];
const end = honest.length - 1;

const REFUSED: readonly (readonly [code: string, sentence: string, Tries])[] = [
  [
    'PROGRAM_UNKNOWN',
    `The program ${SystemProgram.programId} is none that is signed for here.`,
    { 'a transfer': [0, 0, [SystemProgram.transfer(to)]] },
  ],
  [
    'INSTRUCTION_UNKNOWN',
    'This Squads instruction is none that is signed for here.',
    {
      'of Squads': [0, 0, [withData(approve, [1, 2, 3, 4, 5, 6, 7, 8])]],
      'of Squads, without data': [0, 0, [withData(approve)]],
    },
  ],
  [
    'INSTRUCTION_UNKNOWN',
    'This instruction of the restaking program is decided by SIPs only.',
    { 'a pause': [0, 0, [pause]], 'without data': [0, 0, [withData(pause)]] },
  ],
  [
    'INSTRUCTION_BESIDES',
    'The message does more than one thing.',
    {
      'an activation behind a vote': [3, 0, [...budget, approve, activate]],
      'a vote beside a creation': [1, 0, [create, approve]],
      'a third one': [2, 0, [create, propose, propose]],
      'a proposal by another program': [1, 0, [create, withKeys(propose, propose.keys, other)]],
    },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    'The compute budget is set in a way that is not signed here.',
    {
      'two limits': [1, 0, [budget[0]!, budget[0]!, approve]],
      'a limit behind the price': [1, 0, [budget[1]!, budget[0]!, approve]],
      'two prices': [1, 0, [budget[1]!, budget[1]!, approve]],
      'a heap': [0, 0, [heap, approve]],
      'one as long as a limit': [0, 0, [withData(heap, [9], new Uint8Array(4)), approve]],
      'one as long as a price': [0, 0, [withData(heap, [9], new Uint8Array(8)), approve]],
      'one of accounts': [0, 0, [withKeys(budget[0]!, [account]), approve]],
    },
  ],
  ['ACCOUNT_UNEXPECTED', 'The memo names accounts.', { 'a memo': [1, 0, [approve, memoOfAccounts]] }],
  [
    'ARGUMENT_UNEXPECTED',
    'The memo is not plain text.',
    {
      'at its beginning': [1, 0, [approve, memo('\u202eab')]],
      'at its end': [1, 0, [approve, memo('ab\n')]],
    },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    wrong('no memo'),
    {
      'a vote': [0, 8, [withData(approve, approve.data.subarray(0, 8), [1, 0, 0, 0, 0])]],
      'a creation': [0, create.data.length - 1, [withData(create, create.data.subarray(0, -1), [1])]],
      'a change': [0, changes.length - 1, [withData(configCreate, changes.subarray(0, -1), [1])]],
      'a change without anything': [0, 7, [withData(configCreate, changes.subarray(0, 8))]],
    },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    wrong('nothing after byte 9'),
    { 'a vote': [0, 9, [withData(approve, approve.data, [0])]] },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    wrong('nothing after byte 8'),
    { 'an execution': [0, 8, [withData(execute, execute.data, [0])]] },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    wrong('a proposal that is active at once'),
    { 'a draft': [0, 16, [withData(propose, propose.data.subarray(0, -1), [1])]] },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    'Its arguments are not what the instruction takes.',
    {
      'a deposit cut short': [0, 8, [withData(restake(), restake().data.subarray(0, 12))]],
      'an activation with a byte more': [0, 8, [withData(activate, activate.data, [0])]],
    },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    wrong('vault 0'),
    { 'vault 1': [0, 8, [withData(create, heads, [1], create.data.subarray(9))]] },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    wrong('no ephemeral signer'),
    { 'one of them': [0, 9, [withData(create, heads, [0, 1], create.data.subarray(10))]] },
  ],
  ['ARGUMENT_UNEXPECTED', wrong('at least one action'), { 'a change of nothing': [0, 8, [ofNothing]] }],
  [
    'ARGUMENT_UNEXPECTED',
    wrong('four bytes'),
    { 'a change without a count': [0, 8, [withData(configCreate, changes.subarray(0, 8), [0])]] },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    wrong('a config action from 0 to 6'),
    { 'a change': [0, 12, [withData(configCreate, changes.subarray(0, 12), [9], changes.subarray(13))]] },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    'The proposal is opened for another transaction than the one created.',
    { 'a proposal': [1, 0, [create, ofOther]] },
  ],
  ['SIGNER_BESIDES', `${other} would sign inside the execution.`, { 'an execution': [0, 0, [inside]] }],
  [
    'ARGUMENT_UNEXPECTED',
    `The proposed message can't be read: one byte was expected at its byte ${end}.`,
    { 'a message cut short': [0, 0, [proposing(honest.slice(0, end))]] },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    'The proposed message uses lookup tables.',
    { 'a message': [0, 0, [proposing(looking)]] },
  ],
  [
    'SIGNER_BESIDES',
    'The proposed message wants other signatures than the council vault’s.',
    {
      'another’s too': [0, 0, [proposing(wire(otherSigns))]],
      'another vault’s': [0, 0, [proposing(anotherVault)]],
    },
  ],
  [
    'ARGUMENT_UNEXPECTED',
    'The proposed message does not begin with a SIP.',
    {
      'a message of nothing': [0, 0, [proposing(wire())]],
      'a message of something else': [0, 0, [proposing(wire(withData(begin, [1, 2, 3])))]],
      'a SIP cut short': [0, 0, [proposing(wire(withData(begin, begin.data.subarray(0, -1))))]],
      'a SIP of another program': [0, 0, [proposing(wire(withKeys(begin, signed, other)))]],
    },
  ],
];

describe('a transaction is refused', () => {
  it.each(
    REFUSED.flatMap(([code, sentence, tries]) =>
      Object.entries(tries).map(
        ([title, [nth, byte, core]]) => [title, code, sentence, nth, byte, core] as const,
      ),
    ),
  )('%s: %s, %s', (_, code, sentence, nth, byte, core) => {
    expect(review(bytesOf(...core))).toEqual({ ok: false, code, at: placeOf(core, nth) + byte, sentence });
  });

  it('for what is said beside it', () => {
    const start = (core: readonly Instruction[], nth = 0) => placeOf(core, nth);
    const another = 'It is about transaction 41; 42 was said.';
    for (const core of [[create], [propose], [create, propose]])
      expect(review(bytesOf(...core), 42n)).toEqual({
        ok: false,
        code: 'ARGUMENT_UNEXPECTED',
        at: start(core),
        sentence: another,
      });
    const both = [configCreate, propose];
    expect(review(bytesOf(...both), 42n)).toEqual({
      ok: false,
      code: 'ARGUMENT_UNEXPECTED',
      at: start(both, 1),
      sentence: another,
    });
    for (const core of [[configCreate], [approve], [execute]])
      expect(review(bytesOf(...core), null)).toEqual({
        ok: false,
        code: 'ARGUMENT_UNEXPECTED',
        at: start(core),
        sentence: 'Nobody said which transaction this is about.',
      });
    expect(review(bytesOf(approve), 41n, other)).toEqual({
      ok: false,
      code: 'FEE_PAYER_OTHER',
      at: 4,
      sentence: `The fee payer is ${payer}, not the key that signs.`,
    });
    const nothing = bytesOf(...budget, memo('a'));
    expect(review(nothing)).toEqual({
      ok: false,
      code: 'INSTRUCTION_MISSING',
      at: nothing.length,
      sentence: 'The message does nothing.',
    });
  });

  it('for a signer or a key that nothing in it asks for', () => {
    const program = new PublicKey(pins.programId);
    for (const [core, who] of [
      [keyOf(closeEpoch, 1, { isSigner: true }), closeEpoch.keys[1]!.pubkey],
      [keyOf(restake(), 5, { isSigner: true }), program],
    ] as const)
      expect(review(bytesOf(core))).toEqual({
        ok: false,
        code: 'SIGNER_BESIDES',
        at: 1,
        sentence: `The message wants the signature of ${who} too.`,
      });
    const gatekeeper = keyOf(restake({ gatekeeper: addressOf(other) }), 5, { isWritable: true });
    expect(review(bytesOf(gatekeeper))).toEqual({
      ok: false,
      code: 'ACCOUNT_UNEXPECTED',
      at: 1,
      sentence: `The message lets ${other} be written, which nothing in it asks for.`,
    });
    const bytes = bytesOf(approve);
    const keys = bytes[4]!;
    const behind = 5 + 32 * keys;
    const unused = [
      ...bytes.subarray(0, 3),
      ...[bytes[3]! + 1, keys + 1],
      ...bytes.subarray(5, behind),
      ...other.toBytes(),
      ...bytes.subarray(behind),
    ];
    expect(review(Uint8Array.from(unused))).toEqual({
      ok: false,
      code: 'ACCOUNT_UNEXPECTED',
      at: behind,
      sentence: 'The message names a key that nothing in it uses.',
    });
  });
});

/** A message of one instruction: the key of a memo's program, no accounts, data behind a length as it is given. */
const PAYER = payer.toBytes();
const message = (change: Partial<Record<'head' | 'keys' | 'body' | 'tables', readonly number[]>> = {}) =>
  Uint8Array.from([
    ...(change.head ?? [0x80, 1, 0, 1]),
    ...(change.keys ?? [2, ...PAYER, ...other.toBytes()]),
    ...new Uint8Array(32),
    ...(change.body ?? [1, 1, 1, 0, 1, 7]),
    ...(change.tables ?? [0]),
  ]);
const twoKeys = 5 + 64 + 32;

describe('the bytes of a message', () => {
  it('are read to the last one', () => {
    expect(decodeTransactionMessage(message())).toEqual({
      ok: true,
      used: message().length,
      value: {
        ...{ numSigners: 1, numReadonlySigners: 0, numReadonlyNonSigners: 1 },
        keys: [PAYER, other.toBytes()].map((key) => Uint8Array.from(key)),
        instructions: [
          { programIndex: 1, accounts: Uint8Array.of(0), data: Uint8Array.of(7), at: twoKeys + 1 },
        ],
      },
    });
    const all = decodeTransactionMessage(message({ head: [0x80, 2, 1, 0] }));
    expect(all).toMatchObject({ ok: true, value: { numSigners: 2, numReadonlySigners: 1 } });
  });

  it.each<[number, readonly number[]]>([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [16_383, [0xff, 0x7f]],
    [16_384, [0x80, 0x80, 1]],
    [65_535, [0xff, 0xff, 3]],
  ])('say a length of %i in the shortest way', (length, prefix) => {
    const body = [1, 1, 0, ...prefix, ...new Uint8Array(length)];
    const read = decodeTransactionMessage(message({ body }));
    expect(read.ok && read.value.instructions[0]!.data.length).toBe(length);
  });

  it.each<[string, Uint8Array, number, string]>([
    ['of another version', message({ head: [0x81, 1, 0, 1] }), 0, 'a message of version 0'],
    ['without a signer', message({ head: [0x80, 0, 0, 1] }), 1, 'between one signer and all keys'],
    ['with more signers than keys', message({ head: [0x80, 3, 0, 0] }), 1, 'between one signer and all keys'],
    ['of a payer who is not written', message({ head: [0x80, 1, 1, 1] }), 2, 'a fee payer that is writable'],
    [
      'with more read-only keys than keys',
      message({ head: [0x80, 1, 0, 2] }),
      3,
      'no more read-only keys than keys',
    ],
    ['with a key twice', message({ keys: [2, ...PAYER, ...PAYER] }), 37, 'a key that is not listed yet'],
    [
      'of a program that it does not name',
      message({ body: [1, 2, 0, 0] }),
      twoKeys + 1,
      'a program index below 2',
    ],
    [
      'of an account that it does not name',
      message({ body: [1, 1, 2, 0, 2, 0] }),
      twoKeys + 2,
      'account indexes below 2',
    ],
    ['with a table', message({ tables: [1] }), twoKeys + 6, 'no lookup table'],
    [
      'with a length of two bytes for one',
      message({ body: [1, 1, 0, 0x87, 0] }),
      twoKeys + 4,
      'a length in its shortest form',
    ],
    [
      'with a length of three bytes for two',
      message({ body: [1, 1, 0, 0x80, 0x81, 0] }),
      twoKeys + 5,
      'a length in its shortest form',
    ],
    [
      'with a length above 65,535',
      message({ body: [1, 1, 0, 0x80, 0x80, 4] }),
      twoKeys + 5,
      'a length in its shortest form',
    ],
    [
      'with a length of four bytes',
      message({ body: [1, 1, 0, 0x80, 0x80, 0x80, 1] }),
      twoKeys + 5,
      'a length of at most three bytes',
    ],
    ['with a byte more', message({ tables: [0, 0] }), twoKeys + 7, `nothing after byte ${twoKeys + 7}`],
  ])('are refused %s', (_, bytes, at, wanted) => {
    expect(decodeTransactionMessage(bytes), hex(bytes)).toMatchObject({ ok: false, at, wanted });
  });
});
