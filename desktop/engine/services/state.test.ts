import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../engine.ts';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine((dataDir) => writeFile(join(dataDir, 'desktop.json'), 'no settings'));
});
afterAll(() => test?.stop());

const read = () => test.get('state.read', {});

describe('the state', () => {
  it('tells the network, the seats and who signs', async () => {
    const state = await read();
    expect(state).toMatchObject({
      ...{
        phase: 'ready',
        failure: null,
        seat: '0',
        theme: 'system',
        notifications: true,
        explorer: 'solana',
      },
      network: {
        ...{ name: 'Embedded network', cluster: 'embedded', ephemeral: true, paused: false, lookOnly: null },
        ...{ council: test.info.council, programId: test.info.programId, vault: test.info.vault },
      },
    });
    expect(state.seats.map(({ id }) => id)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      'epoch-admin',
      'guardian',
    ]);
    expect(state.counts).toEqual({ inbox: 7, epochs: 0 });
    expect((await test.get('inbox.read', {})).sections.map(({ title }) => title)).toEqual([
      'Waiting for a sponsor',
    ]);
  });

  it('warns of settings that could not be read, by their file’s name', async () => {
    expect((await read()).warning).toMatchObject({
      code: 'SETTINGS_INVALID',
      message: 'The settings in desktop.json cannot be used: it is not JSON.',
    });
  });

  it('keeps what is chosen', async () => {
    await test.get('theme.choose', { theme: 'dark' });
    await test.get('notifications.choose', { on: false });
    await test.get('explorer.choose', { explorer: 'none' });
    await test.as('guardian');
    expect(await read()).toMatchObject({
      theme: 'dark',
      notifications: false,
      explorer: 'none',
      seat: 'guardian',
    });
    const kept = JSON.parse(await readFile(join(test.dataDir, 'desktop.json'), 'utf8')) as object;
    expect(kept).toMatchObject({ theme: 'dark', seats: { embedded: 'guardian' } });
  });

  it('has nobody sign for a seat that is not there', async () => {
    await test.as('the-moon');
    expect((await read()).seat).toBeNull();
  });

  it('goes with the chain’s clock, which moves on here alone', async () => {
    const before = (await read()).network?.now ?? 0;
    await test.get('network.warp', { seconds: 3600 });
    expect((await read()).network?.now).toBeGreaterThanOrEqual(before + 3600);
  });
});

describe('without a chain', () => {
  it('the state says so, and what was heard last stays', async () => {
    test.gate.closed = true;
    const state = await read();
    expect(state).toMatchObject({ phase: 'ready', failure: { code: 'ENDPOINT_DOWN', sent: 'no' } });
    expect(state.network?.slot).not.toBeNull();
    await expectRefused(test.ask('inbox.read', {}), 'ENDPOINT_DOWN');
    test.gate.closed = false;
    expect((await read()).failure).toBeNull();
  });

  it('that never came up every call says why', async () => {
    const folders = {
      dataDir: join(test.dataDir, 'another'),
      appFolder: join(test.dataDir, 'nothing there'),
    };
    const startNetwork = () => Promise.reject(new Error('there is none'));
    const engine = new Engine(folders, { ...test.engine.outside, startNetwork });
    await engine.start();
    expect(await engine.answer('state.read', {})).toMatchObject({
      ok: true,
      value: { phase: 'failed', network: null, seats: [], failure: { code: expect.any(String) } },
    });
    for (const call of ['inbox.read', 'sips.list', 'council.read'] as const)
      expect(await engine.answer(call, {})).toMatchObject({ ok: false });
    await engine.stop();
  });

  it('before it came up they say that it is starting', async () => {
    const engine = new Engine({ dataDir: test.dataDir, appFolder: test.dataDir }, test.engine.outside);
    expect(await engine.answer('sips.list', {})).toMatchObject({
      ok: false,
      error: { code: 'STARTING', sent: 'no' },
    });
    expect(await engine.answer('state.read', {})).toMatchObject({ ok: true, value: { phase: 'starting' } });
  });
});
