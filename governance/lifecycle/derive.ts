import type { Epoch } from '../restaking/accounts.ts';
import type { SipStatus } from '../sip/document.ts';
import type { Address, UnixSeconds } from '../types.ts';
import type { ProposalState } from '../venues/squads/status.ts';

/** Everything a SIP's status follows from. Nothing of it is stored; all can be read again. */
export interface StatusInput {
  /** What the file says; counts only before Submitted. */
  readonly fileStatus: SipStatus;
  readonly digest: string;
  readonly validUntil: UnixSeconds;
  /** Parts the text compiles to. */
  readonly parts: number;
  /** Transactions whose verdict is `match`, or was until they came too late; newest first. */
  readonly transactions: readonly {
    readonly part: number;
    readonly transactionIndex: bigint;
    readonly state: ProposalState;
  }[];
  readonly record: {
    readonly digest: string;
    readonly part: number;
    readonly parts: number;
    readonly executedAt: bigint;
  } | null;
  /** Epochs that the text schedules, as they stand; null where the account is gone. */
  readonly epochs: readonly { readonly index: number; readonly epoch: Epoch | null }[];
  readonly sipNumber: number;
  readonly now: UnixSeconds;
  readonly epochAdmin: Address | null;
}

export type DerivedStatus = SipStatus | 'Unknown';

/** What is due next, for whom, and from when in chain time; null = now. */
export interface DueStep {
  readonly step: 'submit' | 'open-proposal' | 'approve' | 'execute' | 'activate' | 'close';
  readonly transactionIndex: bigint | null;
  readonly epoch: number | null;
  /** Keys that can take the step; empty = anyone. */
  readonly who: readonly Address[];
  readonly notBefore: UnixSeconds | null;
  readonly notAfter: UnixSeconds | null;
}

export interface Status {
  readonly status: DerivedStatus;
  /** Why, in one sentence. */
  readonly because: string;
  readonly due: readonly DueStep[];
}

/** Pure. Approved is what Squads says, of a transaction that is not stale; never a count of votes. */
export function deriveStatus(input: StatusInput): Status {
  const { record } = input;
  if (record && record.digest !== input.digest) {
    return {
      status: 'Void',
      because: `the number ${input.sipNumber} was enacted with another text`,
      due: [],
    };
  }
  if (record && record.part >= record.parts) return afterExecution(input);
  if (record) return partial(input, record.part);
  if (input.transactions.length === 0) return fromFile(input);
  return beforeExecution(input, 1);
}

/** A file may say what only the chain can tell; where the chain shows nothing, nobody knows. */
function fromFile({ fileStatus, validUntil, now }: StatusInput): Status {
  const authors: readonly SipStatus[] = ['Draft', 'Review', 'Withdrawn', 'Stagnant', 'Superseded'];
  if (!authors.includes(fileStatus)) {
    return {
      status: 'Unknown',
      because: `the file says ${fileStatus}, and the chain keeps nothing of it`,
      due: [],
    };
  }
  if (fileStatus === 'Withdrawn' || fileStatus === 'Stagnant' || fileStatus === 'Superseded') {
    return { status: fileStatus, because: 'the file says so, and nothing was submitted', due: [] };
  }
  if (now > validUntil)
    return { status: fileStatus, because: 'nothing was submitted, and valid-until has passed', due: [] };
  return { status: fileStatus, because: 'nothing was submitted yet', due: [submitBefore(validUntil)] };
}

const submitBefore = (validUntil: UnixSeconds): DueStep => ({
  step: 'submit',
  transactionIndex: null,
  epoch: null,
  who: [],
  notBefore: null,
  notAfter: validUntil,
});

