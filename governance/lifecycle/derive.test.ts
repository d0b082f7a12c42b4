import { describe, expect, it } from 'vitest';
import type { Epoch } from '../restaking/accounts.ts';
import type { Address, UnixSeconds } from '../types.ts';
import type { ProposalState } from '../venues/squads/status.ts';
import { deriveStatus, type StatusInput } from './derive.ts';

const NOW = 1_000_000n as UnixSeconds;
const nobody = { propose: [], activate: [], approve: [], reject: [], cancel: [], execute: [] };
const MEMBER = 'member' as Address;

const input = (over: Partial<StatusInput> = {}): StatusInput => ({
  fileStatus: 'Review',
  digest: 'aa',
  validUntil: (NOW + 1000n) as UnixSeconds,
  parts: 1,
  transactions: [],
  record: null,
  epochs: [],
  sipNumber: 4,
  now: NOW,
  epochAdmin: 'admin' as Address,
  ...over,
});

const active = (stale = false): ProposalState => ({
  kind: 'active',
  transactionIndex: 7n,
  stale,
  approvals: 1,
  needed: 3,
  rejections: 0,
  rejectCutoff: 3,
  nextSteps: { ...nobody, approve: [MEMBER] },
});
const approved = (stale = false): ProposalState => ({
  kind: 'approved',
  transactionIndex: 7n,
  stale,
  at: NOW,
  approvals: 3,
  needed: 3,
  cancellations: 0,
  timeLockLeftSeconds: 600n,
  executableAt: (NOW + 600n) as UnixSeconds,
  executors: [MEMBER],
  squadsAccepts: false,
  programAccepts: !stale,
  nextSteps: nobody,
});
const ended = (kind: 'rejected' | 'cancelled' | 'executed'): ProposalState => ({
  kind,
  transactionIndex: 7n,
  stale: false,
  at: NOW,
  nextSteps: nobody,
});
const one = (state: ProposalState, part = 1, transactionIndex = 7n) => ({ part, transactionIndex, state });
const record = (part: number, parts: number, digest = 'aa') => ({ part, parts, digest, executedAt: NOW });

const epoch = (over: Partial<Epoch> = {}): Epoch => ({
  index: 0,
  status: 'scheduled',
  activatedAt: 0n,
  activatedBy: MEMBER,
  closedAt: 0n,
  scheduledBy: 4,
  sip: 4,
  terms: { opensAt: NOW + 50n, closesAt: NOW + 90n, access: 'open', withdrawals: false },
  ...over,
});

describe('before anything was submitted', () => {
  it.each(['Draft', 'Review', 'Withdrawn', 'Stagnant', 'Superseded'] as const)(
    'the file’s %s counts',
    (fileStatus) => {
      expect(deriveStatus(input({ fileStatus })).status).toBe(fileStatus);
    },
  );

  it.each(['Submitted', 'Approved', 'Executed', 'Activated', 'Rejected'] as const)(
    'a file that says %s is not believed',
    (fileStatus) => {
      expect(deriveStatus(input({ fileStatus })).status).toBe('Unknown');
    },
  );

  it('asks to submit while valid, and not after', () => {
    expect(deriveStatus(input()).due.map(({ step }) => step)).toEqual(['submit']);
    expect(deriveStatus(input({ validUntil: (NOW - 1n) as UnixSeconds })).due).toEqual([]);
  });
});

