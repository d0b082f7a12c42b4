import { SystemProgram } from '@solana/web3.js';
import type { UnixSeconds } from '#governance/types.ts';
import type { AccountBytes, VerifyInput } from '#governance/verify/index.ts';
import { type ConfigFields, handoverInput, otherVault } from './handover.ts';
import {
  account,
  honestInput,
  le,
  type Message,
  makeWorld,
  messageOf,
  multisigBytes,
  multisigFields,
  proposalBytes,
  Random,
  recordBytes,
  recordPda,
  type TransactionFields,
  textOf,
  transactionBytes,
  transactionFields,
  withAccount,
} from './world.ts';

/** What a proposal and the accounts around it can be, one thing at a time. A base of one part, and of three. */

export const world = makeWorld(77);
const honest = honestInput(world);
const random = new Random(5);
const foreign = random.key();
const NOTHING = new Uint8Array();

type Situation = readonly [title: string, input: VerifyInput];
type Accounts = VerifyInput['accounts'];

const withAccounts = (input: VerifyInput, accounts: Partial<Accounts>): VerifyInput => ({
  ...input,
  accounts: { ...input.accounts, ...accounts },
});

function withFields(change: (fields: TransactionFields) => void, input = honest): VerifyInput {
  const fields = transactionFields(world);
  change(fields);
  return withAccount(input, 'transaction', { data: transactionBytes(fields) });
}

function turned(data: Uint8Array, at: number, to: ArrayLike<number>): Uint8Array {
  const copy = data.slice();
  copy.set(to, at);
  return copy;
}

const withInstruction = (
  at: number,
  change: (ix: Message['instructions'][0]) => Message['instructions'][0],
) =>
  withFields(({ message }) => {
    message.instructions[at] = change(message.instructions[at]!);
  });
const withBegin = (change: (data: Uint8Array) => Uint8Array) =>
  withInstruction(0, (ix) => ({ ...ix, data: change(ix.data) }));

const record = (change: Partial<AccountBytes> = {}, data = recordBytes(world, world.part - 1)) => ({
  ...account(recordPda(world.programId, world.sip)[0], world.programId, data),
  ...change,
});
const withRecord = (sipRecord: AccountBytes, input = honest) => withAccounts(input, { sipRecord });

const RECORDS: readonly Situation[] = [
  ['of another owner', withRecord(record({ owner: honest.pins.council }))],
  ['at another address', withRecord(record({ address: honest.pins.council }))],
  ['without data', withRecord(record({ data: NOTHING }))],
  ['of another type', withRecord(record({ data: turned(recordBytes(world, 1), 0, [0]) }))],
  ['with a byte more', withRecord(record({ data: Uint8Array.from([...recordBytes(world, 1), 0]) }))],
  ['that says another number', withRecord(record({ data: turned(recordBytes(world, 1), 8, le(3, 4)) }))],
  ['that says another bump', withRecord(record({ data: turned(recordBytes(world, 1), 71, [9]) }))],
  ['of another digest', withRecord(record({ data: recordBytes(world, world.part - 1, new Uint8Array(32)) }))],
  ['of another number of parts', withRecord(record({ data: turned(recordBytes(world, 0), 45, [9]) }))],
  ['of this part', withRecord(record({ data: recordBytes(world, world.part) }))],
  ['of the part before', withRecord(record())],
  [
    'of the text where the message names another SIP',
    withRecord(
      record({ data: recordBytes(world, world.part) }),
      withBegin((data) => turned(data, 8, le(3, 4))),
    ),
  ],
  [
    'of the SIP that the message names, not of the text',
    withRecord(
      record({ address: account(recordPda(world.programId, 3)[0], foreign, NOTHING).address }),
      withBegin((data) => turned(data, 8, le(3, 4))),
    ),
  ],
  [
    'without a text, of another address',
    { ...withRecord(record({ address: honest.pins.vault })), text: null },
  ],
  [
    'without a text, of this part',
    { ...withRecord(record({ data: recordBytes(world, world.part) })), text: null },
  ],
  [
    'where the announcement is cut short',
    withRecord(
      record({ data: recordBytes(world, 1) }),
      withBegin((data) => data.subarray(0, 60)),
    ),
  ],
].map(([title, input]) => [`the record ${title as string}`, input as VerifyInput]);

