// The steps of `npm test` and how their results are told.
import fs from 'node:fs';
import { hygieneProblems } from '../checks/hygiene.mjs';
import { licenceProblems } from '../checks/licences.mjs';
import { lockfileProblems } from '../checks/lockfiles.mjs';
import { Failure } from '../lib/failure.mjs';
import { inProject, projectRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { progress, say, seconds, sinceStart } from '../lib/say.mjs';
import { ensurePrograms } from '../programs/ensure.mjs';
import { runVitest } from './vitest.mjs';

const SOURCES = ['governance', 'test', 'tools', 'desktop'].filter((name) => fs.existsSync(inProject(name)));

/** A step passes by returning nothing, fails by returning what is wrong. */
const node =
  (script, ...args) =>
  async () => {
    const { code, out, err } = await run(process.execPath, [inProject(script), ...args], {
      cwd: projectRoot,
    });
    return code === 0 ? '' : `${out}\n${err}`.trim() || `ended with ${code}`;
  };
const list = (problems) => async () => problems().join('\n');

/** @type {readonly { name: string, check: () => Promise<string> }[]} */
const STEPS = [
  {
    name: 'format and lint',
    check: node('node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'),
  },
  { name: 'types', check: node('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.') },
  {
    name: 'nothing that the oldest Electron lacks',
    check: node('node_modules/typescript/bin/tsc', '-p', 'tools/checks/electron-oldest.json'),
  },
  {
    name: 'promises and exhaustive switches',
    check: node(
      'node_modules/eslint/bin/eslint.js',
      '--config',
      'tools/checks/eslint.config.mjs',
      'governance',
      'desktop',
    ),
  },
  {
    name: 'architecture',
    check: node(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      'tools/checks/architecture.cjs',
      '--output-type',
      'err',
      ...SOURCES,
    ),
  },
  { name: 'lockfiles and install scripts', check: list(lockfileProblems) },
  { name: 'licences', check: list(licenceProblems) },
  { name: 'nothing of the place it was made at', check: list(hygieneProblems) },
  { name: 'program binaries', check: async () => void (await ensurePrograms()) ?? '' },
  { name: 'IDL and types fit the program', check: node('tools/idl.mjs', '--check') },
];

async function runStep({ name, check }) {
  const from = performance.now();
  let problem;
  try {
    problem = await progress(name, check);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    problem = error.message;
  }
  const ok = !problem;
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds(performance.now() - from)})\n`);
  if (!ok) process.stdout.write(`${problem.trim().replace(/^/gm, '        ')}\n`);
  return ok;
}

/**
 * @param {readonly string[]} args for vitest; with any, only vitest is run
 * @returns {Promise<number>} the exit code
 */
export async function runSteps(args) {
  const failedSteps = [];
  if (args.length === 0) {
    for (const step of STEPS) if (!(await runStep(step))) failedSteps.push(step.name);
  } else {
    // A part of the tests may need the programs; where they can't be built those tests say so themselves.
    await ensurePrograms().catch((error) => {
      if (!(error instanceof Failure)) throw error;
      say(error.message);
    });
  }
  const tests = await runVitest(args);
  for (const note of tests.notes) process.stdout.write(`${note}\n`);
  if (failedSteps.length > 0) process.stdout.write(`failed steps: ${failedSteps.join(', ')}\n`);
  const passed = tests.passed + (args.length === 0 ? STEPS.length - failedSteps.length : 0);
  const failed = tests.failed + failedSteps.length;
  process.stdout.write(`took ${seconds(sinceStart())}\n${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