describe('on its way through the council', () => {
  it('is Submitted while active, and members must approve until valid-until', () => {
    const status = deriveStatus(input({ transactions: [one(active())] }));
    expect(status.status).toBe('Submitted');
    expect(status.due).toEqual([
      {
        step: 'approve',
        transactionIndex: 7n,
        epoch: null,
        who: [MEMBER],
        notBefore: null,
        notAfter: NOW + 1000n,
      },
    ]);
  });

  it('is Approved only when Squads says so of a transaction that is not stale', () => {
    expect(deriveStatus(input({ transactions: [one(approved())] })).status).toBe('Approved');
    expect(deriveStatus(input({ transactions: [one(approved(true))] })).status).toBe('Void');
  });

  it('can be executed from the end of the time lock on', () => {
    const [due] = deriveStatus(input({ transactions: [one(approved())] })).due;
    expect(due).toMatchObject({ step: 'execute', notBefore: NOW + 600n, who: [MEMBER] });
  });

  it('is Rejected, Cancelled or Void when nothing of it can go on', () => {
    expect(deriveStatus(input({ transactions: [one(ended('rejected'))] })).status).toBe('Rejected');
    expect(deriveStatus(input({ transactions: [one(ended('cancelled'))] })).status).toBe('Cancelled');
    expect(deriveStatus(input({ transactions: [one(active(true))] })).status).toBe('Void');
    expect(
      deriveStatus(input({ validUntil: (NOW - 1n) as UnixSeconds, transactions: [one(active())] })).status,
    ).toBe('Void');
  });

  it('a second attempt that goes on counts, whatever became of the first', () => {
    const transactions = [one(active(), 1, 9n), one(ended('rejected'), 1, 7n)];
    expect(deriveStatus(input({ transactions })).status).toBe('Submitted');
  });

  it('asks to submit the part that is missing, unless another can no longer go on', () => {
    const half = (part: number, state: ProposalState) =>
      deriveStatus(input({ parts: 2, transactions: [one(state, part)] }));
    expect(half(1, active())).toMatchObject({ status: 'Submitted', due: [{ step: 'submit', who: [] }] });
    expect(half(2, ended('rejected'))).toMatchObject({ status: 'Rejected', due: [] });
  });

  it('with two parts is Approved when both are, Submitted before', () => {
    const both = [one(approved(), 1), one(approved(), 2, 8n)];
    expect(deriveStatus(input({ parts: 2, transactions: both })).status).toBe('Approved');
    expect(
      deriveStatus(input({ parts: 2, transactions: [one(approved(), 1), one(active(), 2, 8n)] })).status,
    ).toBe('Submitted');
    expect(deriveStatus(input({ parts: 2, transactions: [one(approved(), 1)] })).status).toBe('Submitted');
  });
});

describe('after execution', () => {
  it('is Partial while parts are missing, with what is due for the rest', () => {
    const status = deriveStatus(
      input({
        parts: 2,
        record: record(1, 2),
        transactions: [one(approved(), 2, 8n), one(ended('executed'), 1)],
      }),
    );
    expect(status.status).toBe('Partial');
    expect(status.due.map(({ step }) => step)).toEqual(['execute']);
  });

  it('is Executed for good without epochs, even when every account of the proposal is gone', () => {
    expect(deriveStatus(input({ record: record(1, 1) })).status).toBe('Executed');
  });

  it('is Void when the number was enacted with another text', () => {
    expect(deriveStatus(input({ record: record(1, 1, 'bb'), transactions: [one(active())] })).status).toBe(
      'Void',
    );
  });

  it('waits for its epoch, and says for whom and when', () => {
    const status = deriveStatus(input({ record: record(1, 1), epochs: [{ index: 0, epoch: epoch() }] }));
    expect(status.status).toBe('Executed');
    expect(status.due).toEqual([
      {
        step: 'activate',
        transactionIndex: null,
        epoch: 0,
        who: ['admin'],
        notBefore: NOW + 50n,
        notAfter: NOW + 90n,
      },
    ]);
  });

  it('is Activated when all its epochs are active or closed after having been', () => {
    const states = ['active', 'closed'] as const;
    const epochs = states.map((status, index) => ({
      index,
      epoch: epoch({ index, status, activatedAt: NOW }),
    }));
    expect(deriveStatus(input({ record: record(1, 1), epochs })).status).toBe('Activated');
    expect(
      deriveStatus(
        input({ record: record(1, 1), epochs: [...epochs, { index: 2, epoch: epoch({ index: 2 }) }] }),
      ).status,
    ).toBe('Executed');
  });

  it('does not take another SIP’s epoch of the same index for its own', () => {
    const status = deriveStatus(
      input({ record: record(1, 1), epochs: [{ index: 0, epoch: epoch({ scheduledBy: 9 }) }] }),
    );
    expect(status).toMatchObject({ status: 'Executed', due: [] });
  });
});
