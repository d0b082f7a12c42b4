import { join } from 'node:path';
import { projectRoot } from '#governance/sandbox/project.ts';
import { runNode } from './child.ts';
import { medianMs } from './measure.ts';
import { ms, ratio, type Section } from './section.ts';

export interface CommandRow {
  readonly command: string;
  readonly ms: number;
}

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'node tools/sip.mjs --version': ['tools/sip.mjs', '--version'],
  'node tools/sip.mjs lint sips/sip-0008-whitelist-jupsol.md': [
    'tools/sip.mjs',
    'lint',
    'sips/sip-0008-whitelist-jupsol.md',
  ],
};

/** Each command so many times, in turn; what the others are compared with first. */
export async function commandRows(rounds: number): Promise<readonly CommandRow[]> {
  const works = Object.fromEntries(
    Object.entries(COMMANDS).map(([command, args]) => [
      command,
      () => runNode(args.map((arg) => (/[/]/.test(arg) ? join(projectRoot(), arg) : arg))),
    ]),
  );
  // The first start makes the bundle where it is missing.
  await medianMs(works, 1);
  return Object.entries(await medianMs(works, rounds)).map(([command, elapsed]) => ({
    command,
    ms: elapsed,
  }));
}

export const commandLine: Section = {
  name: 'command-line',
  title: 'Warm start of the command line',
  async measure({ quick }) {
    const rounds = quick ? 2 : 15;
    const rows = await commandRows(rounds);
    return {
      tables: [
        {
          columns: ['Command', 'Median', '÷ bare Node'],
          rows: rows.map((row) => [`\`${row.command}\``, ms(row.ms), ratio(row.ms, rows[0]?.ms ?? 0)]),
        },
      ],
      notes: [
        `${rounds} runs of each, in turn, from the start of the process to its end; packages and bundle are there.`,
      ],
    };
  },
};
