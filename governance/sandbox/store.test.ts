import { spawnSync } from 'node:child_process';
import { access, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import type { ErrorCode } from '#governance/errors.ts';
import type { Address } from '#governance/types.ts';
import type { KeyInfo, SandboxInfo } from './info.ts';
import { readSandbox, requireSandbox, sandboxFolder, writeInfo } from './store.ts';

let dataDir: string;
let server: Server | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'store-'));
});
afterEach(async () => {
  server?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected });
const file = () => join(sandboxFolder(dataDir, 'default'), 'sandbox.json');

function info(changes: Partial<SandboxInfo>): SandboxInfo {
  const key: KeyInfo = { publicKey: '11111111111111111111111111111112' as Address, keypairPath: '/k' };
  return {
    schemaVersion: 1,
    rpcUrl: 'http://127.0.0.1:1',
    wsUrl: 'ws://127.0.0.1:1',
    pid: process.pid,
    programId: key.publicKey,
    council: key.publicKey,
    vault: key.publicKey,
    members: [],
    epochAdmin: key,
    guardian: key,
    gatekeeper: key,
    depositor: key,
    lsts: [],
    programs: [],
    ...changes,
  };
}

/** An endpoint that answers every getAccountInfo with `value`. */
async function endpoint(value: unknown): Promise<string> {
  const answering = createServer((_, response) =>
    response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result: { value } })),
  );
  server = answering;
  await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(answering.address() as { port: number }).port}`;
}

it('reads back the network that answers as itself', async () => {
  const written = info({ rpcUrl: await endpoint({ lamports: 1 }) });
  await writeInfo(sandboxFolder(dataDir, 'default'), written);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await readSandbox(dataDir)).toEqual({ running: true, info: written });
});

it('says that none runs, and names the command that starts one', async () => {
  expect(await readSandbox(dataDir)).toEqual({ running: false, name: 'default' });
  await expect(requireSandbox(dataDir, 'other')).rejects.toEqual(code('SANDBOX_NOT_RUNNING'));
  await expect(requireSandbox(dataDir, 'other')).rejects.toMatchObject({ exit: 4 });
  await expect(requireSandbox(dataDir, 'other')).rejects.toHaveProperty(
    'remedy',
    expect.stringContaining('sip sandbox --name other'),
  );
});

it('removes the file of a process that is gone', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeInfo(sandboxFolder(dataDir, 'default'), info({ pid }));
  expect(await readSandbox(dataDir)).toEqual({ running: false, name: 'default' });
  await expect(access(file())).rejects.toThrow();
});

it.each([
  ['nothing listens at its port', async () => 'http://127.0.0.1:1'],
  ['another network listens at its port', () => endpoint(null)],
])('removes the file when its pid belongs to another process and %s', async (_, rpcUrl) => {
  await writeInfo(sandboxFolder(dataDir, 'default'), info({ rpcUrl: await rpcUrl() }));
  expect(await readSandbox(dataDir)).toEqual({ running: false, name: 'default' });
  await expect(access(file())).rejects.toThrow();
});

it.each(['', 'not json', 'null', '{"schemaVersion":2}', '[]'])('removes a file holding %j', async (text) => {
  await folderFiles(sandboxFolder(dataDir, 'default')).write('sandbox.json', Buffer.from(text));
  expect(await readSandbox(dataDir)).toEqual({ running: false, name: 'default' });
});

it.each(['', '..', 'a/b', 'A', '-a', 'x'.repeat(33), 'a b'])('refuses the name %j', async (name) => {
  await expect(readSandbox(dataDir, name)).rejects.toEqual(code('USAGE'));
});
