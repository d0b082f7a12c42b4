import { BorshEventCoder, type Idl, LangErrorCode } from '@coral-xyz/anchor';
import { generated } from '@sqds/multisig';
import { restakingError } from '#governance/restaking/errors.ts';
import idl from '#governance/restaking/generated/restaking.json' with { type: 'json' };
import { type Plain, toPlain } from '#governance/restaking/plain.ts';
import { PROGRAM_ID, SQUADS_ID } from './ids.ts';

export interface ProgramEvent {
  readonly name: string;
  readonly data: Readonly<Record<string, Plain>>;
}

/** What a transaction came to. */
export interface Outcome {
  readonly ok: boolean;
  /**
   * Of the innermost program that failed: `SipExpired` (ours), `anchor:ConstraintSeeds` (ours, the framework's),
   * `squads:TimeLockNotReleased`, `<program id>:<number or text>`; '' when ok.
   */
  readonly error: string;
  /** Events of the restaking program, in order. */
  readonly events: readonly ProgramEvent[];
  readonly logs: readonly string[];
  readonly computeUnits: bigint;
}

const events = new BorshEventCoder(idl as unknown as Idl);
const frameworkErrors = new Map(Object.entries(LangErrorCode).map(([name, code]) => [Number(code), name]));

export function eventsIn(logs: readonly string[]): ProgramEvent[] {
  return logs
    .filter((line) => line.startsWith('Program data: '))
    .map((line) => events.decode(line.slice('Program data: '.length)))
    .filter((event) => event !== null)
    .map(({ name, data }) => ({ name, data: toPlain(data) as ProgramEvent['data'] }));
}

/** @param fallback the transaction's own error, for failures before any program ran */
export function errorIn(logs: readonly string[], fallback: string): string {
  const failure = logs
    .map((line) => /^Program (\w+) failed: (.*)$/.exec(line))
    .find((match) => match !== null);
  if (!failure) return fallback;
  const [, program = '', text = ''] = failure;
  const hex = /custom program error: 0x([0-9a-f]+)/.exec(text)?.[1];
  if (hex === undefined) return `${program}:${text}`;
  const code = Number.parseInt(hex, 16);
  if (program === PROGRAM_ID)
    return restakingError(code)?.name ?? `anchor:${frameworkErrors.get(code) ?? code}`;
  if (program === SQUADS_ID)
    return `squads:${generated.errorFromCode(code)?.name ?? frameworkErrors.get(code) ?? code}`;
  return `${program}:${code}`;
}
