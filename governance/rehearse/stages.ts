import { isSipError } from '../errors.ts';
import type { OperationOutcome } from '../operations/send.ts';
import type { Landed, NotDone } from '../venues/squads/outcome.ts';

/** One line of the rehearsal's time line. */
export interface Stage {
  /** SIP number; null for what belongs to none. */
  readonly sip: number | null;
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  /** What was seen, in a few words. */
  readonly detail?: string;
  readonly signature?: string;
  readonly computeUnits?: bigint;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Seen {
  readonly detail?: string;
  readonly signature?: string;
  readonly computeUnits?: bigint | null;
}

/** A stage came out otherwise than a rehearsal expects; the rest of the SIP makes no sense then. */
export class StageFailed extends Error {}

/** Runs stages one after the other and keeps what was seen of each. */
export class Stages {
  readonly list: Stage[] = [];
  constructor(private readonly report: (stage: Stage) => void) {}

  /** @throws StageFailed after recording it. */
  async run<T extends Seen>(sip: number | null, name: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      const seen = await work();
      const { detail, signature, computeUnits } = seen;
      this.add({
        sip,
        name,
        ok: true,
        ms: elapsed(started),
        ...(detail !== undefined && { detail }),
        ...(signature !== undefined && { signature }),
        ...(typeof computeUnits === 'bigint' && { computeUnits }),
      });
      return seen;
    } catch (error) {
      if (error instanceof StageFailed) throw error;
      const message = error instanceof Error ? error.message : String(error);
      const code = isSipError(error) ? error.code : 'UNEXPECTED';
      this.add({ sip, name, ok: false, ms: elapsed(started), error: { code, message } });
      throw new StageFailed(`${name}: ${message}`);
    }
  }

  private add(stage: Stage): void {
    this.list.push(stage);
    this.report(stage);
  }
}

const elapsed = (started: number) => Math.round(performance.now() - started);

export function expectThat(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

/** What landed, or the error of what did not. @throws SipError */
export function landedOf(outcome: Landed | NotDone | OperationOutcome): Landed {
  if (outcome.kind === 'landed') return outcome;
  throw outcome.error;
}

export const seenOf = ({ signature, computeUnits }: Landed): Seen => ({ signature, computeUnits });

/** Expects a refusal by this name of a program's error. @throws where it was done, or refused otherwise. */
export function refusedBy(outcome: OperationOutcome, ...names: readonly string[]): Seen {
  expectThat(outcome.kind === 'not-done', `it was done, and ${names.join(' or ')} was expected`);
  if (outcome.kind !== 'not-done') return {};
  const name = String(outcome.error.facts.name ?? outcome.error.code);
  if (!names.includes(name)) throw outcome.error;
  return { detail: `refused: ${name}` };
}
