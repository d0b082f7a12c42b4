import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSip } from '#governance/cli/testing/run-sip.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { isAlive, type Running, spawnSip } from './process.ts';

const SIPS = fileURLToPath(new URL('../../sips', import.meta.url));
const SIP_8 = join(SIPS, 'sip-0008-whitelist-jupsol.md');
const data = mkdtempSync(join(tmpdir(), 'sip-process-'));
const folder = join(data, 'sandbox/default');
const here = ['--data-dir', data];

afterAll(() => rmSync(data, { recursive: true, force: true }));

async function start(...more: string[]): Promise<{ running: Running; info: SandboxInfo }> {
  const running = spawnSip(['sandbox', '--output', 'json', ...here, ...more]);
  return { running, info: JSON.parse(await running.line) as SandboxInfo };
}

const json = async (...argv: string[]) => {
  // In this process: only the network's own command needs one.
  const { code, stdout } = await runSip([...argv, '--output', 'json', ...here]);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return { code, ...(JSON.parse(stdout) as Record<string, unknown>) } as Record<string, unknown> & {
    error?: Record<string, unknown>;
  };
};

describe('the embedded network of one terminal', () => {
  let running: Running;
  let info: SandboxInfo;
  beforeAll(async () => {
    ({ running, info } = await start('--members', '2', '--threshold', '2', '--time-lock', '5m'));
  });
  afterAll(async () => {
    if (running.child.exitCode === null) running.child.kill('SIGKILL');
    await running.ended;
  });

  it('serves the commands of another', async () => {
    expect(info).toMatchObject({ schemaVersion: 1 });
    expect(info.members).toHaveLength(3);
    expect(statSync(join(folder, 'sandbox.json')).mode & 0o777).toBe(0o600);
    expect(await json('council')).toMatchObject({
      code: 0,
      council: info.council,
      vault: info.vault,
      threshold: 2,
      timeLockSeconds: 300,
      configAuthority: null,
      transactionIndex: 0,
      members: expect.arrayContaining([
        expect.objectContaining({
          publicKey: info.members[2]?.publicKey,
          seat: 2,
          permissions: ['initiate'],
        }),
      ]),
    });
    expect(await json('sandbox', 'status')).toMatchObject({ code: 0, pid: info.pid });
    expect(await json('sandbox')).toMatchObject({ code: 4, error: { code: 'SANDBOX_RUNNING', sent: 'no' } });
  });

  it('compiles a SIP to the same bytes however the council is named', async () => {
    const compiled = await json('compile', SIP_8);
    expect(Object.keys(compiled)).toEqual(['code', 'schemaVersion', 'sip', 'digest', 'membersHash', 'parts']);
    const [part] = compiled.parts as Record<string, unknown>[];
    expect(Object.keys(part ?? {})).toEqual([
      'part',
      'transactionIndex',
      'vaultIndex',
      'message',
      'accountMessage',
      'instructions',
    ]);
    const [instruction] = (part?.instructions ?? []) as Record<string, unknown>[];
    expect(Object.keys(instruction ?? {})).toEqual(['programId', 'keys', 'data', 'describe']);
    expect(part).toMatchObject({
      part: 1,
      transactionIndex: 1,
      vaultIndex: 0,
      message: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
    });
    const named = ['--url', info.rpcUrl, '--council', info.council, '--program-id', info.programId];
    expect(await json('compile', SIP_8, ...named, '--transaction-index', '1')).toEqual(compiled);
    expect(
      await json(
        'compile',
        SIP_8,
        '--rpc-url',
        info.rpcUrl,
        '--multisig-pubkey',
        info.council,
        '--program-id',
        info.programId,
      ),
    ).toEqual(compiled);
    const later = await json('compile', SIP_8, '--transaction-index', '7');
    expect(later.parts).not.toEqual(compiled.parts);
    const wrong = await json('compile', SIP_8, '--council', info.vault);
    expect(wrong).toMatchObject({ code: 1, error: { code: 'NOT_A_COUNCIL' } });
  });

  it('compiles what a new council executes to take the authority that a SIP offers it', async () => {
    const block = `actions:
  - action: propose-authority
    venue: squads
    council: ${info.council}
    min-threshold: 2
    min-time-lock-seconds: 300
    expires-at: 2024-08-01T00:00:00Z
\`\`\``;
    const text = readFileSync(SIP_8, 'utf8')
      .replace(/^SIP: 8$/m, 'SIP: 9')
      .replace(/^actions:\n[\s\S]*?^```/m, block);
    const file = join(data, 'sip-0009-hand-over.md');
    writeFileSync(file, text);
    const { parts, ...rest } = await json('compile', file, '--accept', '--transaction-index', '3');
    expect(rest).toMatchObject({ code: 0, sip: 9 });
    expect(parts).toMatchObject([
      { part: 0, transactionIndex: 3, instructions: [{ programId: info.programId }] },
    ]);
    const other = await json('compile', file, '--accept', '--council', info.vault);
    expect(other).toMatchObject({ code: 2, error: { code: 'USAGE' } });
    expect(await json('compile', SIP_8, '--accept')).toMatchObject({ code: 2, error: { code: 'USAGE' } });
  });

  it('lets time pass, forward only, and shifts SIPs to its day', async () => {
    const before = BigInt((await json('sandbox', 'warp', '--by', '1')).unixTimestamp as string);
    const after = BigInt((await json('sandbox', 'warp', '--by', '2d')).unixTimestamp as string);
    expect(after - before).toBeGreaterThanOrEqual(172_800n);
    expect(await json('sandbox', 'warp', '--to-time', '2020-01-01')).toMatchObject({
      code: 1,
      error: {
        code: 'SANDBOX_TIME_BACKWARDS',
        message: expect.stringContaining('never goes back to 2020-01-01T00:00:00Z'),
      },
    });
    const rebased = await json('rebase', SIPS, '--to-chain', '--out', join(data, 'copies'));
    expect(rebased.today).toBe(new Date(Number(after) * 1000).toISOString().slice(0, 10));
  });

  it('signs an export by a seat, which exists here only', async () => {
    const exported = await json('export', SIP_8, join(data, 'x.sipz'), '--as', '2');
    expect(exported).toMatchObject({ code: 0, author: info.members[2]?.publicKey });
    expect(await json('export', SIP_8, join(data, 'y.sipz'), '--as', '3')).toMatchObject({
      code: 2,
      error: { code: 'USAGE' },
    });
    expect(await json('export', SIP_8, join(data, 'y.sipz'), '--as', 'guardian')).toMatchObject({
      author: info.guardian.publicKey,
    });
  });

  it('ends on SIGTERM and leaves nothing', async () => {
    running.child.kill('SIGTERM');
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(running.stdout().trimEnd().split('\n')).toHaveLength(1);
    expect(isAlive(info.pid)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    expect(await json('council')).toMatchObject({
      code: 4,
      error: { code: 'SANDBOX_NOT_RUNNING', remedy: expect.stringContaining('sip sandbox') },
    });
  });
});

it('ends on Ctrl-C and leaves nothing', async () => {
  const { running, info } = await start();
  running.child.kill('SIGINT');
  expect(await running.ended).toEqual({ code: 0, signal: null });
  expect(isAlive(info.pid)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

it('leaves nothing when interrupted while it starts', async () => {
  const running = spawnSip(['sandbox', '--output', 'json', ...here]);
  while (!existsSync(join(folder, 'sandbox.lock')) && running.child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 2));
  running.child.kill('SIGINT');
  const { code } = await running.ended;
  // Quick machines are ready before the signal comes.
  expect([0, 130]).toContain(code);
  expect(readdirSync(folder)).toEqual([]);
});

it('is ended from another terminal, and its own says nothing of a failure', async () => {
  const { running, info } = await start('--name', 'second');
  expect(await json('sandbox', 'stop', '--name', 'second')).toMatchObject({ code: 0, stopped: 'second' });
  expect(await running.ended).toEqual({ code: 0, signal: null });
  expect(isAlive(info.pid)).toBe(false);
  expect(readdirSync(join(data, 'sandbox/second'))).toEqual([]);
});

it('says so when its process dies, and is swept up', async () => {
  const { running, info } = await start();
  process.kill(info.pid, 'SIGKILL');
  expect((await running.ended).code).toBe(1);
  expect(running.stdout()).toContain('SANDBOX_DIED');
  expect(readdirSync(folder)).toEqual([]);
});

it('takes its network along when it is killed itself', async () => {
  const { running, info } = await start();
  running.child.kill('SIGKILL');
  await running.ended;
  // Its own time limit ends the test, should it live on.
  while (isAlive(info.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await json('sandbox', 'status')).toMatchObject({ code: 4 });
  const again = await start();
  again.running.child.kill('SIGTERM');
  expect((await again.running.ended).code).toBe(0);
});
