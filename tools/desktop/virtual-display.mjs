// A virtual display of its own, on a free number, that asks for a cookie. It ends with this process.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 20_000;
/** Of an X authority entry that counts for every host. */
const ANY_HOST = 0xffff;

/**
 * @param {{ uid: number, gid: number } | undefined} account who may read its cookie; undefined: whoever this is
 * @param {{ width?: number, height?: number }} [size]
 * @returns {Promise<{ name: string, authority: string, stop(): Promise<void> }>} as in $DISPLAY and $XAUTHORITY
 */
export async function startVirtualDisplay(account, { width = 1920, height = 1080 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'display-'));
  chmodSync(folder, 0o711);
  const authority = join(folder, 'authority');
  writeFileSync(authority, authorityFile(), { mode: 0o600 });
  if (account) chownSync(authority, account.uid, account.gid);
  const screen = ['-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'];
  const server = spawn(
    'setpriv',
    ['--pdeathsig', 'TERM', '--', 'Xvfb', '-displayfd', '3', '-auth', authority, ...screen],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const exited = once(server, 'exit');
  let errors = '';
  server.stderr?.on('data', (text) => {
    errors += text;
  });
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const timer = setTimeout(() => server.kill('SIGKILL'), START_MS);
  const number = await Promise.race([
    once(server.stdio[3], 'data').then(([text]) => String(text).trim()),
    exited.then(() => undefined),
  ]);
  clearTimeout(timer);
  if (!number) {
    await stop();
    throw new Error(`no virtual display: ${errors.trim()}`);
  }
  return { name: `:${number}`, authority, stop };
}

/** An entry for any display of this host, in the format that Xlib reads. */
function authorityFile() {
  const field = (bytes) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, Buffer.from(bytes)]);
  };
  const family = Buffer.alloc(2);
  family.writeUInt16BE(ANY_HOST);
  return Buffer.concat([family, field(''), field(''), field('MIT-MAGIC-COOKIE-1'), field(randomBytes(16))]);
}
