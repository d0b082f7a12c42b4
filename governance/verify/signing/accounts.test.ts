import {
  TransactionInstruction as Instruction,
  PublicKey,
  type TransactionInstruction,
} from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import * as squads from '#governance/venues/squads/instructions.ts';
import {
  activate,
  addressOf,
  approve,
  at,
  bytesOf,
  closeEpoch,
  configCreate,
  configExecute,
  create,
  execute,
  guardianPause,
  payer,
  pdas,
  pins,
  propose,
  restake,
  review,
  seeded,
  thaw,
  unrestake,
} from '#test/verify/signed.ts';

/**
 * The accounts of everything that is signed, in order, as the reader calls them. `*`: any key may stand there and is
 * shown; `>`: it decides the account that is named behind it.
 */
const TAKES: readonly (readonly [string, TransactionInstruction, readonly string[]])[] = [
  [
    'vault_transaction_create',
    create,
    ['multisig', 'transaction', 'creator', 'rent payer', 'system program'],
  ],
  [
    'config_transaction_create',
    configCreate,
    ['multisig', 'transaction', 'creator', 'rent payer', 'system program'],
  ],
  ['proposal_create', propose, ['multisig', 'proposal', 'creator', 'rent payer', 'system program']],
  ['proposal_approve', approve, ['multisig', 'member', 'proposal']],
  ['proposal_reject', squads.proposalReject({ ...at, member: payer }), ['multisig', 'member', 'proposal']],
  ['proposal_cancel', squads.proposalCancel({ ...at, member: payer }), ['multisig', 'member', 'proposal']],
  [
    'proposal_cancel_v2',
    squads.proposalCancelV2({ ...at, member: payer }),
    ['multisig', 'member', 'proposal', 'system program'],
  ],
  ['vault_transaction_execute', execute, ['multisig', 'proposal', 'transaction', 'member']],
  [
    'config_transaction_execute',
    configExecute,
    ['multisig', 'member', 'proposal', 'transaction', 'rent payer', 'system program'],
  ],
  ['activate_epoch', activate, ['epoch admin', 'config', '']],
  ['close_epoch', closeEpoch, ['config', '']],
  ['guardian_pause', guardianPause, ['guardian', 'config']],
  ['thaw_receipts', thaw, ['>receipt mint', 'receipt mint', '*receipts', '*position', 'token program']],
  [
    'restake',
    restake(),
    [
      ...['owner', 'config', 'pool', '', 'epoch cap', 'gatekeeper', '>pool', '*LST account', 'LST vault'],
      ...['receipt mint', 'receipts', 'LST token program', 'token program', 'ATA program', 'system program'],
    ],
  ],
  [
    'unrestake',
    unrestake(),
    [
      ...['owner', 'config', 'pool', 'position', '>pool', '*LST account', 'LST vault', 'receipt mint'],
      ...['receipts', 'LST token program', 'token program'],
    ],
  ],
];

const stranger = seeded(99);
const withKeys = (ix: TransactionInstruction, keys: TransactionInstruction['keys']) =>
  new Instruction({ programId: ix.programId, keys, data: ix.data });
const read = (ix: TransactionInstruction) => review(bytesOf(ix));
const sentenceOf = (ix: TransactionInstruction) => {
  const reviewed = read(ix);
  return reviewed.ok
    ? 'accepted'
    : reviewed.code === 'ACCOUNT_UNEXPECTED'
      ? reviewed.sentence
      : reviewed.code;
};

describe.each(TAKES)('the accounts of %s', (name, ix, names) => {
  const changed = (place: number, change: Partial<TransactionInstruction['keys'][0]>) =>
    withKeys(
      ix,
      ix.keys.map((key, nth) => (nth === place ? { ...key, ...change } : key)),
    );

  it('are each its own, or shown', () => {
    for (const [place, own] of names.entries()) {
      const other = changed(place, { pubkey: stranger });
      const [, mark, called] = /^([*>]?)(.*)$/.exec(own)!;
      const sentence = sentenceOf(other);
      if (mark === '*') {
        const shown = read(other);
        const line = { label: called, value: addressOf(stranger), address: true };
        expect(shown.ok && shown.review.lines).toContainEqual(line);
      } else if (mark === '>') expect(sentence).toMatch(new RegExp(`^Account \\d+ \\(${called}\\) is `));
      else if (called === '') expect(sentence).toBe('Its epoch account is none of the program’s.');
      else if (called === 'gatekeeper') expect(sentence).toBe('Account 6 (gatekeeper) lacks its role.');
      else if (called === 'LST token program') expect(sentence).toContain(`(LST vault) is `);
      else {
        const wanted = ix.keys[place]!.pubkey;
        expect(sentence).toBe(`Account ${place + 1} (${called}) is ${stranger}, not ${wanted}.`);
      }
    }
  });

  it('are writable where the instruction writes, and nowhere else', () => {
    // Behind an execution's own accounts each may be written, and is shown as what it is.
    const mayWrite = (key: PublicKey) =>
      ix.keys.some(
        ({ pubkey, isWritable }, nth) => (isWritable || nth >= names.length) && pubkey.equals(key),
      );
    for (const [place, own] of names.entries()) {
      const { pubkey, isWritable } = ix.keys[place]!;
      if (pubkey.equals(payer)) continue;
      const turned = sentenceOf(changed(place, { isWritable: !isWritable }));
      if (isWritable)
        expect(turned).toBe(`Account ${place + 1} (${own.replace(/^[*>]/, '') || 'epoch'}) lacks its role.`);
      else if (!mayWrite(pubkey))
        expect(turned).toBe(`The message lets ${pubkey} be written, which nothing in it asks for.`);
    }
  });

  it('are no fewer, and no more but for an execution’s', () => {
    const few = names.length - 1;
    const fewer = sentenceOf(withKeys(ix, ix.keys.slice(0, few)));
    if (names[few] === '') expect(fewer).toBe('Its epoch account is none of the program’s.');
    else expect(fewer).toBe(`The instruction takes ${few} accounts, not ${names.length}.`);
    for (let count = 0; count < few; count += 1)
      expect(sentenceOf(withKeys(ix, ix.keys.slice(0, count)))).toMatch(
        /^(The instruction takes \d+ accounts|Its epoch account is none)/,
      );
    const more = withKeys(ix, [...ix.keys, { pubkey: payer, isSigner: true, isWritable: true }]);
    const sentence = sentenceOf(more);
    if (/execute/.test(name)) expect(sentence).toBe('accepted');
    else expect(sentence).toBe(`The instruction takes ${names.length + 1} accounts, not ${names.length}.`);
  });
});

it('an epoch is looked for among the first 512', () => {
  const of = (epoch: number) =>
    withKeys(closeEpoch, [
      closeEpoch.keys[0]!,
      { ...closeEpoch.keys[1]!, pubkey: new PublicKey(pdas.epoch(epoch)) },
    ]);
  expect(read(of(511))).toMatchObject({ ok: true, review: { title: 'Close restaking epoch 511' } });
  expect(sentenceOf(of(512))).toBe('Its epoch account is none of the program’s.');
});

it('a key is written where one instruction of two asks for it', () => {
  expect(review(bytesOf(create, propose))).toMatchObject({ ok: true });
  const multisig = { ...propose.keys[0]!, isWritable: true };
  const alone = withKeys(propose, [multisig, ...propose.keys.slice(1)]);
  expect(sentenceOf(alone)).toBe(
    `The message lets ${pins.council} be written, which nothing in it asks for.`,
  );
});
