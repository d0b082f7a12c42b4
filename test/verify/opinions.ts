import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { checkBundle } from '#governance/bundle/check.ts';
import { type Bundle, parseBundle, renderBundle } from '#governance/bundle/document.ts';
import { bundleOf } from '#governance/bundle/make.ts';
import { parseSip, type Sip } from '#governance/sip/index.ts';
import type { Pins } from '#governance/types.ts';
import type { VerifyInput } from '#governance/verify/index.ts';
import { sipFile } from '#test/support/sip-text.ts';
import { secondOpinion } from '#tools/second-opinion/build.mjs';

/** The console and the program of tools/second-opinion, which share no code, asked about the same bundle. */

const TODAY = 1_795_392_000n;
let binary: string;
let folder: string;

/** Builds the program where its sources have changed; the longest that may take is half an hour. */
export function askingTwice(): void {
  beforeAll(async () => {
    binary = await secondOpinion();
    folder = mkdtempSync(join(tmpdir(), 'second-opinion-'));
  }, 1_800_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

export type Action = { readonly kind: string; readonly params: object };

export function sipOf(actions: readonly Action[], sip = 8, title = 'Ask twice'): Sip {
  const { file, bytes } = sipFile({ sip, title, actions }, TODAY);
  const read = parseSip(bytes, file);
  if (read.sip === null) throw new Error(JSON.stringify(read.findings));
  return read.sip;
}

export function bundle(sip: Sip, input: VerifyInput): Bundle {
  const genesisHash = input.pins.council;
  return bundleOf(input, sip, { genesisHash, slot: 7n, tool: '0.1.0' });
}

/** Runs the program with these arguments. */
export const run = (args: readonly string[]) => spawnSync(binary, args, { encoding: 'utf8' });

export interface Opinion {
  readonly exit: number | null;
  /** Lines by their first word. */
  readonly said: Readonly<Record<string, readonly string[]>>;
  readonly error: string;
}

type Pinned = Pick<Pins, 'council' | 'programId'>;

function argumentsFor(content: Uint8Array, { council, programId }: Pinned): readonly string[] {
  const file = join(folder, 'bundle.json');
  writeFileSync(file, content);
  return [file, '--council', council, '--program', programId];
}

function opinionOf(exit: number | null, stdout: string, error: string): Opinion {
  const said: Record<string, string[]> = {};
  for (const line of stdout.split('\n').filter((text) => text !== '')) {
    const [word = '', ...rest] = line.split(' ');
    said[word] = [...(said[word] ?? []), rest.join(' ')];
  }
  return { exit, said, error };
}

export function ask(content: Uint8Array, pins: Pinned): Opinion {
  const { status, stdout, stderr } = run(argumentsFor(content, pins));
  return opinionOf(status, stdout, stderr);
}

/** For a program that asks an endpoint of this very process. */
export function askLater(content: Uint8Array, pins: Pinned, more: readonly string[]): Promise<Opinion> {
  return new Promise((resolve) => {
    const child = execFile(binary, [...argumentsFor(content, pins), ...more], (_, stdout, stderr) =>
      resolve(opinionOf(child.exitCode, stdout, stderr)),
    );
  });
}

export const numbered = (lines: readonly string[]) => lines.map((line, at) => `${at + 1}. ${line}`);

const quoted = (text: string) =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What the console says, in the words of the program. */
export function consoleSays(content: Uint8Array, pins: Pins): Opinion {
  const checked = checkBundle(parseBundle(content, 'bundle.json'), pins, 'bundle.json');
  const { sip, verification, faults, messageHash, instructions, effect } = checked;
  const { verdict, executed, transactionIndex, part, parts } = verification;
  const announced = `SIP-${verification.sip} part ${part ?? '?'} of ${parts ?? '?'}`;
  const list = (name: string, lines: readonly string[]) => (lines.length === 0 ? {} : { [name]: lines });
  return {
    exit: verdict === 'match' && faults.length === 0 ? 0 : 3,
    said: {
      ...{ verdict: [verdict], executed: [`${executed}`], transaction: [`${transactionIndex}`] },
      ...{ text: [`SIP-${sip.header.sip} ${quoted(sip.header.title)}`], digest: [sip.digest] },
      message: [messageHash ?? 'none'],
      ...list('announced', verification.sip === null ? [] : [announced]),
      ...list(
        'fault',
        faults.map(({ code }) => code),
      ),
      ...list('instruction', numbered(instructions)),
      ...list('effect', numbered(effect)),
    },
    error: '',
  };
}

/** Both opinions, which have to be one. */
export function agreed(sip: Sip, input: VerifyInput): Opinion {
  const content = renderBundle(bundle(sip, input));
  const opinion = ask(content, input.pins);
  expect(opinion).toEqual(consoleSays(content, input.pins));
  return opinion;
}
