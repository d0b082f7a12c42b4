import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEquivalents, staleEntries } from './equivalent.ts';
import type { Mutant } from './mutant.ts';
import { mutantAt, weave } from './program/weave.ts';
import { runMutants } from './run.ts';
import { isWords, TARGETS, type Target } from './targets.ts';
import { instrument } from './typescript.ts';

/** A small slice of `npm run mutants`: the full run is a command. */

const SEED = Number(process.env.SIP_SEED ?? 20261);

/** What is quick to measure. */
const READER: Target = {
  name: 'reader',
  language: 'typescript',
  files: ['governance/verify/bytes.ts'],
  tests: ['governance/verify/bytes.test.ts', 'test/verify/explained.test.ts'],
};

describe('a run', () => {
  it(`tells what is guarded from what is not, and draws by its seed, ${SEED}`, async () => {
    const options = { targets: [READER], count: 4, only: 'bytes.ts:1', equivalents: [], progress: () => {} };
    const result = await runMutants({ ...options, seed: SEED });
    expect(result.control).toEqual([]);
    expect(result.targets).toMatchObject([{ target: 'reader', drawn: 4 }]);
    const again = await runMutants({ ...options, seed: SEED });
    expect(again).toEqual({ ...result, seconds: again.seconds });
  });
});

describe('the list of equivalent mutants', () => {
  const entry = { file: 'a.ts', at: 'a < b;', original: 'a < b', replacement: 'a <= b', reason: 'why' };
  const mutant: Mutant = { ...entry, id: '1', line: 3, kind: 'EqualityOperator' };

  it('is stale where an entry names no mutant, or one that is found', () => {
    expect(staleEntries([entry], [mutant], [{ mutant, fate: 'survived' }])).toEqual([]);
    expect(staleEntries([entry], [mutant], [])).toEqual([]);
    expect(staleEntries([entry], [mutant], [{ mutant, fate: 'killed' }])).toHaveLength(1);
    expect(staleEntries([entry], [{ ...mutant, replacement: 'a > b' }], [])).toHaveLength(1);
  });

  it('names mutants that are there, each with a reason', async () => {
    const typescript = TARGETS.filter(({ language }) => language === 'typescript').flatMap(
      ({ files }) => files,
    );
    const rust = TARGETS.filter(({ language }) => language === 'rust').flatMap(({ files }) => files);
    const { mutants } = await instrument(typescript, isWords);
    const checks = weave([], rust, new Set()).mutants;
    const list = readEquivalents();
    expect(staleEntries(list, [...mutants, ...checks], [])).toEqual([]);
    for (const { reason } of list) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});

describe('the program with its mutants', () => {
  const file = 'programs/restaking/src/guard.rs';
  const { files, mutants, places } = weave([], [file], new Set());

  it('has every check of a file switched, and nothing else changed', () => {
    const checks = readFileSync(file, 'utf8').match(/require(_keys_n?eq)?!\(/g)!;
    expect(places.size).toBeGreaterThanOrEqual(checks.length);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    const without = files.get(file)!.replace(/crate::mutant::at\(\d+\)/g, '');
    for (const { original } of mutants) expect(without.replace(/\s+/g, ' ')).toContain(original);
  });

  it('is told which mutant the compiler points at, and is woven without it', () => {
    const text = files.get(file)!;
    const { id } = mutants.find(({ kind }) => kind === 'check removed')!;
    const at = text.indexOf(`${id} => `) + `${id} => `.length;
    const before = text.slice(0, at).split('\n');
    expect(mutantAt(text, before.length, before.at(-1)!.length)).toBe(Number(id));
    expect(weave([], [file], new Set([Number(id)])).files.get(file)).not.toContain(`${id} => `);
  });
});