const later = { clock: (world.notAfter + 1n) as UnixSeconds };
const unknown = textOf({ ...world, digest: random.bytes(32) });
const ANNOUNCEMENTS: readonly Situation[] = [
  ['without a text', { ...honest, text: null }],
  ['with a text of another digest', { ...honest, text: unknown }],
  ['that is none', withBegin((data) => turned(data, 0, [1, 2, 3]))],
  ['that is none, without a text', { ...withBegin((data) => turned(data, 0, [1, 2, 3])), text: null }],
  ['cut within the digest', withBegin((data) => data.subarray(0, 43))],
  ['cut behind the digest', withBegin((data) => data.subarray(0, 44))],
  ['cut behind the digest, without a text', { ...withBegin((data) => data.subarray(0, 44)), text: null }],
  ['cut behind the digest, too late', { ...withBegin((data) => data.subarray(0, 44)), ...later }],
  ['with a byte more', withBegin((data) => Uint8Array.from([...data, 7]))],
  ['with a byte more, without a text', { ...withBegin((data) => Uint8Array.from([...data, 7])), text: null }],
  ...[
    ['number', 8, 3],
    ['digest', 12, 9],
    ['part', 44, 9],
    ['parts', 45, 9],
    ['actions', 46, 9],
    ['not_after', 47, 1],
    ['members_hash', 55, 9],
    ['council_tx', 87, 9],
  ].flatMap(([name, at, to]): Situation[] => {
    const input = withBegin((data) => turned(data, Number(at), [Number(to)]));
    return [
      [`with another ${name}`, input],
      [`with another ${name}, without a text`, { ...input, text: null }],
    ];
  }),
  ['of a foreign program', withInstruction(0, (ix) => ({ ...ix, programIdIndex: 2 }))],
  [
    'of a program that the message does not hold',
    withInstruction(0, (ix) => ({ ...ix, programIdIndex: 99 })),
  ],
  ['without accounts', withInstruction(0, (ix) => ({ ...ix, accountIndexes: NOTHING }))],
  [
    'with accounts that the message does not hold',
    withInstruction(0, (ix) => ({ ...ix, accountIndexes: Uint8Array.from([99, 98, 97, 96, 95, 94]) })),
  ],
  [
    'with its accounts turned',
    withInstruction(0, (ix) => ({ ...ix, accountIndexes: ix.accountIndexes.slice().reverse() })),
  ],
  ['twice', withFields(({ message }) => void message.instructions.push(message.instructions[0]!))],
  ['in the second place', withFields(({ message }) => void message.instructions.reverse())],
  ['too late by a second', { ...honest, ...later }],
].map(([title, input]) => [`the announcement ${title as string}`, input as VerifyInput]);

