import { beforeEach, describe, expect, it } from 'vitest';
import type { Operator } from '#governance/restaking/accounts.ts';
import type { Address } from '#governance/types.ts';
import { SYSTEM_ID } from './support/ids.ts';
import { retireOperator, updateOperator, whitelistOperator } from './support/instructions.ts';
import { voteAccount } from './support/vote.ts';
import { freshAddress, NO_KEY, pdas, succeeded, World } from './support/world.ts';

/** whitelist_operator, update_operator, retire_operator. */

let w: World;
let vote: Address;
let authority: Address;
beforeEach(() => {
  w = new World();
  vote = voteAccount(w.chain);
  authority = freshAddress();
});

function operator(): Operator {
  const found = w.chain.read('Operator', pdas.operator(vote));
  if (!found) throw new Error('no operator');
  return found;
}

const BAD_NAMES = [
  '',
  ' Marinade',
  'Marinade ',
  'a'.repeat(33),
  'Mарinade',
  'Mari\u0000nade',
  'Mari\nnade',
  '\u007f',
];

describe('whitelist_operator', () => {
  it('makes the operator as the SIP says', () => {
    const outcome = succeeded(w.bySip(whitelistOperator(w, vote, 'Bison Trail', authority)));
    expect(operator()).toMatchObject({
      voteAccount: vote,
      authority,
      name: 'Bison Trail',
      status: 'active',
      whitelistedBy: 2,
      sip: 2,
    });
    expect(outcome.events[1]).toEqual({
      name: 'OperatorWhitelisted',
      data: { sip: 2, voteAccount: vote, authority, name: 'Bison Trail' },
    });
  });

  it('takes a vote account once', () => {
    w.done(whitelistOperator(w, vote, 'Bison Trail', authority));
    expect(w.bySip(whitelistOperator(w, vote, 'Other', authority)).error).toBe(`${SYSTEM_ID}:0`);
    w.done(retireOperator(w, vote, 'Bison Trail'));
    expect(w.bySip(whitelistOperator(w, vote, 'Other', authority)).error).toBe(`${SYSTEM_ID}:0`);
  });

  it('takes accounts of the vote program only', () => {
    for (const other of [freshAddress(), w.council.vaultAddress, w.council.address])
      expect(w.bySip(whitelistOperator(w, other, 'Bison Trail', authority)).error).toBe('NotAVoteAccount');
  });

  it('takes names of 1 to 32 printable ASCII characters without blanks at the ends, and a real authority', () => {
    for (const name of BAD_NAMES)
      expect([name, w.bySip(whitelistOperator(w, vote, name, authority)).error]).toEqual([
        name,
        'NameInvalid',
      ]);
    expect(w.bySip(whitelistOperator(w, vote, 'Bison', NO_KEY)).error).toBe('KeyInvalid');
    expect(w.bySip(whitelistOperator(w, vote, 'a'.repeat(32), authority)).error).toBe('');
  });

  it('is not blocked by lamports at its address', () => {
    w.chain.prefund(pdas.operator(vote), 1n);
    expect(w.bySip(whitelistOperator(w, vote, 'Bison Trail', authority)).error).toBe('');
  });
});

describe('update_operator', () => {
  beforeEach(() => void w.done(whitelistOperator(w, vote, 'Bison Trail', authority)));

  it('changes name and authority, and nothing else', () => {
    const [before, next] = [operator(), freshAddress()];
    const outcome = succeeded(w.bySip(updateOperator(w, vote, 'B', next)));
    expect(operator()).toEqual({ ...before, name: 'B', authority: next, sip: 3 });
    expect(outcome.events[1]).toEqual({
      name: 'OperatorUpdated',
      data: {
        sip: 3,
        voteAccount: vote,
        oldAuthority: authority,
        newAuthority: next,
        oldName: 'Bison Trail',
        newName: 'B',
      },
    });
    succeeded(w.bySip(updateOperator(w, vote, 'a'.repeat(32), next)));
    expect(operator().name).toHaveLength(32);
    succeeded(w.bySip(updateOperator(w, vote, 'a'.repeat(32), authority)));
    expect(operator()).toMatchObject({ authority });
  });

  it('says so where nothing would change, and keeps the rules for names and keys', () => {
    expect(w.bySip(updateOperator(w, vote, 'Bison Trail', authority)).error).toBe('NothingChanges');
    for (const name of BAD_NAMES)
      expect(w.bySip(updateOperator(w, vote, name, authority)).error).toBe('NameInvalid');
    expect(w.bySip(updateOperator(w, vote, 'B', NO_KEY)).error).toBe('KeyInvalid');
  });
});

describe('retire_operator', () => {
  beforeEach(() => void w.done(whitelistOperator(w, vote, 'Bison Trail', authority)));

  it('is final', () => {
    const before = operator();
    const outcome = succeeded(w.bySip(retireOperator(w, vote, 'Bison Trail')));
    expect(operator()).toEqual({ ...before, status: 'retired', sip: 3 });
    expect(outcome.events[1]).toEqual({
      name: 'OperatorRetiredEvent',
      data: { sip: 3, voteAccount: vote },
    });
    expect(w.bySip(retireOperator(w, vote, 'Bison Trail')).error).toBe('OperatorRetired');
    expect(w.bySip(updateOperator(w, vote, 'Back', authority)).error).toBe('OperatorRetired');
  });

  it('wants the operator’s own name', () => {
    expect(w.bySip(retireOperator(w, vote, 'Bison')).error).toBe('NameInvalid');
  });

  it('wants an operator', () => {
    const other = voteAccount(w.chain);
    expect(w.bySip(retireOperator(w, other, 'Bison')).error).toBe('anchor:AccountNotInitialized');
  });
});
