import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleFolder, type Prepared } from '../prepare.ts';
import type { Target } from '../targets.ts';
import { bundle } from '../warm/bundle.ts';
import { judgeAll, measure } from '../warm/judge.ts';
import type { Listed } from './listed.ts';
import { mutantAt, type Woven, weave } from './weave.ts';

const FOLDER = 'build/mutants/program';
const WORKSPACE = ['Cargo.toml', 'Cargo.lock', 'programs'];

const tool = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [`tools/mutants/${script}`, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

interface Built {
  readonly woven: Woven;
  readonly unviable: ReadonlySet<number>;
  readonly program: string;
}

/** Builds until what does not compile is left out; the compiler names several of those at once. */
function build(listed: readonly Listed[], files: readonly string[]): Built {
  const unviable = new Set<number>();
  const tree = path.resolve(FOLDER, 'tree');
  for (;;) {
    const woven = weave(listed, files, unviable);
    rmSync(tree, { recursive: true, force: true });
    mkdirSync(tree, { recursive: true });
    for (const name of WORKSPACE) cpSync(name, path.join(tree, name), { recursive: true });
    for (const [name, text] of woven.files) writeFileSync(path.join(tree, name), text);
    const { status, stdout, stderr } = tool('program.mjs', tree, path.resolve(FOLDER, 'out'));
    if (status === 0) return { woven, unviable, program: stdout.trim() };
    const before = unviable.size;
    for (const [, name, line, column] of stderr.matchAll(/--> (\S+\.rs):(\d+):(\d+)/g)) {
      const text = woven.files.get(name!);
      const mutant = text && mutantAt(text, Number(line), Number(column));
      if (mutant) unviable.add(mutant);
    }
    if (unviable.size === before) throw new Error(`The program with its mutants does not build: ${stderr}`);
  }
}

const hashOf = (texts: readonly string[]) =>
  texts.reduce((hash, text) => hash.update(`${text.length}\n${text}`), createHash('sha256')).digest('hex');

interface KeptBuild {
  readonly key: string;
  readonly unviable: readonly number[];
  readonly sha256: string;
}

/** The last build, where it is of the same text and whole. */
function builtBefore(key: string): ReadonlySet<number> | undefined {
  const manifest = path.join(FOLDER, 'built.json');
  const program = path.join(FOLDER, 'out/restaking.so');
  if (!existsSync(manifest) || !existsSync(program)) return undefined;
  const kept = JSON.parse(readFileSync(manifest, 'utf8')) as KeptBuild;
  const whole = kept.key === key && kept.sha256 === hashOf([readFileSync(program, 'latin1')]);
  return whole ? new Set(kept.unviable) : undefined;
}

export async function prepareProgram(target: Target): Promise<Prepared> {
  const text = execFileSync(process.execPath, ['tools/mutants/listed.mjs'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const listed = JSON.parse(text) as Listed[];
  const key = hashOf([
    readFileSync('Cargo.lock', 'utf8'),
    ...weave(listed, target.files, new Set()).files.values(),
  ]);
  const before = builtBefore(key);
  const program = path.resolve(FOLDER, 'out/restaking.so');
  const built = before
    ? { woven: weave(listed, target.files, before), unviable: before, program }
    : build(listed, target.files);
  if (!before) {
    const kept: KeptBuild = {
      key,
      unviable: [...built.unviable],
      sha256: hashOf([readFileSync(program, 'latin1')]),
    };
    writeFileSync(path.join(FOLDER, 'built.json'), JSON.stringify(kept));
  }
  const places = path.resolve(FOLDER, 'places.json');
  writeFileSync(places, JSON.stringify([...built.woven.places].map(([place, ids]) => [`${place}`, ids])));
  const env = { SIP_PROGRAM_RESTAKING: built.program, SIP_MUTANTS: places };
  const bundled = await bundle(
    new Map(),
    target.tests,
    bundleFolder(target),
    'test/attacks/mutants/program/switch.ts',
  );
  return {
    mutants: built.woven.mutants,
    unviable: new Set([...built.unviable].map(String)),
    words: 0,
    hashes: { ...bundled.hashes, sources: hashOf([key, bundled.hashes.sources]) },
    judge: async (some, onDone, finderOf) => {
      const measured = await measure(bundled, { ...env, SIP_MUTANTS_MEASURED: '1' }, target.leftOut);
      return await judgeAll(bundled, some, measured, env, onDone, finderOf);
    },
  };
}
