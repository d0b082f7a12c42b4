import { TransactionInstruction as Instruction, PublicKey } from '@solana/web3.js';
import * as sdk from '@sqds/multisig';
import { describe, expect, it } from 'vitest';
import { INSTRUCTION_NAMES } from '#governance/restaking/instructions.ts';
import { associatedTokenAddress, TOKEN_PROGRAMS } from '#governance/restaking/pdas.ts';
import * as squads from '#governance/venues/squads/instructions.ts';
import { compileVaultMessage, parseStored } from '#governance/venues/squads/message.ts';
import { proposalAddress, transactionAddress } from '#governance/venues/squads/pdas.ts';
import {
  activate,
  addressOf,
  approve,
  at,
  budget,
  bytesOf,
  closeEpoch,
  configCreate,
  configExecute,
  council,
  create,
  execute,
  guardianPause,
  index,
  lstMint,
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
import { acceptAuthorityData, beginSipData } from '#test/verify/world.ts';
import { instructionDiscriminator } from '../discriminator.ts';
import type { Line } from './review.ts';

/** Every line that is shown before a signature, whole. */

const said = (label: string, value: string): Line => ({ label, value });
const key = (label: string, of: PublicKey | string): Line => ({ label, value: `${of}`, address: true });
const PLACE = [
  key('Council', council),
  key('Transaction', transactionAddress(council, index)),
  key('Proposal', proposalAddress(council, index)),
];
const linesOf = (...core: readonly Instruction[]) => {
  const read = review(bytesOf(...core));
  if (!read.ok) throw new Error(read.sentence);
  return read.review.lines;
};
const stored = parseStored(part.accountMessage);
const inner = ['begin_sip', 'whitelist_lst', 'set_epoch_cap'].map((name, nth) => ({
  program: pins.programId,
  name,
  accounts: stored.instructions[nth]!.accountIndexes.length,
  dataBytes: stored.instructions[nth]!.data.length,
}));
const limit = (units: number) => said('Compute-unit limit', `${units}`);
const fee = (lamports: number, price: number) =>
  said('Priority fee', `${lamports} lamports at most (${price} micro-lamports a unit)`);

describe('an action', () => {
  it.each<[string, readonly Instruction[], readonly Line[]]>([
    ['a vote', [approve], PLACE],
    ['a proposal', [propose], PLACE],
    [
      'an execution',
      [execute],
      [
        ...PLACE,
        ...execute.keys
          .slice(4)
          .map(({ pubkey, isWritable }) =>
            key(
              `${`${pubkey}` === pins.vault ? 'Vault, ' : ''}${isWritable ? 'May change' : 'Reads'}`,
              pubkey,
            ),
          ),
      ],
    ],
    ['an execution of a change', [configExecute], PLACE],
    ['an activation', [activate], [said('Restaking epoch', '2'), key('epoch', pdas.epoch(2))]],
    ['a close', [closeEpoch], [said('Restaking epoch', '2'), key('epoch', pdas.epoch(2))]],
    ['a pause', [guardianPause], []],
    [
      'a thaw',
      [thaw],
      [
        key('pool', pool),
        key('receipt mint', pdas.rstMint(pool)),
        key('receipts', thaw.keys[2]!.pubkey),
        key('position', thaw.keys[3]!.pubkey),
      ],
    ],
    [
      'a deposit',
      [restake()],
      [
        said('Amount', '7 base units'),
        said('Restaking epoch', '2'),
        key('pool', pool),
        key('epoch', pdas.epoch(2)),
        key('epoch cap', pdas.epochCap(2, pool)),
        key('LST mint', lstMint),
        key('LST account', seeded(21)),
        key('LST vault', restake().keys[8]!.pubkey),
        key('receipt mint', pdas.rstMint(pool)),
        key('receipts', restake().keys[10]!.pubkey),
      ],
    ],
    [
      'a withdrawal',
      [unrestake()],
      [
        said('Amount', '7 base units'),
        key('pool', pool),
        key('position', unrestake().keys[3]!.pubkey),
        key('LST mint', lstMint),
        key('LST account', seeded(21)),
        key('LST vault', unrestake().keys[6]!.pubkey),
        key('receipt mint', pdas.rstMint(pool)),
        key('receipts', unrestake().keys[8]!.pubkey),
      ],
    ],
    ['a limit and a price', [...budget, approve], [...PLACE, limit(50_000), fee(50, 1_000)]],
    ['a limit alone', [budget[0]!, approve], [...PLACE, limit(50_000)]],
    ['a price alone, for the limit that is Solana’s', [budget[1]!, approve], [...PLACE, fee(1_400, 1_000)]],
    ['a memo', [approve, memo('see the minutes')], [...PLACE, said('Memo', 'see the minutes')]],
    ['an empty memo', [approve, memo('')], [...PLACE, said('Memo', '')]],
  ])('is shown line by line: %s', (_, core, lines) => {
    expect(linesOf(...core)).toEqual(lines);
  });

  it('has nothing but what is shown', () => {
    expect(review(bytesOf(approve))).toEqual({
      ok: true,
      review: {
        kind: 'proposal_approve',
        title: 'Approve transaction 41',
        lines: PLACE,
        transactionIndex: index,
        announcement: null,
        inner: [],
        messageHash: expect.anything(),
      },
    });
    expect(review(bytesOf(thaw))).toMatchObject({
      review: { transactionIndex: null, announcement: null, inner: [] },
    });
  });

  it('may be a deposit of the second token program, or one that its own gatekeeper makes', () => {
    const program = TOKEN_PROGRAMS['token-2022'];
    const vault = associatedTokenAddress(pool, lstMint, program);
    const second = restake({ lstVault: vault, lstTokenProgram: program });
    expect(linesOf(second)).toContainEqual(key('LST vault', vault));
    expect(review(bytesOf(restake({ gatekeeper: addressOf(payer) })))).toMatchObject({ ok: true });
  });
});

/** What is proposed, with other bytes in the first instruction. */
function proposing(...instructions: readonly Instruction[]) {
  const { wire } = compileVaultMessage(new PublicKey(pins.vault), instructions);
  return squads.vaultTransactionCreate({ ...at, creator: payer, message: wire });
}
const signed = [{ pubkey: new PublicKey(pins.vault), isSigner: true, isWritable: true }];
const call = (data: Uint8Array, programId = new PublicKey(pins.programId)) =>
  new Instruction({ programId, keys: signed, data: Buffer.from(data) });
const digest = new Uint8Array(32).fill(0xab);
const begin = (more: { parts?: number; part?: number; notAfter?: bigint } = {}) =>
  call(
    beginSipData({
      ...{
        number: 8,
        digest,
        part: 1,
        parts: 1,
        actions: 1,
        notAfter: 9n,
        membersHash: digest,
        councilTx: index,
      },
      ...more,
    }),
  );

describe('a proposed SIP', () => {
  it('is shown with its digest and what it calls', () => {
    const read = review(bytesOf(create, propose));
    expect(read).toMatchObject({
      ok: true,
      review: { inner, announcement: { kind: 'begin-sip', number: 8 } },
    });
    expect(linesOf(create)).toEqual([
      ...PLACE,
      said('SIP', '8, part 1 of 1'),
      said('Digest of the text', sip.digest),
      said('Not after', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)),
      said('Instruction 1', 'begin_sip'),
      said('Instruction 2', 'whitelist_lst'),
      said('Instruction 3', 'set_epoch_cap'),
    ]);
  });

  it('is shown as the part that it is', () => {
    const second = bytesOf(proposing(begin({ part: 2, parts: 3 })));
    expect(review(second)).toMatchObject({
      review: { title: 'Propose SIP-8, part 2 of 3, as transaction 41' },
    });
    expect(linesOf(proposing(begin({ part: 2, parts: 3 })))).toContainEqual(said('SIP', '8, part 2 of 3'));
  });

  it('may be the acceptance of a hand-over', () => {
    const accept = proposing(call(acceptAuthorityData(9, digest, index)));
    expect(review(bytesOf(accept))).toMatchObject({ review: { title: 'Propose SIP-9 as transaction 41' } });
    expect(linesOf(accept)).toEqual([
      ...PLACE,
      said('SIP', '9'),
      said('Digest of the text', 'ab'.repeat(32)),
      said('Instruction 1', 'accept_authority'),
    ]);
  });

  it.each([
    [0n, '1970-01-01T00:00:00Z'],
    [-1n, '-1 seconds after 1970'],
    [253_402_300_799n, '9999-12-31T23:59:59Z'],
    [253_402_300_800n, '253402300800 seconds after 1970'],
  ])('has an end at %s, said as %s', (notAfter, words) => {
    expect(linesOf(proposing(begin({ notAfter })))).toContainEqual(said('Not after', words));
  });

  it('names each instruction of the program that a SIP may call, and no other', () => {
    const alone = [
      ...['initialize', 'activate_epoch', 'close_epoch', 'guardian_pause'],
      ...['restake', 'thaw_receipts', 'unrestake'],
    ];
    for (const name of INSTRUCTION_NAMES) {
      const named = call(instructionDiscriminator(name));
      const foreign = call(instructionDiscriminator(name), seeded(50));
      const lines = linesOf(proposing(begin(), named, foreign));
      const own = alone.includes(name) ? `unknown, of program ${pins.programId}` : name;
      expect(lines.slice(-2)).toEqual([
        said('Instruction 2', own),
        said('Instruction 3', `unknown, of program ${seeded(50)}`),
      ]);
    }
  });
});

