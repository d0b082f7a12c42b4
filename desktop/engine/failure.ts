import { isPath, lastPart, withoutPlaces } from '#desktop/shared/places.ts';
import type { Failure } from '#desktop/shared/views/index.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import { remedyOf } from './remedies.ts';

/** A failure that came from another process, on its way up. */
export class Passed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * What anything thrown means to the window: what is wrong and what to do, without a path, without an endpoint's address.
 * Whatever of an error is to be shown goes through here.
 */
export function failureOf(error: unknown): Failure {
  const { message, remedy, ...rest } = toldOf(error);
  return { ...rest, message: withoutPlaces(message), remedy: withoutPlaces(remedy) };
}

/** An error of ours in one sentence, and what to do in another. */
export function sentencesOf(error: SipError): string {
  const { message, remedy } = failureOf(error);
  return `${message} ${remedy}`;
}

function toldOf(error: unknown): Failure {
  if (error instanceof Passed) return error.failure;
  if (isSipError(error)) {
    const { code, sent, facts } = error;
    const plain = new SipError(code, named(facts), { sent });
    return { code, message: plain.message, sent, remedy: remedyOf(plain) };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `The console broke one of its own promises: ${detail}.`,
    sent: 'unknown',
    remedy: 'Look at Activity for what was sent, then start the console again.',
  };
}

/** A fact that is a path and nothing else is known to end where it ends, whatever blanks are in it. */
const PLACES: ReadonlySet<string> = new Set(['path', 'folder', 'file', 'keypair']);
const named = (facts: SipError['facts']): SipError['facts'] =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      PLACES.has(name) && typeof value === 'string' && isPath(value) ? lastPart(value) : value,
    ]),
  );
