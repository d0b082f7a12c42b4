import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultyRpc } from '#test/support/faulty-rpc.ts';
import { freshFolder, runSip } from '../testing/run-sip.ts';

const MINT = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const DEPLOYMENT = ['--council', MINT, '--program-id', MINT];

interface Shown {
  readonly value: string | null;
  readonly source: string | null;
}

async function setting(
  name: string,
  options: Parameters<typeof runSip>[1],
  ...flags: string[]
): Promise<Shown> {
  const { json } = await runSip(['config', 'get', name, '--output', 'json', ...flags], options);
  const [found] = json().settings as Shown[];
  return { value: found?.value ?? null, source: found?.source ?? null };
}

describe('config', () => {
  it('takes the closest of flag, environment, project, console, Solana and default', async () => {
    const cwd = freshFolder();
    const solana = join(cwd, '.config/solana/cli');
    mkdirSync(solana, { recursive: true });
    writeFileSync(
      join(solana, 'config.yml'),
      `json_rpc_url: https://a.example\nkeypair_path: solana.json\ncommitment: finalized\n`,
    );
    expect(await setting('keypair', { cwd })).toEqual({ value: 'solana.json', source: 'solana' });
    expect(await setting('commitment', { cwd })).toEqual({ value: 'finalized', source: 'solana' });
    // Solana's endpoint is not taken by accident.
    expect(await setting('url', { cwd })).toEqual({ value: null, source: null });
    expect(await setting('url', { cwd }, '-C', join(solana, 'config.yml'))).toMatchObject({
      source: 'solana',
    });

    await runSip(['config', 'set', 'keypair', 'console.json'], { cwd });
    expect(await setting('keypair', { cwd })).toEqual({ value: 'console.json', source: 'console' });
    writeFileSync(join(cwd, 'sip.json'), JSON.stringify({ keypair: 'project.json' }));
    const below = join(cwd, 'a/b');
    mkdirSync(below, { recursive: true });
    expect(await setting('keypair', { cwd: below, env: { HOME: cwd } })).toEqual({
      value: join(cwd, 'project.json'),
      source: 'project',
    });
    expect(await setting('keypair', { cwd, env: { SIP_KEYPAIR: 'env.json' } })).toEqual({
      value: 'env.json',
      source: 'environment',
    });
    expect(await setting('keypair', { cwd, env: { SIP_KEYPAIR: 'env.json' } }, '-k', 'flag.json')).toEqual({
      value: 'flag.json',
      source: 'flag',
    });
    const warned = await runSip(['config', 'set', 'keypair', 'other.json'], { cwd });
    expect(warned.stderr).toContain('wins');
    await runSip(['config', 'unset', 'keypair'], { cwd });
    expect(await setting('keypair', { cwd: freshFolder(), env: { HOME: cwd } })).toEqual({
      value: 'solana.json',
      source: 'solana',
    });
  });

  it('can make JSON the usual form', async () => {
    const cwd = freshFolder();
    await runSip(['config', 'set', 'output', 'json'], { cwd });
    expect((await runSip(['profile', 'list'], { cwd })).json()).toMatchObject({ current: 'embedded' });
    expect((await runSip(['profile', 'list', '--output', 'display'], { cwd })).stdout).toBe('* embedded\n');
  });

  it('keeps everything in the data folder it is told', async () => {
    const cwd = freshFolder();
    await runSip(['config', 'set', 'url', 'd', '--data-dir', 'elsewhere'], { cwd });
    expect(await setting('url', { cwd })).toEqual({ value: null, source: null });
    expect(await setting('url', { cwd, env: { SIP_DATA_DIR: join(cwd, 'elsewhere') } })).toEqual({
      value: 'd',
      source: 'console',
    });
  });

  it('refuses files that are damaged, naming them', async () => {
    for (const text of ['', '[]', '{"colour":"red"}', '{"url":1}']) {
      const cwd = freshFolder();
      writeFileSync(join(cwd, 'sip.json'), text);
      const { code, json } = await runSip(['profile', 'list', '--output', 'json'], { cwd });
      expect([code, json().error]).toMatchObject([1, { code: 'SETTINGS_INVALID' }]);
    }
  });
});

