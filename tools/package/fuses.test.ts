import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

interface Fuses {
  readonly FUSES: Readonly<Record<string, unknown>>;
  setFuses(executable: string): Promise<void>;
  checkFuses(executable: string): Promise<readonly { readonly name: string }[]>;
}
const { checkFuses, FUSES, setFuses } = (await import(resolve(import.meta.dirname, 'fuses.mjs'))) as Fuses;
const { ensureElectron } = (await import(resolve(import.meta.dirname, '../electron-runtime/path.mjs'))) as {
  ensureElectron(): Promise<string>;
};

let folder: string;
let executable: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fuses-'));
  executable = join(folder, 'electron');
  copyFileSync(await ensureElectron(), executable);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('sets every fuse of the real runtime, and reads every one back', async () => {
  await expect(checkFuses(executable)).rejects.toThrow('RunAsNode is on, wanted off');
  await setFuses(executable);
  const fuses = await checkFuses(executable);
  expect(fuses.map(({ name }) => name).sort()).toEqual(Object.keys(FUSES).sort());
});

it('finds one that was changed afterwards', async () => {
  const bytes = readFileSync(executable);
  const wire = bytes.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 32;
  bytes[wire + 2] = '1'.charCodeAt(0);
  writeFileSync(executable, bytes);
  await expect(checkFuses(executable)).rejects.toThrow('RunAsNode is on, wanted off');
});
