import { access, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, PublicKey } from '@solana/web3.js';
import * as multisig from '@sqds/multisig';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programDataAddress } from '#governance/chain/loader-accounts.ts';
import { readClock, type SandboxClock } from '#governance/sandbox/clock.ts';
import { sandboxRpc } from '#governance/sandbox/rpc.ts';
import { type Sandbox, startBareNetwork, startSandbox } from '#governance/sandbox/start.ts';
import { readSandbox } from '#governance/sandbox/store.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { testPrograms } from './programs.ts';

let folder: string;
let sandbox: Sandbox;
let connection: Connection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  sandbox = await startSandbox({ dataDir: folder, programs: testPrograms() });
  connection = new Connection(sandbox.info.rpcUrl, 'confirmed');
});

afterAll(async () => {
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function clock(): Promise<SandboxClock> {
  const rpc = sandboxRpc(sandbox.info.rpcUrl);
  return readClock(rpc).finally(() => rpc.close());
}

describe('a started sandbox', () => {
  it('has the council it was asked for, with one seat that may only initiate', async () => {
    const council = await multisig.accounts.Multisig.fromAccountAddress(
      connection,
      new PublicKey(sandbox.info.council),
    );
    expect([council.threshold, council.timeLock, council.rentCollector]).toEqual([3, 600, null]);
    expect(council.configAuthority.equals(PublicKey.default)).toBe(true);
    const masks = new Map(council.members.map(({ key, permissions }) => [key.toBase58(), permissions.mask]));
    expect(sandbox.info.members.map(({ publicKey }) => masks.get(publicKey))).toEqual([7, 7, 7, 7, 7, 1]);
    expect(sandbox.info.members.at(-1)?.permissions).toEqual(['initiate']);
    expect(sandbox.info.members[0]?.permissions).toEqual(['initiate', 'vote', 'execute']);
  });

  it('has an initialized program whose upgrade authority is the vault', async () => {
    const programId = new PublicKey(sandbox.info.programId);
    const [config] = PublicKey.findProgramAddressSync([new TextEncoder().encode('config')], programId);
    const account = await connection.getAccountInfo(config);
    expect(account?.owner.toBase58()).toBe(sandbox.info.programId);
    const programData = (await connection.getAccountInfo(programDataAddress(programId)))!.data;
    expect(programData[12]).toBe(1);
    expect(new PublicKey(programData.subarray(13, 45)).toBase58()).toBe(sandbox.info.vault);
    expect(await connection.getBalance(new PublicKey(sandbox.info.vault))).toBeGreaterThan(0);
  });

  it('prints exactly the fields others script against, and funded seats', async () => {
    expect(Object.keys(sandbox.info).sort()).toEqual(
      'council depositor epochAdmin gatekeeper guardian lsts members pid programId programs rpcUrl schemaVersion vault wsUrl'.split(
        ' ',
      ),
    );
    const { members, epochAdmin, guardian, gatekeeper, depositor } = sandbox.info;
    for (const { publicKey, keypairPath } of [...members, epochAdmin, guardian, gatekeeper, depositor]) {
      expect(await connection.getBalance(new PublicKey(publicKey))).toBeGreaterThan(0);
      expect((await stat(keypairPath)).mode & 0o777).toBe(0o600);
    }
    expect(sandbox.info.lsts.find(({ symbol }) => symbol === 'JupSOL')).toEqual({
      symbol: 'JupSOL',
      mint: 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v',
      stakePool: '8VpRhuxa7sUUepdY3kQiTmX9rS5vx4WgaXiAnXq4KCtr',
    });
  });

  it('is found by its name, and a second start of that name is refused', async () => {
    expect(await readSandbox(folder)).toEqual({ running: true, info: sandbox.info });
    await expect(startSandbox({ dataDir: folder, programs: testPrograms() })).rejects.toMatchObject({
      code: 'SANDBOX_RUNNING',
    });
    expect((await readSandbox(folder)).running).toBe(true);
  });

  it('keeps time by itself, travels forward and never back', async () => {
    const began = performance.now();
    const start = await clock();
    // The network's time goes on by itself while this computer, perhaps a busy one, looks on.
    const onTop = () => BigInt(Math.ceil((performance.now() - began) / 1000)) + 1n;
    const later = await sandbox.warpBy(600n);
    expect(later.unixTimestamp - start.unixTimestamp).toBeGreaterThanOrEqual(600n);
    expect(later.unixTimestamp - start.unixTimestamp).toBeLessThanOrEqual(600n + onTop());
    const target = (later.unixTimestamp + 86_400n) as UnixSeconds;
    const day = await sandbox.warpTo(target);
    expect(day.unixTimestamp - target).toBeLessThanOrEqual(onTop());
    expect(day.slot).toBeGreaterThan(later.slot);
    await expect(sandbox.warpTo(start.unixTimestamp)).rejects.toMatchObject({
      code: 'SANDBOX_TIME_BACKWARDS',
    });
    await expect(sandbox.warpBy(-10n)).rejects.toMatchObject({ code: 'SANDBOX_TIME_BACKWARDS' });
    expect((await sandbox.warpBy(0n)).unixTimestamp).toBeGreaterThanOrEqual(target);
    expect((await sandbox.warpBy(1n)).unixTimestamp).toBeGreaterThan(target);
    const years = await sandbox.warpBy(10n * 365n * 86_400n);
    expect(years.unixTimestamp - target).toBeGreaterThanOrEqual(10n * 365n * 86_400n);
    expect((await clock()).slot).toBeGreaterThanOrEqual(years.slot);
  });
});

it('runs a second one beside it, with a council of its own, and sweeps up after it', async () => {
  const options = {
    dataDir: folder,
    name: 'second',
    programs: testPrograms(),
    members: 1,
    timeLockSeconds: 0,
  };
  const second = await startSandbox(options);
  try {
    expect(second.info.members).toHaveLength(2);
    expect(second.info.council).not.toBe(sandbox.info.council);
    expect(second.info.rpcUrl).not.toBe(sandbox.info.rpcUrl);
    expect((await readSandbox(folder, 'second')).running).toBe(true);
  } finally {
    await second.stop();
  }
  expect(alive(second.info.pid)).toBe(false);
  expect(await readdir(join(folder, 'sandbox', 'second'))).toEqual([]);
  expect((await readSandbox(folder)).running).toBe(true);
  await second.stop();
});

it('notices when its process dies, sweeps up, and can be started again', async () => {
  const options = { dataDir: folder, name: 'killed', programs: testPrograms() };
  const first = await startSandbox(options);
  process.kill(first.info.pid, 'SIGKILL');
  await first.exited;
  expect(await readSandbox(folder, 'killed')).toEqual({ running: false, name: 'killed' });
  const again = await startSandbox(options);
  expect((await readSandbox(folder, 'killed')).running).toBe(true);
  await again.stop();
});

it('leaves nothing when it cannot start', async () => {
  const missing = testPrograms().then((all) => all.filter(({ name }) => name !== 'squads'));
  await expect(startSandbox({ dataDir: folder, name: 'broken', programs: missing })).rejects.toMatchObject({
    code: 'PROGRAMS_MISSING',
  });
  expect(await readdir(join(folder, 'sandbox', 'broken'))).toEqual([]);
});

it('starts bare: Squads ready to create a council, nothing of ours, no sandbox.json', async () => {
  const bare = await startBareNetwork({ dataDir: folder, name: 'bare', programs: testPrograms() });
  try {
    const there = new Connection(bare.info.rpcUrl, 'confirmed');
    const [config] = multisig.getProgramConfigPda({});
    expect(
      (
        await multisig.accounts.ProgramConfig.fromAccountAddress(there, config)
      ).multisigCreationFee.toString(),
    ).toBe('0');
    expect(await there.getAccountInfo(new PublicKey(sandbox.info.programId))).toBeNull();
    expect('council' in bare.info).toBe(false);
    await expect(access(join(folder, 'sandbox', 'bare', 'sandbox.json'))).rejects.toThrow();
  } finally {
    await bare.stop();
  }
});
