// Failures with a sentence for people, and the frame every entry of tools/ runs in.

import { endWithNpm } from './end-with-npm.mjs';

/** Something the person at the keyboard can act on: printed as one sentence, without a stack. */
export class Failure extends Error {
  /** @param {string} message @param {{ cause?: unknown, exit?: number }} [options] */
  constructor(message, { cause, exit = 1 } = {}) {
    super(message, { cause });
    this.exit = exit;
  }
}

/** Runs an entry point, which ends with npm where npm runs it: a Failure becomes its sentence and exit code, anything else keeps its stack. */
export async function entry(main) {
  endWithNpm();
  try {
    const code = await main(process.argv.slice(2));
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exit;
  }
}
