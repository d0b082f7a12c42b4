import { createInterface } from 'node:readline';
import { SipError } from '#governance/errors.ts';
import type { Io } from './io.ts';

/** Questions to the person at the terminal, on standard error, so that standard output stays clean. */
export interface Ask {
  /** Whether there is somebody to ask. */
  readonly possible: boolean;
  /** One line, without its end. @throws SipError USAGE where nobody can be asked, CONFIRMATION_REFUSED at the end of input */
  line(question: string): Promise<string>;
  close(): void;
}

export function askOn(io: Io, noInput: boolean): Ask {
  const possible = !noInput && io.stdin.isTTY === true && io.env.CI === undefined;
  let reader: ReturnType<typeof createInterface> | undefined;
  let lines: AsyncIterator<string> | undefined;
  return {
    possible,
    async line(question) {
      if (!possible) throw new SipError('USAGE', { detail: `there is nobody to ask "${question.trim()}"` });
      // Echo is the terminal's; readline's own output would go to standard output.
      reader ??= createInterface({ input: io.stdin, terminal: false });
      lines ??= reader[Symbol.asyncIterator]();
      io.stderr.write(`${question} `);
      const { value, done } = await lines.next();
      if (done) throw new SipError('CONFIRMATION_REFUSED');
      return String(value).trim();
    },
    close: () => reader?.close(),
  };
}
