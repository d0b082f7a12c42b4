import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils';
import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { z } from 'zod';
import { describeForeign } from '../../foreign/index.ts';
import type { Address } from '../../types.ts';
import { type BuildContext, defineAction, error, type KeyFlags, warning } from '../action.ts';
import { decodeNamed, sipInstruction } from '../common.ts';
import { address, hash32 } from '../values.ts';
import { checkUpgrade } from './check-upgrade.ts';

/** As in programs/restaking: a foreign instruction right behind the record, or a Squads config transaction executed next. */
const INSTRUCTION = 0;
const CONFIG_TRANSACTION = 1;

const account = z.strictObject({
  address,
  signer: z.boolean({ error: 'true or false' }),
  writable: z.boolean({ error: 'true or false' }),
});
const foreign = z.strictObject({
  external: z.literal('instruction'),
  program: address,
  accounts: z.array(account),
  /** Hexadecimal. */
  data: z
    .string({ error: 'data is hexadecimal text in quotes' })
    .regex(/^(?:[0-9a-f]{2})*$/, { error: 'data is an even number of lower-case hexadecimal digits' }),
});
const config = z.strictObject({ external: z.literal('config-transaction'), multisig: address, hash: hash32 });
const schema = z.discriminatedUnion('external', [foreign, config], {
  error: 'external is instruction or config-transaction',
});
type RecordExternal = z.infer<typeof schema>;
type Foreign = z.infer<typeof foreign>;

export const recordExternal = defineAction<'record-external', RecordExternal>({
  kind: 'record-external',
  title: 'Announce something outside the program',
  summary: 'Covers an instruction of another program, or a Squads config transaction, by the SIP’s record.',
  schema,
  fields: [
    {
      name: 'external',
      label: 'What',
      kind: 'choice',
      choices: ['instruction', 'config-transaction'],
      help: 'An instruction of another program, or a change of the council.',
    },
    {
      name: 'program',
      label: 'Program',
      kind: 'address',
      of: 'program',
      optional: true,
      help: 'Of the instruction.',
    },
    {
      name: 'accounts',
      label: 'Accounts',
      kind: 'list',
      optional: true,
      help: 'Of the instruction, in order.',
      of: [
        { name: 'address', label: 'Address', kind: 'address', of: 'any', help: 'The account.' },
        { name: 'signer', label: 'Signer', kind: 'flag', help: 'It signs.' },
        { name: 'writable', label: 'Writable', kind: 'flag', help: 'It is written.' },
      ],
    },
    {
      name: 'data',
      label: 'Data',
      kind: 'text',
      maxLength: 2_000,
      optional: true,
      help: 'Of the instruction, hexadecimal.',
    },
    {
      name: 'multisig',
      label: 'Multisig',
      kind: 'address',
      of: 'multisig',
      optional: true,
      help: 'Of the config transaction.',
    },
    {
      name: 'hash',
      label: 'Hash',
      kind: 'text',
      maxLength: 64,
      optional: true,
      help: 'Of the config transaction’s actions.',
    },
  ],
  example: {
    external: 'instruction',
    program: 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr' as Address,
    accounts: [
      { address: 'so1MFdbL7gd8mraypNEEQeroQYqTKtS7pZCN4H46BPa' as Address, signer: false, writable: true },
    ],
    data: '534950',
  },
  describe: (p) =>
    p.external === 'instruction'
      ? (describeForeign({
          ...{ programId: p.program, accounts: p.accounts.map((account) => account.address) },
          data: hexToBytes(p.data),
        }) ??
        `Run an instruction of the program ${p.program} that this console cannot read, with ${p.accounts.length} account(s) and ${p.data.length / 2} byte(s) of data`)
      : `Announce the config transaction ${p.hash} of the multisig ${p.multisig}, to be executed next`,
  build(p, context) {
    if (p.external === 'config-transaction') {
      return [recordOf(CONFIG_TRANSACTION, p.multisig, hexToBytes(p.hash), context)];
    }
    const instruction = instructionOf(p);
    return [recordOf(INSTRUCTION, p.program, hashOf(instruction, context.mergedFlags), context), instruction];
  },
  decode(instructions, at, context) {
    const decoded = decodeNamed('record_external', instructions, at, context);
    if (!decoded) return undefined;
    const { kind, target, hash } = decoded.args;
    if (kind === CONFIG_TRANSACTION) {
      const params = config.safeParse({
        external: 'config-transaction',
        multisig: target,
        hash: bytesToHex(Uint8Array.from(hash as number[])),
      });
      return params.success ? { params: params.data, taken: 1 } : undefined;
    }
    const next = instructions[at + 1];
    if (!next || next.programId.toBase58() !== target) return undefined;
    if (bytesToHex(Uint8Array.from(hash as number[])) !== bytesToHex(hashOf(next))) return undefined;
    const accounts = next.keys.map((key) => ({
      address: key.pubkey.toBase58(),
      signer: key.isSigner,
      writable: key.isWritable,
    }));
    const params = foreign.safeParse({
      external: 'instruction',
      program: target,
      accounts,
      data: bytesToHex(next.data),
    });
    return params.success ? { params: params.data, taken: 2 } : undefined;
  },
  async check(p, context) {
    if (p.external === 'config-transaction') {
      return p.multisig === context.pins.council
        ? []
        : [warning('foreign-multisig', `${p.multisig} is not this council`, 'Make sure that this is meant.')];
    }
    if (p.program === context.pins.programId)
      return [
        error(
          'not-external',
          'the instruction belongs to the restaking program itself',
          'Use the action made for it.',
        ),
      ];
    return [
      ...(await checkUpgrade(p, context)),
      warning(
        'foreign-instruction',
        `what ${p.program} does with this instruction is not checked by the restaking program`,
        'Simulate the SIP and read the effect on every account.',
      ),
    ];
  },
  announces: (p) => (p.external === 'config-transaction' ? { multisig: p.multisig, hash: p.hash } : null),
  // An event and the record's count are all that the program keeps of it.
  expect: (_, context) => [
    { account: context.pdas.config, type: 'Config', fields: { sip: context.sip.number } },
  ],
});

function recordOf(
  kind: number,
  target: Address,
  hash: Uint8Array,
  context: BuildContext,
): TransactionInstruction {
  return sipInstruction('record_external', context, {}, { kind, target: new PublicKey(target), hash });
}

function instructionOf(p: Foreign): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(p.program),
    keys: p.accounts.map((item) => ({
      pubkey: new PublicKey(item.address),
      isSigner: item.signer,
      isWritable: item.writable,
    })),
    data: Buffer.from(hexToBytes(p.data)),
  });
}

/** DESIGN: "solayer-external-v1\0" ‖ program ‖ u16 count ‖ (key ‖ flags)… ‖ u32 length ‖ data, flags as merged in the message. */
function hashOf(
  instruction: TransactionInstruction,
  mergedFlags: BuildContext['mergedFlags'] = () => undefined,
): Uint8Array {
  const accounts = instruction.keys.map((key) => {
    const merged: KeyFlags = mergedFlags(key.pubkey) ?? key;
    return concatBytes(
      key.pubkey.toBytes(),
      new Uint8Array([(merged.isSigner ? 1 : 0) | (merged.isWritable ? 2 : 0)]),
    );
  });
  const count = new Uint8Array(new Uint16Array([accounts.length]).buffer);
  const length = new Uint8Array(new Uint32Array([instruction.data.length]).buffer);
  return sha256(
    concatBytes(
      utf8ToBytes('solayer-external-v1\0'),
      instruction.programId.toBytes(),
      count,
      ...accounts,
      length,
      instruction.data,
    ),
  );
}