const MESSAGES: readonly Situation[] = [
  ['with other data', withInstruction(1, (ix) => ({ ...ix, data: turned(ix.data, 9, [1, 2]) }))],
  ['with data cut short', withInstruction(1, (ix) => ({ ...ix, data: ix.data.subarray(0, -1) }))],
  [
    'with an account less',
    withInstruction(1, (ix) => ({ ...ix, accountIndexes: ix.accountIndexes.subarray(0, -1) })),
  ],
  [
    'with an account more',
    withInstruction(1, (ix) => ({ ...ix, accountIndexes: Uint8Array.from([...ix.accountIndexes, 0]) })),
  ],
  [
    'with another account',
    withInstruction(1, (ix) => ({ ...ix, accountIndexes: turned(ix.accountIndexes, 1, [0]) })),
  ],
  [
    'with an account that it does not hold',
    withInstruction(1, (ix) => ({ ...ix, accountIndexes: turned(ix.accountIndexes, 1, [99]) })),
  ],
  ['with another program', withInstruction(1, (ix) => ({ ...ix, programIdIndex: 0 }))],
  ['without its last instruction', withFields(({ message }) => void message.instructions.pop())],
  ['without its second instruction', withFields(({ message }) => void message.instructions.splice(1, 1))],
  [
    'with an instruction more',
    withFields(
      ({ message }) =>
        void message.instructions.push({
          programIdIndex: 1,
          accountIndexes: Uint8Array.of(0, 99),
          data: Uint8Array.of(1, 2, 3),
        }),
    ),
  ],
  [
    'with an instruction of nobody more',
    withFields(
      ({ message }) =>
        void message.instructions.splice(1, 0, {
          programIdIndex: 99,
          accountIndexes: NOTHING,
          data: NOTHING,
        }),
    ),
  ],
  [
    'with two instructions turned',
    withFields(
      ({ message }) =>
        void message.instructions.splice(1, 2, message.instructions[2]!, message.instructions[1]!),
    ),
  ],
  ['without instructions', withFields(({ message }) => void message.instructions.splice(0))],
  ['with a key more', withFields(({ message }) => void message.accountKeys.push(foreign))],
  ['with another key', withFields(({ message }) => void message.accountKeys.splice(2, 1, foreign))],
  [
    'with its last keys turned',
    withFields(({ message }) => void message.accountKeys.push(...message.accountKeys.splice(-2, 1))),
  ],
  [
    'with a signer more',
    withFields((fields) => {
      fields.message = { ...fields.message, numSigners: fields.message.numSigners + 1 };
    }),
  ],
  [
    'with a writable signer less',
    withFields((fields) => {
      fields.message = { ...fields.message, numWritableSigners: 0 };
    }),
  ],
  [
    'with a writable key more',
    withFields((fields) => {
      fields.message = { ...fields.message, numWritableNonSigners: fields.message.numWritableNonSigners + 1 };
    }),
  ],
  [
    'with two lookup tables',
    withFields(
      ({ message }) =>
        void message.addressTableLookups.push(
          { accountKey: foreign, writableIndexes: Uint8Array.of(1), readonlyIndexes: NOTHING },
          { accountKey: world.creator, writableIndexes: NOTHING, readonlyIndexes: Uint8Array.of(2) },
        ),
    ),
  ],
].map(([title, input]) => [`the message ${title as string}`, input as VerifyInput]);

const transactionIs = (change: Partial<TransactionFields>) =>
  withFields((fields) => void Object.assign(fields, change));
const multisigIs = (change: Partial<ReturnType<typeof multisigFields>>, input = honest) =>
  withAccount(input, 'multisig', { data: multisigBytes({ ...multisigFields(world), ...change }) });
const stale = (by: bigint) =>
  multisigIs({ staleTransactionIndex: Number(world.index + by) }, transactionIs({ creator: foreign }));

