import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSip } from '#governance/cli/testing/run-sip.ts';
import { LSTS, type SmallSip, sipFile, whitelist } from '#test/support/sip-text.ts';

/** `sip rehearse` as scripts and people meet it. The repository's own documents are rehearsed in rehearse.test.ts. */

let folder: string;
let temporary: string;
const PROJECT = { SIP_PROJECT: process.cwd() };
/** Long ago: a rehearsal works on any day. */
const THEN = BigInt(Date.UTC(2024, 4, 16) / 1000);

const write = async (name: string, ...sips: SmallSip[]) => {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  for (const sip of sips) {
    const { file, bytes } = sipFile(sip, THEN);
    await writeFile(join(path, file), bytes);
  }
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-rehearse-'));
  temporary = join(folder, 'tmp');
  await mkdir(temporary);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The folder for temporary files is this test's own, so that it sees what is left behind. */
async function rehearse(argv: readonly string[], interrupt?: AbortSignal, onStdout?: (text: string) => void) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  try {
    return await runSip(['rehearse', ...argv], {
      cwd: folder,
      env: PROJECT,
      ...(interrupt && { interrupt }),
      ...(onStdout && { onStdout }),
    });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    expect(await readdir(temporary)).toEqual([]);
  }
}

describe('sip rehearse', () => {
  it('plays a folder ten years later, in the stable form, and keeps the copies', async () => {
    const good = await write('good', {
      sip: 2,
      title: 'Whitelist mSOL',
      actions: [whitelist('mSOL', '250000')],
    });
    const keep = join(folder, 'kept');
    const ran = await rehearse([
      good,
      ...['--keep', keep, '--members', '2', '--threshold', '2', '--time-lock', '60'],
      ...['--start-time', '2036-02-29T12:00:00Z', '--output', 'json'],
    ]);
    expect(ran.code).toBe(0);
    const document = ran.json();
    expect(Object.keys(document)).toEqual(['schemaVersion', 'ok', 'stages', 'final']);
    const stages = document.stages as Record<string, unknown>[];
    expect(stages.map(({ name }) => name)).toEqual([
      'lint',
      'compile',
      'check',
      'propose',
      'propose again',
      'approve (1 of 2)',
      'execute too early',
      'approve (2 of 2)',
      'execute in the time lock',
      'time lock',
      'execute',
      'verify',
      'expect',
    ]);
    const known = new Set(['sip', 'name', 'ok', 'ms', 'signature', 'computeUnits', 'error']);
    for (const stage of stages) expect(Object.keys(stage).filter((key) => !known.has(key))).toEqual([]);
    expect(stages).toContainEqual(
      expect.objectContaining({
        name: 'execute',
        ok: true,
        signature: expect.any(String),
        computeUnits: expect.any(Number),
      }),
    );
    const final = document.final as Record<string, Record<string, unknown>[]>;
    expect(Object.keys(final)).toEqual(['pools', 'operators', 'epochs', 'sips']);
    expect(final.sips).toMatchObject([{ sip: 2, status: 'Executed' }]);
    expect(final.sips?.[0]?.digest).not.toBe(final.sips?.[0]?.originalDigest);
    expect(await readdir(keep)).toEqual(['sip-0002-whitelist-msol.md']);
    expect(ran.stderr).toContain('execute in the time lock');
  });

  it('ends non-zero at the first stage that is not as expected, and names it', async () => {
    const actions = [
      {
        kind: 'set-pool-cap',
        params: { mint: LSTS.mSOL.mint, symbol: 'mSOL', decimals: 9, cap: '1' },
      },
    ];
    const bad = await write('bad', { sip: 2, title: 'Cap what is not there', actions });
    const ran = await rehearse([bad]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/✗ check/);
    expect(ran.stdout).toContain('The rehearsal failed in 1 stage');
    expect(Math.max(...ran.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('leaves nothing behind when interrupted', async () => {
    const good = await write('good', {
      sip: 2,
      title: 'Whitelist mSOL',
      actions: [whitelist('mSOL', '250000')],
    });
    const controller = new AbortController();
    const ran = await rehearse([good], controller.signal, (text) => {
      if (text.includes('propose')) controller.abort('SIGINT');
    });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain('[INTERRUPTED]');
  });

  it.each([
    [['nowhere'], 1, 'FILE_UNREADABLE'],
    [['.'], 1, 'SIPS_NOT_FOUND'],
    [['.', '--members', '0'], 2, 'USAGE'],
    [['.', '--start-time', 'soon'], 2, 'USAGE'],
  ])('refuses %j', async (argv, code, error) => {
    const ran = await rehearse([...argv, '--output', 'json']);
    expect([ran.code, (ran.json().error as { code: string }).code]).toEqual([code, error]);
  });
});
