import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Keypair } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../../tools/sip.mjs', import.meta.url));
const SIPS = fileURLToPath(new URL('../../sips', import.meta.url));
const SIP_8 = join(SIPS, 'sip-0008-whitelist-jupsol.md');
const MINT = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';

const keys = mkdtempSync(join(tmpdir(), 'sip-full-keys-'));
const keypair = join(keys, 'id.json');
const folder = mkdtempSync(join(tmpdir(), 'sip-full-'));
beforeAll(() => {
  writeFileSync(keypair, JSON.stringify([...Keypair.generate().secretKey]), { mode: 0o600 });
  // The launcher bundles the command line where it has changed, which takes room.
  spawnSync(process.execPath, [LAUNCHER, '--version']);
});
afterAll(() => {
  for (const made of [keys, folder]) rmSync(made, { recursive: true, force: true });
});

/** Files may be made but no byte written to them, as on a full disk; pipes are not files. */
const onFullDisk = (argv: readonly string[]) =>
  spawnSync('bash', ['-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath, LAUNCHER, ...argv], {
    encoding: 'utf8',
  });

const filesOf = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name);

describe('a full disk', () => {
  const genesis = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
  it.each<readonly string[]>([
    ['rebase', SIPS, '--to-day', '2027-01-01', '--out', join(folder, 'copies')],
    ['export', SIP_8, join(folder, 'x.sipz'), '--keypair', keypair],
    ['new', '--action', 'pause', '--example', '--title', 'Pause', '--authors', 'Ada (@ada)', '--out', folder],
    ['profile', 'add', 'live', '-u', 'm', '--council', MINT, '--program-id', MINT, '--genesis-hash', genesis],
    ['config', 'set', 'council', MINT],
    ['sandbox'],
  ])('is told by "sip %s" in one sentence and leaves no file behind', (...argv) => {
    const { status, stdout, stderr } = onFullDisk([...argv, '--data-dir', folder, '--output', 'json']);
    expect([status, stderr.match(/^\s+at /m)]).toEqual([1, null]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: 'FILE_UNWRITABLE', sent: 'no', message: expect.stringContaining(folder) },
    });
    expect(filesOf(folder)).toEqual([]);
  });
});
