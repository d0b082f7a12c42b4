import { parseArgs } from 'node:util';
import { readEquivalents } from './equivalent.ts';
import { type Result, runMutants } from './run.ts';
import { TARGETS } from './targets.ts';

const USAGE = `npm run mutants -- [--n COUNT] [--seed S] [--target ${TARGETS.map(({ name }) => name).join('|')}] [--only TEXT] [--json]
  --n       how many mutants, drawn by lot (all if left out)
  --seed    of the lot (1 if left out)
  --target  only these; may be given more than once
  --only    those whose line in the report holds this text: what became of a survivor
  --json    one document on one line
`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        n: { type: 'string' },
        seed: { type: 'string', default: '1' },
        target: { type: 'string', multiple: true },
        only: { type: 'string', default: '' },
        json: { type: 'boolean', default: false },
      },
    });
    const count = values.n === undefined ? undefined : Number(values.n);
    const targets = TARGETS.filter(({ name }) => values.target?.includes(name) ?? true);
    if (targets.length !== (values.target?.length ?? TARGETS.length)) return undefined;
    if (!/^\d{1,9}$/.test(values.seed)) return undefined;
    if (count !== undefined && (!Number.isSafeInteger(count) || count < 1)) return undefined;
    return { targets, count, seed: Number(values.seed), only: values.only, json: values.json };
  } catch {
    return undefined;
  }
}

function resultText(r: Result): string {
  const list = (what: string, lines: readonly string[]) =>
    `${what.padEnd(34)}${lines.length}\n${lines.map((line) => `  ${line}\n`).join('')}`;
  return [
    ...r.targets.map(({ target, mutants, drawn, fates, equivalent, words }) => {
      const { killed, timeout, survived, unviable } = fates;
      const left = survived + fates['no coverage'];
      return `${target}: ${drawn} of ${mutants} mutants: ${killed} killed, ${timeout} more by a test that did not end, ${left} survived (${fates['no coverage']} without coverage), ${equivalent} of them listed, ${unviable} unviable; ${words} of words left out\n`;
    }),
    `seed ${r.seed}, ${r.seconds} s\n`,
    list('survivors without a reason', r.survivors),
    list('entries of the list that are stale', r.stale),
    list('wrong in the control run', r.control),
    r.held ? 'held\n' : 'NOT held\n',
  ].join('');
}

const asked = readArguments();
if (asked === undefined) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const result = await runMutants({
  ...asked,
  equivalents: readEquivalents(),
  progress: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(asked.json ? `${JSON.stringify(result)}\n` : resultText(result));
process.exit(result.held ? 0 : 1);
