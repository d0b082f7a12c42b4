import type { Failure } from '#desktop/shared/views.ts';
import { isSipError } from '#governance/errors.ts';
import { remedyOf } from './remedies.ts';

/** A failure that came from another process, on its way up. */
export class Passed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What anything thrown means to the window: never a path of code, always what to do. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Passed) return error.failure;
  if (isSipError(error))
    return { code: error.code, message: error.message, sent: error.sent, remedy: remedyOf(error) };
  const detail = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `The console broke one of its own promises: ${detail}.`,
    sent: 'unknown',
    remedy: 'Look at Activity for what was sent, then start the console again.',
  };
}