function beforeExecution(input: StatusInput, firstPart: number): Status {
  const parts = Array.from({ length: input.parts - firstPart + 1 }, (_, at) => firstPart + at);
  const best = parts.map((part) => bestOf(input, part));
  const worst = best.find((one) => one !== undefined && one.outlook !== 'good');
  if (best.every((one) => one?.outlook === 'good')) {
    const approved = best.every((one) => one?.state.kind === 'approved');
    const states = [...new Set(best.map((one) => one?.state.kind))].join(' and ');
    const status = approved ? 'Approved' : 'Submitted';
    const due = best.flatMap((one) => (one ? dueOf(one, input) : []));
    return {
      status,
      because: parts.length === 1 ? `its proposal is ${states}` : `its proposals are ${states}`,
      due,
    };
  }
  if (worst === undefined) {
    const due = [submitBefore(input.validUntil)];
    return { status: 'Submitted', because: 'a part of it is not before the council', due };
  }
  const reason = `transaction ${worst.transactionIndex} is ${worst.outlook}`;
  if (worst.outlook === 'rejected') return { status: 'Rejected', because: reason, due: [] };
  if (worst.outlook === 'cancelled') return { status: 'Cancelled', because: reason, due: [] };
  return { status: 'Void', because: reason, due: [] };
}

interface Best {
  readonly transactionIndex: bigint;
  readonly state: ProposalState;
  readonly outlook: 'good' | 'rejected' | 'cancelled' | 'stale' | 'expired';
}

/** Of several transactions of one part the one that can still go on, else the newest. */
function bestOf(input: StatusInput, part: number): Best | undefined {
  const all = input.transactions
    .filter((transaction) => transaction.part === part)
    .map((one) => ({ ...one, outlook: outlookOf(one.state, input) }));
  return all.find((one) => one.outlook === 'good') ?? all[0];
}

function outlookOf(state: ProposalState, input: StatusInput): Best['outlook'] {
  if (state.kind === 'rejected') return 'rejected';
  if (state.kind === 'cancelled') return 'cancelled';
  if (state.stale) return 'stale';
  return input.now > input.validUntil ? 'expired' : 'good';
}

function dueOf({ transactionIndex, state }: Best, input: StatusInput): readonly DueStep[] {
  const base = { transactionIndex, epoch: null, notAfter: input.validUntil };
  if (state.kind === 'none')
    return [{ ...base, step: 'open-proposal', who: state.nextSteps.propose, notBefore: null }];
  if (state.kind === 'active')
    return [{ ...base, step: 'approve', who: state.nextSteps.approve, notBefore: null }];
  if (state.kind === 'approved')
    return [{ ...base, step: 'execute', who: state.executors, notBefore: state.executableAt }];
  return [];
}

function partial(input: StatusInput, done: number): Status {
  const rest = beforeExecution(input, done + 1);
  const open = rest.due.length > 0 ? 'the rest can still be executed' : rest.because;
  return {
    status: 'Partial',
    because: `${done} of ${input.parts} parts were executed; ${open}`,
    due: rest.due,
  };
}

/** Executed is final for a SIP without epochs; with them it is Activated when each has been active. */
function afterExecution(input: StatusInput): Status {
  const own = input.epochs.flatMap(({ index, epoch }) =>
    epoch?.scheduledBy === input.sipNumber ? [{ index, epoch }] : [],
  );
  const executed = 'every part was executed';
  if (own.length === 0) {
    const gone = input.epochs.length > 0 ? '; its epochs were taken back since' : '';
    return { status: 'Executed', because: executed + gone, due: [] };
  }
  const waiting = own.filter(({ epoch }) => epoch.status === 'scheduled');
  if (waiting.length === 0)
    return { status: 'Activated', because: 'every epoch of it has been activated', due: closing(own) };
  return {
    status: 'Executed',
    because: `${executed}; ${waiting.length} epoch(s) wait for activation`,
    due: waiting.map(({ epoch }) => activation(epoch, input)),
  };
}

function activation(epoch: Epoch, { epochAdmin }: StatusInput): DueStep {
  const who = epochAdmin === null ? [] : [epochAdmin];
  const notAfter = epoch.terms.closesAt as UnixSeconds | null;
  return {
    step: 'activate',
    transactionIndex: null,
    epoch: epoch.index,
    who,
    notBefore: epoch.terms.opensAt as UnixSeconds,
    notAfter,
  };
}

function closing(own: readonly { index: number; epoch: Epoch }[]): readonly DueStep[] {
  return own
    .filter(({ epoch }) => epoch.status === 'active' && epoch.terms.closesAt !== null)
    .map(({ index, epoch }) => ({
      step: 'close',
      transactionIndex: null,
      epoch: index,
      who: [],
      notBefore: epoch.terms.closesAt as UnixSeconds,
      notAfter: null,
    }));
}
