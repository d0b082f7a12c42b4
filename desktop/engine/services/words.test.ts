import { describe, expect, it } from 'vitest';
import type { DueStep } from '#governance/lifecycle/derive.ts';
import type { SipTransaction } from '#governance/proposals/scan.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import { capText, dueView, partText, secondsOrNull, verdictTone, votesText } from './words.ts';

const state = (of: object) => ({ state: of }) as unknown as Pick<SipTransaction, 'state'>;

describe('words that several views share', () => {
  it('a cap of all there is is none', () => {
    expect([capText(2n ** 64n - 1n), capText(2n ** 64n - 2n), capText(0n)]).toEqual([
      null,
      '18446744073709551614',
      '0',
    ]);
  });

  it('votes are counted while they count', () => {
    expect(votesText(state({ kind: 'active', approvals: 1, needed: 3 }))).toBe('1 of 3');
    expect(votesText(state({ kind: 'approved', approvals: 3, needed: 3 }))).toBe('3 of 3');
    expect(votesText(state({ kind: 'rejected' }))).toBe('rejected');
  });

  it('a part is named where there are several', () => {
    expect([partText(1, 2), partText(1, 1), partText(null, null)]).toEqual([', part 1 of 2', '', '']);
  });

  it('only a match is in order', () => {
    expect(['match', 'digest-unknown', 'unreadable', ''].map(verdictTone)).toEqual([
      'ok',
      'bad',
      'bad',
      'bad',
    ]);
  });

  it('what is due names whom it waits for', () => {
    const due = (who: readonly string[]): DueStep => ({
      ...{ step: 'approve', transactionIndex: 3n, epoch: null, who: who as Address[] },
      ...{ notBefore: 10n as UnixSeconds, notAfter: null },
    });
    const nameOf = (key: string) => `seat ${key}`;
    const told = { step: 'approve transaction 3', notBefore: 10, notAfter: null };
    expect(dueView(due(['0', '1', '4']), { nameOf })).toEqual({ ...told, who: 'seats 0–1, 4' });
    expect(dueView(due([]), { nameOf })).toEqual({ ...told, who: 'anyone' });
    expect(secondsOrNull(null)).toBeNull();
  });
});