const ACCOUNTS: readonly Situation[] = [
  ['transaction: none', withAccounts(honest, { transaction: null })],
  ['transaction: at another address', withAccount(honest, 'transaction', { address: honest.pins.vault })],
  ['transaction: of another owner', withAccount(honest, 'transaction', { owner: honest.pins.vault })],
  ['transaction: without data', withAccount(honest, 'transaction', { data: NOTHING })],
  ['transaction: a multisig', withAccount(honest, 'transaction', { data: honest.accounts.multisig!.data })],
  [
    'transaction: cut short',
    withAccount(honest, 'transaction', { data: honest.accounts.transaction!.data.subarray(0, 300) }),
  ],
  [
    'transaction: with bytes behind it',
    withAccount(honest, 'transaction', {
      data: Uint8Array.from([...honest.accounts.transaction!.data, 1, 2, 3]),
    }),
  ],
  ['transaction: of another council', transactionIs({ multisig: foreign })],
  ['transaction: of another creator', transactionIs({ creator: foreign })],
  [
    'transaction: of a creator who only votes',
    multisigIs({
      members: multisigFields(world).members.map(({ key }) => ({ key, permissions: { mask: 2 } })),
    }),
  ],
  ['transaction: of another index', transactionIs({ index: world.index + 1n })],
  ['transaction: of another bump', transactionIs({ bump: 3 })],
  ['transaction: of vault 1', transactionIs({ vaultIndex: 1 })],
  ['transaction: of another vault bump', transactionIs({ vaultBump: 3 })],
  ['transaction: with two ephemeral signers', transactionIs({ ephemeralSignerBumps: Uint8Array.of(1, 2) })],
  ['pins: another vault', { ...honest, pins: { ...honest.pins, vault: honest.pins.council } }],
  ['multisig: none', withAccounts(honest, { multisig: null })],
  ['multisig: at another address', withAccount(honest, 'multisig', { address: honest.pins.vault })],
  ['multisig: of another owner', withAccount(honest, 'multisig', { owner: honest.pins.vault })],
  ['multisig: a transaction', withAccount(honest, 'multisig', { data: honest.accounts.transaction!.data })],
  [
    'multisig: cut short',
    withAccount(honest, 'multisig', { data: honest.accounts.multisig!.data.subarray(0, 100) }),
  ],
  ['multisig: with another create key', multisigIs({ createKey: foreign })],
  ['multisig: with another bump', multisigIs({ bump: 3 })],
  ['multisig: with a config authority', multisigIs({ configAuthority: foreign })],
  ['multisig: with a rent collector', multisigIs({ rentCollector: foreign })],
  ['multisig: before this index', multisigIs({ transactionIndex: Number(world.index) - 1 })],
  ['multisig: at this index', multisigIs({ transactionIndex: Number(world.index) })],
  ['multisig: stale up to the transaction of a stranger', stale(0n)],
  ['multisig: stale up to the one before the transaction of a stranger', stale(-1n)],
  ['proposal: none', withAccounts(honest, { proposal: null })],
  ['proposal: at another address', withAccount(honest, 'proposal', { address: honest.pins.vault })],
  ['proposal: of another owner', withAccount(honest, 'proposal', { owner: honest.pins.vault })],
  [
    'proposal: of the system program, with data',
    withAccount(honest, 'proposal', { owner: account(foreign, SystemProgram.programId, NOTHING).owner }),
  ],
  ['proposal: without data', withAccount(honest, 'proposal', { data: NOTHING })],
  [
    'proposal: of another index',
    withAccount(honest, 'proposal', { data: proposalBytes(world, 'Active', { index: world.index + 1n }) }),
  ],
  [
    'proposal: of another council',
    withAccount(honest, 'proposal', { data: proposalBytes(world, 'Active', { multisig: foreign }) }),
  ],
  [
    'proposal: of another bump',
    withAccount(honest, 'proposal', { data: turned(proposalBytes(world, 'Active'), 57, [3]) }),
  ],
  ['proposal: executed', withAccount(honest, 'proposal', { data: proposalBytes(world, 'Executed') })],
  [
    'proposal: executed, of another creator, stale and late',
    { ...withAccount(stale(1n), 'proposal', { data: proposalBytes(world, 'Executed') }), ...later },
  ],
];

const old = otherVault(world);
const waiting = {
  authority: world.vault,
  council: world.council,
  expiresAt: world.now,
  sip: world.sip,
  digest: world.digest,
};
const handover = (pending: Partial<typeof waiting> | null, config: Partial<ConfigFields> = {}) =>
  handoverInput(world, old, { pending: pending && { ...waiting, ...pending }, ...config });
const acceptance = handover({});
const config = acceptance.accounts.config!;
function withAcceptance(change: (message: Message) => void): VerifyInput {
  const fields = transactionFields(world);
  const begin = handoverMessage();
  change(begin);
  return withAccount(acceptance, 'transaction', { data: transactionBytes({ ...fields, message: begin }) });
}
function handoverMessage(): Message {
  const part = acceptance.text!.recompile('00'.repeat(32) as never, world.index, 0)!;
  return messageOf(part.message);
}
const accepting = (at: number, to: readonly number[]) =>
  withAcceptance((message) => {
    const [ix] = message.instructions as [Message['instructions'][0]];
    message.instructions[0] = { ...ix, data: turned(ix.data, at, to) };
  });