describe('profile', () => {
  it('is added, used, shown and removed', async () => {
    const cwd = freshFolder();
    const add = [
      'profile',
      'add',
      'live',
      '-u',
      'm',
      '--endpoint',
      'https://b.example',
      ...DEPLOYMENT,
      '--output',
      'json',
    ];
    const { json } = await runSip(add, { cwd });
    expect(json()).toMatchObject({
      name: 'live',
      cluster: 'mainnet',
      endpoints: ['https://api.mainnet-beta.solana.com', 'https://b.example'],
      genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
      quorum: { agree: 2, of: 3, commitment: 'finalized' },
    });
    await runSip(['profile', 'use', 'live'], { cwd });
    expect((await runSip(['profile', 'list'], { cwd })).stdout).toBe('  embedded\n* live\n');
    expect((await runSip(['profile', 'show', '--output', 'json'], { cwd })).json()).toMatchObject({
      name: 'live',
    });
    await runSip(['profile', 'remove', 'live'], { cwd });
    expect((await runSip(['profile', 'list'], { cwd })).stdout).toBe('* embedded\n');
  });

  it('pins the genesis hash, so that another cluster behind the same URL is refused', async () => {
    const cwd = freshFolder();
    let genesis = '4sGjMW1sUnHzSxGspuhpqLDx6wiyjNtZAMdL4VZHirAn';
    const server = await faultyRpc((method) =>
      method === 'getGenesisHash' ? genesis : { context: { slot: 1 }, value: [null] },
    );
    try {
      const added = await runSip(
        ['profile', 'add', 'test', '-u', server.url, ...DEPLOYMENT, '--output', 'json'],
        { cwd },
      );
      expect(added.json()).toMatchObject({ genesisHash: genesis, cluster: 'local' });
      const there = await runSip(['council', '--profile', 'test', '--output', 'json'], { cwd });
      expect(there.json().error).toMatchObject({ code: 'NOT_A_COUNCIL' });
      genesis = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';
      const moved = await runSip(['council', '--profile', 'test', '--output', 'json'], { cwd });
      expect(moved.json().error).toMatchObject({ code: 'WRONG_CLUSTER' });
      const asDevnet = await runSip(['council', '-u', server.url, '--profile', 'test', '--output', 'json'], {
        cwd,
      });
      expect(asDevnet.json().error).toMatchObject({ code: 'WRONG_CLUSTER' });
    } finally {
      await server.close();
    }
  });

  it('is outranked by a URL that is said more closely, and outranks one that is not', async () => {
    const cwd = freshFolder();
    const server = await faultyRpc((method) =>
      method === 'getGenesisHash' ? MINT : { context: { slot: 1 }, value: [null] },
    );
    try {
      const env = { SIP_URL: server.url };
      const adHoc = await runSip(['council', ...DEPLOYMENT, '--output', 'json'], { cwd, env });
      expect(adHoc.json().error).toMatchObject({ code: 'NOT_A_COUNCIL' });
      const chosen = await runSip(['council', '--profile', 'embedded', '--output', 'json'], { cwd, env });
      expect(chosen.json().error).toMatchObject({ code: 'SANDBOX_NOT_RUNNING' });
      expect(server.asked.length).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  });

  it('may be a file by path, and a broken one is refused by field', async () => {
    const cwd = freshFolder();
    const whole = { name: 'x', endpoints: ['http://127.0.0.1:1'], council: MINT, programId: MINT };
    const cases: [unknown, string][] = [
      [{ ...whole, council: 'nobody' }, 'council: '],
      [{ ...whole, endpoints: [] }, 'endpoints: '],
      [{ ...whole, endpoints: ['ftp://x'] }, 'endpoints.0: '],
      [{ ...whole, colour: 'red' }, 'colour'],
      [[], ''],
    ];
    for (const [value, words] of cases) {
      writeFileSync(join(cwd, 'p.json'), JSON.stringify(value));
      const { code, json } = await runSip(['council', '--profile', './p.json', '--output', 'json'], { cwd });
      expect([code, json().error]).toMatchObject([
        1,
        { code: 'PROFILE_INVALID', message: expect.stringContaining(words) },
      ]);
    }
    writeFileSync(join(cwd, 'p.json'), JSON.stringify(whole));
    const added = await runSip(['profile', 'add', 'mine', '--from', 'p.json', '--output', 'json'], { cwd });
    expect(added.json()).toMatchObject({ name: 'mine', council: MINT });
  });
});
