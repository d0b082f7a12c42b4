import { CommanderError } from 'commander';
import { SipError } from '#governance/errors.ts';
import type { Sent } from '#governance/types.ts';
import type { Io } from './io.ts';
import { renderJson } from './json.ts';
import { colorsFor } from './paper.ts';

/** Every way a command ends badly, in one form. */

/** What anything thrown means to the user. */
export function failureOf(error: unknown): SipError {
  if (error instanceof SipError) return error;
  if (error instanceof CommanderError)
    return new SipError('USAGE', { detail: usage(sentence(error.message)) }, { cause: error });
  const detail = sentence(error instanceof Error ? error.message : String(error));
  return new SipError('INTERNAL', { detail: detail || 'an error without a message' }, { cause: error });
}

/** Without "error: ", line breaks and the final full stop, which the table of errors adds. */
function sentence(message: string): string {
  const [first = '', ...more] = message
    .replace(/^error: /, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const hint = more.find((line) => line.startsWith('(Did you mean'));
  const words = `${first}${hint ? ` ${hint}` : ''}`
    .replace(/[.?]\)?$/, (end) => (end.endsWith(')') ? ')' : ''))
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Commander's words for a value that was refused, in ours. */
function usage(message: string): string {
  const option = /^Option '.*?(--[\w-]+).*?' argument '(.*)' is invalid\. it (is .*)$/s.exec(message);
  if (option) return `${option[1]} "${option[2]}" ${option[3]}`;
  const argument =
    /^Command-argument value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)$/s.exec(
      message,
    );
  if (argument) return `${argument[2]} "${argument[1]}" is none of ${argument[3]}`;
  return message;
}

const SENT: Readonly<Record<Sent, string>> = {
  no: 'Nothing was sent.',
  yes: 'Something was sent, and its outcome is known.',
  unknown: 'Something was sent; whether it took effect is not known.',
};

export interface FailureOptions {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly sent: Sent;
}

/** On standard output under json, else three calm lines on standard error. */
export function printFailure(io: Io, error: SipError, { json, verbose, sent }: FailureOptions): void {
  const { code, message, remedy } = error;
  if (json) io.stdout.write(renderJson({ ok: false, error: { code, message, sent, remedy } }));
  else {
    const paint = colorsFor(io.stderr, io);
    io.stderr.write(`${paint.red(message)} ${paint.dim(`[${code}]`)}\n  ${SENT[sent]}\n  ${remedy}\n`);
  }
  if (!verbose) return;
  const { logs } = error.facts;
  if (Array.isArray(logs)) io.stderr.write(logs.map((line) => `    ${line}\n`).join(''));
  io.stderr.write(`${stackOf(error)}\n`);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}
