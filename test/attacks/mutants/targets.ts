import { readdirSync } from 'node:fs';
import path from 'node:path';

/** What is mutated, and the tests that have to find it. Paths are within the project, which is the working directory. */

export interface Target {
  readonly name: string;
  readonly language: 'typescript' | 'rust';
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** Tests that are not used, by their name. */
  readonly leftOut?: RegExp;
}

const below = (folder: string, pattern: RegExp): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((name) => pattern.test(name))
    .sort();

const SOURCE = /(?<!\.test)\.ts$/;
const TEST = /\.test\.ts$/;
/** Constants and words: a test of them would say them a second time. The program's id is another one on each cluster. */
const NO_GUARDS = /\/(constants|error|events|id|mod)\.rs$/;

export const TARGETS: readonly Target[] = [
  {
    name: 'verify',
    language: 'typescript',
    files: below('governance/verify', SOURCE),
    tests: [
      ...below('governance/verify', TEST),
      ...below('test/verify', /\/(?!second-opinion|mutations)[\w-]+\.test\.ts$/),
      'test/attacks/mutants/proposals.ts',
    ],
    // They turn thousands of bytes, for every mutant that is left. To leave them out only leaves more of those.
    leftOut: /> one byte|refuses any other byte|covers the very byte/,
  },
  {
    name: 'journal',
    language: 'typescript',
    files: below('governance/chain', /journal[\w-]*(?<!\.test)\.ts$/),
    tests: below('governance/chain', /journal[\w-]*\.test\.ts$/),
  },
  {
    name: 'guards',
    language: 'rust',
    files: below('programs/restaking/src', /\.rs$/).filter((name) => !NO_GUARDS.test(name)),
    tests: below('test/program', TEST).filter((name) => !/\/(audit-map|readme)\.test\.ts$/.test(name)),
  },
];

/** Shows that the machinery tells what is guarded from what is not. */
export const CONTROL: Target = {
  name: 'control',
  language: 'typescript',
  files: ['test/attacks/mutants/control/checked.ts'],
  tests: ['test/attacks/mutants/control/checks.ts'],
};

/**
 * Texts with a blank in them are for people: no decision hangs on them, and a test of each would say it a second time.
 * Names of fields, seeds and kinds have none.
 */
export const isWords = (original: string): boolean => /\s/.test(original);
