import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Runs every command of the README as it stands there, in its order. `npm test` is what runs this. */

const run = promisify(execFile);
const OURSELVES = 'npm test';
const STAYS = 'npm run sip -- sandbox';

/** Packing some 250 MB beside everything else that runs. */
const LONG_MS = 15 * 60_000;

const readme = await readFile('README.md', 'utf8');
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  (block ?? '').trim().split('\n'),
);

let folder: string;
let sandbox: ChildProcess | undefined;
// Without a display, since `npm start` would open the window on it and stay.
const NO_DISPLAY = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
const env = () => ({ ...process.env, ...NO_DISPLAY, SIP_DATA_DIR: join(folder, 'data'), NO_COLOR: '1' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-'));
  await rm('build/sips', { recursive: true, force: true });
});
afterAll(async () => {
  const ended =
    sandbox && sandbox.exitCode === null ? new Promise((done) => sandbox?.once('exit', done)) : undefined;
  sandbox?.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
  await rm('build/sips', { recursive: true, force: true });
});

it('names the two commands that a newcomer needs', () => {
  expect(commands).toEqual(expect.arrayContaining(['npm start', OURSELVES, STAYS]));
});

it.each(commands.filter((command) => command !== OURSELVES))(
  '%s',
  async (command) => {
    if (command === STAYS) return startSandbox();
    const { stdout } = await run('bash', ['-c', command], { env: env(), maxBuffer: 16 * 1024 * 1024 });
    if (command.includes(' verify ')) expect(stdout).toContain('match');
    if (command === 'npm start') expect(stdout).toContain('came out as expected');
    if (command === 'npm run package') expect(stdout).toContain('installed and started: Solayer Council');
  },
  LONG_MS,
);

async function startSandbox(): Promise<void> {
  // Its own process, so that the signal reaches the console itself and not a shell before it.
  const child = spawn(process.execPath, ['tools/sip.mjs', 'sandbox'], {
    env: env(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  sandbox = child;
  await new Promise<void>((ready, ended) => {
    // Read for as long as it lives: a closed output would end it.
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('127.0.0.1')) ready();
    });
    child.once('exit', (code) => ended(new Error(`the network ended with ${code} before it was ready`)));
  });
}