const HANDOVERS: readonly Situation[] = [
  ['as it should be', acceptance],
  ['without a text', { ...acceptance, text: null }],
  ['as the last second allows', handover({ expiresAt: world.now })],
  ['a second too late', handover({ expiresAt: world.now - 1n })],
  ['that was withdrawn', handover(null)],
  ['of another authority', handover({ authority: foreign })],
  ['of another council', handover({ council: foreign })],
  ['of another SIP', handover({ sip: world.sip + 1 })],
  ['of another digest', handover({ digest: new Uint8Array(32) })],
  ['that was accepted', handoverInput(world, world.vault, { pending: null })],
  ['during an epoch', handover({}, { activeEpoch: 3 })],
  ['without a Config', withAccounts(acceptance, { config: null })],
  [
    'without a Config, executed',
    withAccount(withAccounts(acceptance, { config: null }), 'proposal', {
      data: proposalBytes(world, 'Executed'),
    }),
  ],
  ['with a Config at another address', withAccount(acceptance, 'config', { address: acceptance.pins.vault })],
  ['with a Config of another owner', withAccount(acceptance, 'config', { owner: acceptance.pins.vault })],
  ['with a Config of another type', withAccount(acceptance, 'config', { data: turned(config.data, 0, [1]) })],
  ['with a Config cut short', withAccount(acceptance, 'config', { data: config.data.subarray(0, -1) })],
  [
    'with a Config and a byte more',
    withAccount(acceptance, 'config', { data: Uint8Array.from([...config.data, 0]) }),
  ],
  [
    'with a Config of a third venue',
    withAccount(acceptance, 'config', { data: turned(config.data, 137, [2]) }),
  ],
  ['with a record of its SIP', withRecord(record({ data: recordBytes(world, 1) }), acceptance)],
  ['with another number', accepting(8, [3])],
  ['with another digest', accepting(12, [3])],
  ['with another council_tx', accepting(44, [9])],
  [
    'with a byte less',
    withAcceptance((message) => {
      const [ix] = message.instructions as [Message['instructions'][0]];
      message.instructions[0] = { ...ix, data: ix.data.subarray(0, -1) };
    }),
  ],
  [
    'with its accounts turned',
    withAcceptance((message) => {
      const [ix] = message.instructions as [Message['instructions'][0]];
      message.instructions[0] = { ...ix, accountIndexes: ix.accountIndexes.slice().reverse() };
    }),
  ],
  [
    'with an instruction behind it',
    withAcceptance((message) => void message.instructions.push(message.instructions[0]!)),
  ],
].map(([title, input]) => [`the acceptance ${title as string}`, input as VerifyInput]);

const [parted] = [makeParted()];
function makeParted() {
  for (let seed = 1; ; seed += 1) {
    const of = makeWorld(seed);
    if (of.parts === 3 && of.part === 2) return of;
  }
}
const second = honestInput(parted);
const PARTS: readonly Situation[] = [
  ['as it should be', second],
  ...[0, 1, 3, 4].map((part): Situation => {
    const fields = transactionFields(parted);
    const [ix] = fields.message.instructions as [Message['instructions'][0]];
    fields.message.instructions[0] = { ...ix, data: turned(ix.data, 44, [part]) };
    return [
      `that says it is part ${part}`,
      withAccount(second, 'transaction', { data: transactionBytes(fields) }),
    ];
  }),
  ...[1, 3].map((part): Situation => {
    const fields = transactionFields({ ...parted, part });
    return [
      `with what part ${part} does`,
      withAccount(second, 'transaction', { data: transactionBytes(fields) }),
    ];
  }),
  ['that no text compiles to', { ...second, text: { ...second.text!, recompile: () => null } }],
  ['with nothing recorded before it', withAccounts(second, { sipRecord: null })],
].map(([title, input]) => [`part 2 of 3 ${title as string}`, input as VerifyInput]);

export const SITUATIONS: readonly Situation[] = [
  ['an honest proposal', honest],
  ...RECORDS,
  ...ANNOUNCEMENTS,
  ...MESSAGES,
  ...ACCOUNTS,
  ...HANDOVERS,
  ...PARTS,
];
