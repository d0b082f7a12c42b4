// Each rule of architecture.cjs bites: a small tree that breaks it, and one that breaks none.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let folder: string;

/** A file that breaks the rule, and what else it needs. */
const BREAKING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-cycles': {
    'governance/sip/a.ts': "import { b } from './b.ts';\nexport const a = b;",
    'governance/sip/b.ts': "import { a } from './a.ts';\nexport const b = a;",
  },
  found: { 'governance/sip/lost.ts': "import './nowhere.ts';" },
  'governance-has-no-window': { 'governance/plan/window.ts': "import '../../desktop/main/index.ts';" },
  'node-at-the-edge': { 'governance/plan/reads.ts': "import 'node:fs';" },
  'edge-not-imported': { 'governance/plan/upward.ts': "import '#governance/cli/main.ts';" },
  'verifier-stands-alone': { 'governance/verify/leans.ts': "import '#governance/plan/fine.ts';" },
  'verifier-uses-no-sdk': { 'governance/verify/sdk.ts': "import '@sqds/multisig';" },
  'actions-apart': { 'governance/actions/pause/peeks.ts': "import '../unpause/index.ts';" },
  'actions-by-registry': { 'governance/plan/knows.ts': "import '#governance/actions/pause/index.ts';" },
  'tests-not-imported': { 'governance/plan/tested.ts': "import './fine.test.ts';" },
  'dependencies-declared': { 'governance/plan/develops.ts': "import 'fast-check';" },
  'tools-start-bare': { 'tools/early.mjs': "import 'zod';" },
};

/** Imports that are as they should be. */
const SOUND: Readonly<Record<string, string>> = {
  'governance/types.ts': 'export type Address = string;',
  'governance/cli/main.ts': "import 'node:fs';\nimport '#governance/plan/fine.ts';",
  'governance/plan/fine.ts': "import '@solana/web3.js';\nimport '#governance/types.ts';",
  'governance/plan/fine.test.ts': "import 'node:fs';\nimport 'fast-check';\nimport './fine.ts';",
  'governance/verify/sound.ts': "import '@noble/hashes/sha2';\nimport '#governance/types.ts';",
  'governance/actions/common.ts': 'export const common = 1;',
  'governance/actions/pause/index.ts': "import '../common.ts';",
  'governance/actions/unpause/index.ts': "import '../common.ts';",
  'governance/actions/registry.ts': "import './pause/index.ts';\nimport './unpause/index.ts';",
  'governance/sip/c.ts': "import type { d } from './d.ts';\nexport const c = 1;\nexport type C = typeof d;",
  'governance/sip/d.ts': "import { c } from './c.ts';\nexport const d = c;",
  'desktop/main/index.ts': 'export const main = 1;',
  'tools/late.mjs': "import 'node:fs';",
};

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

let broken: ReadonlySet<string>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'architecture-'));
  for (const name of ['package.json', 'tsconfig.json']) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  put(SOUND);
  for (const files of Object.values(BREAKING)) put(files);
  const script = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, 'tools/checks/architecture.cjs');
  const args = [script, '--config', config, '--output-type', 'json', 'governance', 'desktop', 'tools'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const report = JSON.parse(stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  broken = new Set(report.summary.violations.map(({ from, rule }) => `${rule.name} ${from}`));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the architecture rules', () => {
  it.each(Object.keys(BREAKING))('refuse what breaks %s', (rule) => {
    const file = Object.keys(BREAKING[rule] ?? {})[0] as string;
    expect([...broken]).toContain(`${rule} ${file}`);
  });

  it('let pass what is as it should be', () => {
    expect(
      [...broken].filter((entry) => Object.keys(SOUND).some((file) => entry.endsWith(` ${file}`))),
    ).toEqual([]);
  });
});
