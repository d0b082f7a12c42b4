import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Io } from '../io.ts';
import { main } from '../main.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on standard output. */
  json(): Record<string, unknown>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Lines that somebody types; without them nobody is at the terminal. */
  readonly typed?: readonly string[];
  readonly interrupt?: AbortSignal;
  readonly onStdout?: (text: string) => void;
}

/** Standard error without what the console says when a stage takes longer than a second, as on a busy computer. */
export const withoutProgress = (stderr: string): string => stderr.replace(/^.* …(?: \d+ s)?\n/gm, '');

/** A folder that is nobody's home, for tests that need no other. */
export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'sip-'));

/** Runs the command line in this process, away from the files of whoever runs the test. */
export async function runSip(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const cwd = options.cwd ?? freshFolder();
  const stdin: Io['stdin'] = Object.assign(Readable.from((options.typed ?? []).map((line) => `${line}\n`)), {
    isTTY: options.typed !== undefined,
  });
  const io: Io = {
    stdout: {
      write(text) {
        stdout += text;
        options.onStdout?.(text);
      },
    },
    stderr: {
      write(text) {
        stderr += text;
      },
    },
    stdin,
    env: { HOME: cwd, SIP_PROJECT: cwd, ...options.env },
    cwd,
    interrupt: options.interrupt ?? new AbortController().signal,
    leave: () => undefined,
  };
  const code = await main(argv, io);
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
}
