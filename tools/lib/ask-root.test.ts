// One line for everything that root has to do, and going on once it is done.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';

interface Need {
  line: string;
  met(): boolean;
}
const { askRoot } = (await import(resolve(import.meta.dirname, 'ask-root.mjs'))) as {
  askRoot(needs: readonly Need[], why: string): Promise<void>;
};

const folders: string[] = [];
/** A PATH with these programs on it. */
function pathWith(...programs: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'ask-root-'));
  folders.push(folder);
  for (const program of programs) writeFileSync(join(folder, program), '');
  vi.stubEnv('PATH', folder);
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

it('asks for nothing where nothing is missing', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await askRoot([{ line: 'rm -rf /', met: () => true }], 'The window');
  expect(said).not.toHaveBeenCalled();
});

it('prints one line, once, for what is missing, and waits for all of it', async () => {
  pathWith('sudo');
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  let [first, second] = [false, false];
  let done = false;
  const asking = askRoot(
    [
      { line: 'apt-get install a', met: () => first },
      { line: 'true', met: () => true },
      { line: `chown root "/it's/b"`, met: () => second },
    ],
    'The window',
  ).then(() => {
    done = true;
  });
  first = true;
  await new Promise((later) => setTimeout(later, 1500));
  expect(done).toBe(false);
  second = true;
  await asking;
  const lines = said.mock.calls.map(([text]) => String(text));
  expect(lines.filter((line) => line.includes('sudo'))).toEqual([
    `  sudo sh -c 'apt-get install a && chown root "/it'\\''s/b"'\n`,
  ]);
});

it('asks for root by su where there is no sudo', async () => {
  pathWith();
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  let met = false;
  const asking = askRoot([{ line: 'apt-get install a', met: () => met }], 'The window');
  met = true;
  await asking;
  expect(said.mock.calls.map(([text]) => String(text))).toContain(`  su -c 'apt-get install a'\n`);
});
