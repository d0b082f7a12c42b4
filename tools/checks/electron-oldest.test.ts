import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** The check itself: it finds an API that came after the oldest Electron, and lets one pass that was there. */

let folder: string;
beforeEach(() => {
  mkdirSync('build', { recursive: true });
  folder = mkdtempSync(resolve('build', 'oldest-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function compile(source: string): string {
  writeFileSync(join(folder, 'planted.ts'), source);
  const config = {
    extends: resolve('tools/checks/electron-oldest.json'),
    include: ['planted.ts'],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    return execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], {
      encoding: 'utf8',
    });
  } catch (error) {
    return String((error as { stdout: unknown }).stdout);
  }
}

it('finds what Electron 35 brought', () => {
  const found = compile(
    "import { session } from 'electron';\nsession.defaultSession.registerPreloadScript({ type: 'frame', filePath: '' });\n",
  );
  expect(found).toContain("Property 'registerPreloadScript' does not exist on type 'Session'");
});

it('lets pass what was there', () => {
  expect(
    compile(
      "import { session } from 'electron';\nexport const preloads = session.defaultSession.getPreloads();\n",
    ),
  ).toBe('');
});
