import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ATTACKS } from './attacks.ts';
import { type Result, runAttack } from './run.ts';

/** Every attack in full, one after the other. What has run at this commit with this seed is not run again. */

const FOLDER = 'build/attacks';

interface Kept extends Result {
  readonly commit: string;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  return git('rev-parse', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '-changed');
}

function keptOf(file: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

export async function runAll(options: {
  readonly seed: number;
  readonly again: boolean;
  readonly script: URL;
  readonly progress: (line: string) => void;
}): Promise<number> {
  const { seed, script, progress } = options;
  if (options.again && existsSync(FOLDER)) rmSync(FOLDER, { recursive: true });
  mkdirSync(FOLDER, { recursive: true });
  const here = commit();
  const results: Result[] = [];
  for (const [name, load] of Object.entries(ATTACKS)) {
    const file = path.join(FOLDER, `${name.replace(':', '-')}.json`);
    const kept = keptOf(file);
    if (kept?.commit === here && kept.seed === seed && kept.held) {
      progress(`${name}: done before, ${kept.tries} ${kept.unit}`);
      results.push(kept);
      continue;
    }
    const attack = await load();
    const result = await runAttack(attack, { tries: attack.full, seed, script, progress });
    // Whole or not at all: a run that is stopped here starts this attack again.
    writeFileSync(`${file}.new`, `${JSON.stringify({ ...result, commit: here })}\n`);
    renameSync(`${file}.new`, file);
    progress(`${name}: ${result.held ? 'held' : 'NOT held'}, ${result.seconds} s`);
    results.push(result);
  }
  const held = results.every((result) => result.held);
  process.stdout.write(`${summary(results)}\n${held ? 'all held' : 'NOT all held'}, seed ${seed}\n`);
  return held ? 0 : 1;
}

/** A table as it stands in RESULTS.md. */
function summary(results: readonly Result[]): string {
  const rows = results.map(
    ({ attack, tries, unit, honest, broken, refused, plantedMissed, seconds }) =>
      `| \`${attack}\` | ${tries.toLocaleString('en')} ${unit} | ${broken.length} | ${honest.toLocaleString('en')} | ${refused.length} | ${plantedMissed.length} | ${seconds} |`,
  );
  return [
    '| command | tries | not stopped | honest cases | refused | planted defects missed | seconds |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
