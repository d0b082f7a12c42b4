import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import asar from '@electron/asar';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What is handed out, taken apart. That it starts is seen by `npm run package` itself, which the README's test runs. */

interface Contents {
  fillContents(folder: string): Promise<string>;
}
interface Archives {
  makeDeb(contents: string, options: { version: string; file: string; work: string }): Promise<void>;
}
const load = (name: string) => import(resolve(import.meta.dirname, name));
const { fillContents } = (await load('contents.mjs')) as Contents;
const { makeDeb } = (await load('archives.mjs')) as Archives;

let work: string;
let contents: string;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'packaged-'));
  contents = mkdtempSync(join(work, 'contents-'));
  await fillContents(contents);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function below(at: string): string[] {
  if (!lstatSync(at).isDirectory()) return [at];
  return readdirSync(at).flatMap((name) => below(join(at, name)));
}
const archive = () => join(contents, 'resources', 'app.asar');

it('holds the app in its archive, the notices beside it, and no link', () => {
  const listed = asar.listPackage(archive(), { isPack: false });
  for (const name of [
    '/package.json',
    '/out/main/index.js',
    '/out/main/signer.js',
    '/network-host.mjs',
    '/programs/restaking.so',
  ])
    expect(listed).toContain(name);
  for (const name of ['LICENSE', 'THIRD_PARTY.md', 'LICENSES.chromium.html', 'LICENSE.electron.txt'])
    expect(readdirSync(contents)).toContain(name);
  expect(readdirSync(join(contents, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
  expect(below(contents).filter((at) => lstatSync(at).isSymbolicLink())).toEqual([]);
});

it('holds nothing of tests, source maps, or the place it was made at', () => {
  const listed = asar.listPackage(archive(), { isPack: false });
  expect(listed.filter((name) => /\.map$|\.test\.|\.d\.ts$/.test(name))).toEqual([]);
  const places = [process.cwd(), homedir(), '/root/'].map((place) => Buffer.from(place));
  const own = [
    archive(),
    ...below(join(contents, 'resources', 'app.asar.unpacked')).filter((at) => at.endsWith('.js')),
  ];
  for (const at of own) {
    const bytes = readFileSync(at);
    for (const place of places)
      if (place.length > 1) expect(bytes.includes(place), `${at}: ${place}`).toBe(false);
  }
});

it('is readable for everybody and writable for its owner alone', () => {
  const modes = new Set(below(contents).map((at) => (lstatSync(at).mode & 0o777).toString(8)));
  expect([...modes].sort()).toEqual(['644', '755']);
});

it('is a .deb that asks for what the runtime needs, with a launcher for links', async () => {
  // The runtime's 250 MB add nothing to what is asked here.
  const small = mkdtempSync(join(work, 'small-'));
  const file = join(work, 'small.deb');
  await makeDeb(small, { version: '1.2.3', file, work });
  const control = execFileSync('dpkg-deb', ['--field', file], { encoding: 'utf8' });
  expect(control).toContain('Version: 1.2.3');
  expect(control).toContain('libgtk-3-0t64 | libgtk-3-0');
  const listed = execFileSync('dpkg-deb', ['--contents', file], { encoding: 'utf8' });
  expect(listed).toMatch(/root\/root .*\.\/usr\/share\/applications\/solayer-council\.desktop/);
  const launcher = execFileSync('dpkg-deb', ['--ctrl-tarfile', file]);
  expect(launcher.includes(Buffer.from('chmod 4755 /opt/solayer-council/chrome-sandbox'))).toBe(true);
});