describe('a change of the council', () => {
  const [a, b, c] = [seeded(6), seeded(7), seeded(8)];
  const limits = { createKey: a, vaultIndex: 3, mint: b, amount: 12, period: sdk.types.Period.Week };
  it.each<[string, squads.ConfigAction, readonly Line[]]>([
    ...[
      'nothing',
      'initiate',
      'vote',
      'initiate, vote',
      'execute',
      'initiate, execute',
      'vote, execute',
      'initiate, vote, execute',
    ].map((may, mask): [string, squads.ConfigAction, readonly Line[]] => [
      `a member who may ${may}`,
      { __kind: 'AddMember', newMember: { key: a, permissions: { mask } } },
      [key('Adds the member', a), said('who may', may)],
    ]),
    ['a member less', { __kind: 'RemoveMember', oldMember: a }, [key('Removes the member', a)]],
    ['a threshold', { __kind: 'ChangeThreshold', newThreshold: 4 }, [said('Sets the threshold to', '4')]],
    [
      'a time lock',
      { __kind: 'SetTimeLock', newTimeLock: 600 },
      [said('Sets the time lock to', '600 seconds')],
    ],
    [
      'a spending limit',
      { __kind: 'AddSpendingLimit', ...limits, members: [b, c], destinations: [a, c] },
      [
        said('Adds a spending limit', '12 base units, week, from vault 3'),
        key('of the mint', b),
        key('with the create key', a),
        key('spent by', b),
        key('spent by', c),
        key('sent to', a),
        key('sent to', c),
      ],
    ],
    [
      'a spending limit to anywhere',
      { __kind: 'AddSpendingLimit', ...limits, members: [], destinations: [] },
      [
        said('Adds a spending limit', '12 base units, week, from vault 3'),
        key('of the mint', b),
        key('with the create key', a),
        said('sent to', 'anywhere'),
      ],
    ],
    [
      'a spending limit less',
      { __kind: 'RemoveSpendingLimit', spendingLimit: c },
      [key('Removes the spending limit', c)],
    ],
    [
      'a rent collector',
      { __kind: 'SetRentCollector', newRentCollector: c },
      [key('Sets the rent collector to', c)],
    ],
    [
      'no rent collector',
      { __kind: 'SetRentCollector', newRentCollector: null },
      [said('Sets the rent collector to', 'nobody')],
    ],
  ])('is shown in full: %s', (_, action, lines) => {
    const made = squads.configTransactionCreate({ ...at, creator: payer, actions: [action] });
    expect(linesOf(made)).toEqual([...PLACE, ...lines]);
  });

  it('is shown action by action', () => {
    expect(linesOf(configCreate).slice(3)).toEqual([
      key('Adds the member', a),
      said('who may', 'initiate, vote'),
      said('Sets the threshold to', '4'),
    ]);
  });
});
