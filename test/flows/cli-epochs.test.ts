import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutProgress } from '#governance/cli/testing/run-sip.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { type CliWorld, errorOf, startCliWorld } from '#test/support/cli-world.ts';
import { LSTS, sipFile, whitelist } from '#test/support/sip-text.ts';

/** Restaking epochs, deposits and the pause, by command line; a SIP that was handed in; watching all of it. */

let world: CliWorld;
let opensAt: bigint;
const timeText = (unix: bigint) => new Date(Number(unix) * 1000).toISOString().replace('.000Z', 'Z');

beforeAll(async () => {
  world = await startCliWorld({ members: 2, threshold: 1, timeLockSeconds: 0 });
  opensAt = world.today + 2n * 86_400n;
  const epoch = {
    kind: 'schedule-epoch',
    params: {
      index: 0,
      'opens-at': timeText(opensAt),
      'closes-at': timeText(opensAt + 86_400n),
      access: 'invite-only',
      withdrawals: 'on',
      caps: [{ ...LSTS.mSOL, cap: '100' }],
    },
  };
  const actions = [whitelist('mSOL', '250000'), whitelist('bSOL', 'unlimited'), epoch];
  await world.write(sipFile({ sip: 2, title: 'Open Epoch 0', actions }, world.today));
}, 1_800_000);
afterAll(() => world?.stop());

const refused = async (...argv: string[]) => {
  const document = await world.json(argv);
  return [document.exit, errorOf(document).code, errorOf(document).sent];
};

