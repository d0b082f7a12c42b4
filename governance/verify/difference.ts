import type { Span } from './bytes.ts';

/** DESIGN's verdicts in its order: the first that applies is the verdict. */
export const VERDICTS = [
  'unreadable',
  'trailing-bytes',
  'digest-unknown',
  'wrong-council',
  'wrong-vault',
  'lookup-table-present',
  'ephemeral-signer-present',
  'different-program',
  'extra-instruction',
  'missing-instruction',
  'reordered',
  'different-account',
  'different-argument',
  'already-enacted',
  'stale',
  'expired',
  'match',
] as const;
export type Verdict = (typeof VERDICTS)[number];
export type DifferenceKind = Exclude<Verdict, 'match'>;

export interface Difference {
  readonly kind: DifferenceKind;
  /** Position in the message on chain, from 0; for a missing instruction its position in what the SIP compiles to. */
  readonly instruction?: number;
  /** Position among that instruction's accounts; without `instruction`, position in the message's table of keys. */
  readonly account?: number;
  /** Name of the field, for words; not part of the stable JSON form. */
  readonly field?: string;
  readonly expected?: string;
  readonly actual?: string;
  /** Offsets into the transaction account's data, `[from, to)`; absent when other accounts or the clock decide. */
  readonly bytes?: Span;
}

/** Collects differences once each: two checks that see the same thing in the same place count as one. */
export class Differences {
  private readonly found = new Map<string, Difference>();

  add(difference: Difference): void {
    const { kind, instruction, account, bytes, field } = difference;
    const inAccount = instruction !== undefined && account !== undefined;
    const place = inAccount ? '' : bytes === undefined ? (field ?? '') : bytes.join('-');
    const key = `${kind}|${instruction ?? ''}|${account ?? ''}|${place}`;
    if (!this.found.has(key)) this.found.set(key, difference);
  }

  addAll(differences: Iterable<Difference>): void {
    for (const difference of differences) this.add(difference);
  }

  has(kind: DifferenceKind): boolean {
    return [...this.found.values()].some((difference) => difference.kind === kind);
  }

  /** By verdict order, then by place. */
  list(): readonly Difference[] {
    const place = (d: Difference) => d.bytes?.[0] ?? Number.MAX_SAFE_INTEGER;
    return [...this.found.values()].sort(
      (a, b) => VERDICTS.indexOf(a.kind) - VERDICTS.indexOf(b.kind) || place(a) - place(b),
    );
  }
}
