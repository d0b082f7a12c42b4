import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '#governance/sandbox/project.ts';
import { commandLine } from './command-line.ts';
import { computeUnits } from './compute-units.ts';
import { desktop } from './desktop/desktop.ts';
import { lint } from './lint.ts';
import { load, machine } from './machine.ts';
import { network } from './network.ts';
import { type Done, resultsPage, sectionText, tableText } from './page.ts';
import { rehearsal } from './rehearsal.ts';
import type { Section } from './section.ts';
import { simulate } from './simulate.ts';
import { verify } from './verify.ts';

const SECTIONS: readonly Section[] = [computeUnits, lint, verify, simulate, network, rehearsal, commandLine];
const USAGE = `npm run bench -- [SECTION] [--quick] [--seed N]
  SECTION  one of ${SECTIONS.map(({ name }) => name).join(', ')}: measures and prints only that;
           or desktop, which needs a virtual display and is written to test/bench/DESKTOP.md
  --quick  few repetitions, to see that it works
  Without any of them everything is measured and written to test/bench/RESULTS.md.
`;

/** Undefined where they make no sense. */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
    });
    const [name, ...more] = positionals;
    const chosen =
      name === undefined ? SECTIONS : [...SECTIONS, desktop].filter((section) => section.name === name);
    if (chosen.length === 0 || more.length > 0 || !/^\d{1,9}$/.test(values.seed)) return undefined;
    return { name, chosen, effort: { quick: values.quick, seed: Number(values.seed) } };
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const asked = readArguments();
  if (asked === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { name, effort, chosen } = asked;
  const began = new Date();
  process.stdout.write(`${tableText(machine())}\n`);
  const done: Done[] = [];
  for (const section of chosen) {
    const loadBefore = load();
    const measured = await section.measure(effort);
    done.push({ section, measured, loadBefore });
    process.stdout.write(`${sectionText(done.at(-1) as Done)}\n`);
  }
  if (name === desktop.name && !effort.quick) {
    writeFileSync(join(projectRoot(), 'test/bench/DESKTOP.md'), resultsPage(began, machine(), done, effort));
    process.stderr.write('Written to test/bench/DESKTOP.md.\n');
    return 0;
  }
  if (name !== undefined || effort.quick) {
    process.stderr.write('Only a full run is written to RESULTS.md.\n');
    return 0;
  }
  writeFileSync(join(projectRoot(), 'test/bench/RESULTS.md'), resultsPage(began, machine(), done, effort));
  process.stderr.write('Written to test/bench/RESULTS.md.\n');
  return 0;
}

// The network's process ends with this one, and folders are removed on exit: both need an orderly end.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
