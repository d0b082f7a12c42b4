import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { requireSupport, startHost } from './host.ts';
import { sandboxRpc } from './rpc.ts';

const HOST = fileURLToPath(new URL('./network-host.mjs', import.meta.url));

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Never settles where it lives on: the test's own time limit says so. */
async function gone(pid: number): Promise<void> {
  while (alive(pid)) await delay(25);
}

async function ready(child: ChildProcess): Promise<string> {
  const [message] = await once(child, 'message');
  return (message as { rpcUrl: string }).rpcUrl;
}

it.each([
  ['linux', 'arm64'],
  ['win32', 'x64'],
  ['darwin', 'arm64'],
])('says that there is no build for %s %s', (platform, arch) => {
  expect(() => requireSupport(platform, arch)).toThrow(
    expect.objectContaining({ code: 'SANDBOX_UNSUPPORTED' }),
  );
});

it('listens on this machine only and leaves no process when stopped, twice', async () => {
  const host = await startHost(50);
  expect(new URL(host.rpcUrl).hostname).toBe('127.0.0.1');
  expect(new URL(host.wsUrl).hostname).toBe('127.0.0.1');
  await host.stop();
  await host.stop();
  await host.exited;
  expect(alive(host.pid)).toBe(false);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends on %s', async (signal) => {
  const host = await startHost(50);
  process.kill(host.pid, signal);
  await host.exited;
  expect(alive(host.pid)).toBe(false);
});

it('ends on the message stop', async () => {
  const child = fork(HOST, [JSON.stringify({ slotMs: 50 })]);
  await ready(child);
  child.send({ kind: 'stop' });
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('ends when its parent is killed without warning', async () => {
  const script = `const { fork } = require('node:child_process');
    const child = fork(${JSON.stringify(HOST)}, ['{"slotMs":50}']);
    child.once('message', () => console.log(child.pid));`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(line);
  expect(alive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await gone(pid);
});

it('reports what it could not do instead of a network', async () => {
  const child = fork(HOST, ['{"slotMs":"fast"}']);
  const [message] = await once(child, 'message');
  expect(message).toMatchObject({ kind: 'failed', reason: expect.any(String) });
  expect(await once(child, 'exit')).toEqual([1, null]);
});

it('answers after thousands of written accounts, since it reads its events', async () => {
  const host = await startHost(50);
  const rpc = sandboxRpc(host.rpcUrl);
  const { Keypair, SystemProgram } = await import('@solana/web3.js');
  const address = Keypair.generate().publicKey;
  for (let i = 0; i < 10; i++) {
    const accounts = Array.from({ length: 200 }, (_, n) => ({
      address,
      owner: SystemProgram.programId,
      lamports: BigInt(1_000_000 + n),
      data: new Uint8Array(),
    }));
    await rpc.setAccounts(accounts);
  }
  expect(await rpc.call('getHealth', [])).toBe('ok');
  rpc.close();
  await host.stop();
});
