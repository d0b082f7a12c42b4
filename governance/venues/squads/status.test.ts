import { describe, expect, it } from 'vitest';
import type { Address, MembersHash, UnixSeconds } from '../../types.ts';
import { type Council, type Proposal, type ProposalStatusKind, permissionsOf } from './state.ts';
import { classify } from './status.ts';

const address = (name: string) => name as Address;
const member = (name: string, mask: number) => ({
  key: address(name),
  mask,
  permissions: permissionsOf(mask),
});
const council: Council = {
  address: address('council'),
  vault: address('vault'),
  createKey: address('create'),
  threshold: 2,
  timeLockSeconds: 600,
  transactionIndex: 20n,
  staleTransactionIndex: 10n,
  configAuthority: null,
  rentCollector: null,
  members: [member('a', 7), member('b', 7), member('c', 2), member('d', 4), member('e', 1)],
  membersHash: '' as MembersHash,
};
const proposal = (
  kind: ProposalStatusKind,
  votes: Partial<Pick<Proposal, 'approved' | 'rejected' | 'cancelled'>> = {},
): Proposal => ({
  address: address('proposal'),
  transactionIndex: 11n,
  status: { kind, at: kind === 'executing' ? null : (1000n as UnixSeconds) },
  approved: [],
  rejected: [],
  cancelled: [],
  room: 9,
  ...votes,
});
const at = (seconds: bigint) => seconds as UnixSeconds;
const NOBODY = { propose: [], activate: [], approve: [], reject: [], cancel: [], execute: [] };

describe('classify', () => {
  it('is stale up to and including staleTransactionIndex', () => {
    expect([9n, 10n, 11n].map((index) => classify(council, proposal('active'), index, at(0n)).stale)).toEqual(
      [true, true, false],
    );
  });

  it('active: voters who have not voted that way may vote; reject cutoff is voters − threshold + 1', () => {
    const p = proposal('active', { approved: [address('a')], rejected: [address('b')] });
    expect(classify(council, p, 11n, at(0n))).toMatchObject({
      kind: 'active',
      approvals: 1,
      needed: 2,
      rejections: 1,
      rejectCutoff: 2,
      nextSteps: { ...NOBODY, approve: ['b', 'c'], reject: ['a', 'c'] },
    });
    expect(classify(council, p, 10n, at(0n)).nextSteps).toEqual(NOBODY);
  });

  it('approved: executable from the second the time lock ends; cancel at any age', () => {
    const p = proposal('approved', { approved: [address('a'), address('b')], cancelled: [address('a')] });
    const before = classify(council, p, 11n, at(1599n));
    expect(before).toMatchObject({
      timeLockLeftSeconds: 1n,
      executableAt: 1600n,
      squadsAccepts: false,
      programAccepts: true,
    });
    expect(before.nextSteps).toEqual({ ...NOBODY, cancel: ['b', 'c'] });
    const after = classify(council, p, 11n, at(1600n));
    expect(after).toMatchObject({ timeLockLeftSeconds: 0n, squadsAccepts: true });
    expect(after.nextSteps.execute).toEqual(['a', 'b', 'd']);
    const stale = classify(council, p, 10n, at(9999n));
    expect(stale).toMatchObject({ squadsAccepts: true, programAccepts: false });
    expect(stale.nextSteps).toEqual({ ...NOBODY, cancel: ['b', 'c'] });
  });

  it('none, draft and the ends', () => {
    expect(classify(council, null, 21n, at(0n))).toMatchObject({
      kind: 'none',
      taken: false,
      nextSteps: NOBODY,
    });
    expect(classify(council, null, 20n, at(0n))).toMatchObject({
      kind: 'none',
      taken: true,
      nextSteps: { ...NOBODY, propose: ['a', 'b', 'e'] },
    });
    expect(classify(council, null, 10n, at(0n))).toMatchObject({
      kind: 'none',
      taken: true,
      nextSteps: NOBODY,
    });
    expect(classify(council, proposal('draft'), 11n, at(0n)).nextSteps).toEqual({
      ...NOBODY,
      activate: ['a', 'b', 'e'],
    });
    for (const kind of ['rejected', 'executed', 'cancelled'] as const)
      expect(classify(council, proposal(kind), 11n, at(0n))).toMatchObject({
        kind,
        at: 1000n,
        nextSteps: NOBODY,
      });
    expect(classify(council, proposal('executing'), 11n, at(0n))).toMatchObject({
      kind: 'executing',
      nextSteps: NOBODY,
    });
  });
});