describe('an epoch', () => {
  it('warns of a pool without a cap, and is scheduled by a SIP that its author handed in', async () => {
    expect(await world.json(['check', '2'])).toMatchObject({
      exit: 0,
      findings: [{ level: 'warning', code: 'pool-without-cap', action: null }],
    });
    const file = join(world.folder, 'epoch.sipz');
    const author = world.sandbox.info.depositor;
    const exported = await world.sip(['export', '2', file, '--keypair', author.keypairPath]);
    expect(withoutProgress(exported.stderr)).toBe('');
    const submitted = await world.sip(['submit', file]);
    expect(submitted.stdout).toContain(author.publicKey);
    expect(submitted.code).toBe(0);
    expect(await world.json(['submit', '2'])).toMatchObject({ outcome: 'already-proposed' });
    expect(await world.json(['approve', '2'])).toMatchObject({ exit: 0 });
    expect(await world.json(['execute', '2', '--as', '1'])).toMatchObject({ exit: 0, stateAsExpected: true });
    expect(await world.json(['status', '2'])).toMatchObject({
      status: 'Executed',
      due: [{ step: 'activate', epoch: 0, who: [world.sandbox.info.epochAdmin.publicKey] }],
    });
  });

  it('cannot be activated before its time, out of order or by another key: exit 4 with a check list', async () => {
    const early = await world.json(['epoch', 'activate']);
    expect(early).toMatchObject({ exit: 4, ok: false, index: 0 });
    expect(early.gates).toContainEqual(expect.objectContaining({ name: 'window open', passed: false }));
    expect(await refused('epoch', 'activate', '1')).toEqual([4, 'EPOCH_NOT_READY', 'no']);
    expect(await refused('epoch', 'activate', 'one')).toEqual([2, 'USAGE', 'no']);
    expect(await refused('epoch', 'close')).toEqual([4, 'EPOCH_NOT_READY', 'no']);
    expect(await refused('restake', '--lst', 'mSOL', '--amount', '1')).toEqual([4, 'EPOCH_NOT_READY', 'no']);
    const { stdout } = await world.sip(['epoch', 'activate']);
    expect(stdout).toMatch(/✗ window open/);
    await world.sandbox.warpTo(opensAt as UnixSeconds);
    expect(await refused('epoch', 'activate', '--as', '0')).toEqual([4, 'EPOCH_NOT_READY', 'no']);
  });

  it('is activated by the epoch admin, and takes invited deposits within its cap', async () => {
    expect(await world.json(['epoch', 'activate', '0'])).toMatchObject({ exit: 0, ok: true, index: 0 });
    const restake = ['restake', '--lst', 'mSOL', '--amount'];
    expect(await refused(...restake, '1')).toEqual([1, 'PROGRAM_ERROR', 'no']);
    const invited = ['--gatekeeper', 'gatekeeper'];
    const done = await world.json([...restake, '1.5', ...invited]);
    expect(done).toMatchObject({
      exit: 0,
      symbol: 'mSOL',
      amountBaseUnits: '1500000000',
      depositedBaseUnits: '1500000000',
    });
    const tooMuch = await world.json([...restake, '98.500000001', ...invited]);
    expect(errorOf(tooMuch).message).toContain('EpochCapExceeded');
    expect(await refused(...restake, '0', ...invited)).toEqual([2, 'USAGE', 'no']);
    expect(await refused(...restake, '0.0000000001', ...invited)).toEqual([2, 'USAGE', 'no']);
    expect(await refused('restake', '--lst', 'JupSOL', '--amount', '1')).toEqual([
      1,
      'LST_NOT_WHITELISTED',
      'no',
    ]);
    expect(await refused('restake', '--amount', '1')).toEqual([2, 'USAGE', 'no']);
    expect(await world.json(['unrestake', '--lst', LSTS.mSOL.mint, '--amount', '0.5'])).toMatchObject({
      exit: 0,
      depositedBaseUnits: '1000000000',
    });
  });

  it('is shown beside its plan', async () => {
    const { epochs, ...rest } = await world.json(['epochs']);
    expect(rest).toMatchObject({
      exit: 0,
      activeEpoch: 0,
      nextActivation: 1,
      withdrawalsOpen: true,
      paused: false,
    });
    expect(epochs).toMatchObject([
      {
        index: 0,
        status: 'active',
        opensAt: `${opensAt}`,
        access: 'invite-only',
        sip: 2,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        activatedBy: world.sandbox.info.epochAdmin.publicKey,
        plan: [],
        due: null,
        poolsWithoutCap: ['bSOL'],
        caps: [{ symbol: 'mSOL', cap: '100000000000', filled: '1500000000' }],
      },
    ]);
    const { stdout } = await world.sip(['epochs']);
    expect(stdout).toMatch(/Epoch 0 {2}active/);
    expect(stdout).toMatch(/mSOL +100 +1\.5 +1\.5 % +2/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('is closed by anyone once its window has passed', async () => {
    await world.sandbox.warpTo((opensAt + 86_400n) as UnixSeconds);
    expect((await world.sip(['epochs'])).stdout).toContain('sip epoch close 0');
    expect(await world.json(['epoch', 'close', '--as', 'depositor'])).toMatchObject({ exit: 0, index: 0 });
    expect(await world.json(['status', '2'])).toMatchObject({ status: 'Activated', due: [] });
  });
});

describe('the pause', () => {
  it('is the guardian’s, and stops deposits', async () => {
    expect(await refused('pause', '--as', '0')).toEqual([1, 'ROLE_NOT_HELD', 'no']);
    const paused = await world.json(['pause']);
    expect(paused).toMatchObject({ exit: 0, paused: true });
    expect(Number(paused.until) - Number(paused.since)).toBe(7 * 86_400);
    const again = await world.json(['pause']);
    expect(errorOf(again).message).toContain('AlreadyPaused');
    expect((await world.sip(['epochs'])).stdout).toContain('paused');
  });
});

describe('watch', () => {
  it('prints what stands and what changes, and ends cleanly', async () => {
    const controller = new AbortController();
    const seen: { sip: number; status: string }[] = [];
    const told: (() => void)[] = [];
    const watching = world.sip(['watch', '--interval', '1', '--output', 'json'], {
      interrupt: controller.signal,
      onStdout: (text) => {
        seen.push(JSON.parse(text));
        told.shift()?.();
      },
    });
    const next = () => new Promise<void>((resolve) => told.push(resolve));
    await next();
    expect(seen).toMatchObject([{ sip: 2, status: 'Activated' }]);
    controller.abort('SIGINT');
    const { code, stderr } = await watching;
    expect([code, withoutProgress(stderr)]).toEqual([0, '']);
  });
});
