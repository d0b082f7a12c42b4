import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sending } from '#governance/chain/sending.ts';
import { resolveSettings } from '#governance/profile/settings.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { type FaultyRpc, faultyRpc } from '#test/support/faulty-rpc.ts';
import { type Context, createContext } from './context.ts';
import { dataFolder } from './folders.ts';
import { flagLayer, type Globals } from './globals.ts';
import { chooseKeypair } from './signers.ts';
import { freshFolder } from './testing/run-sip.ts';

const MAINNET = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';

let server: FaultyRpc;
let genesis = MAINNET;
beforeAll(async () => {
  server = await faultyRpc(() => genesis);
});
afterAll(() => server.close());

function context(given: { globals?: Globals; typed?: readonly string[]; folder?: string } = {}): Context {
  const folder = given.folder ?? freshFolder();
  const globals: Globals = { url: server.url, ...given.globals } as Globals;
  const stdin = Object.assign(Readable.from((given.typed ?? []).map((line) => `${line}\n`)), {
    isTTY: given.typed !== undefined,
  });
  return createContext({
    io: {
      stdout: { write: () => undefined },
      stderr: { write: () => undefined },
      stdin,
      env: { HOME: folder },
      cwd: folder,
      interrupt: new AbortController().signal,
      leave: () => undefined,
    },
    globals,
    settings: resolveSettings({ flag: flagLayer(globals) }),
    dataDir: folder,
    sent: new Sending(),
    commands: async () => [],
    progress: { stage: () => undefined, done: () => undefined },
    print: () => undefined,
  });
}

describe('confirmation', () => {
  it('asks for the typed word on mainnet, by genesis hash', async () => {
    await expect(context({ typed: ['mainnet'] }).confirm('approve')).resolves.toBeUndefined();
    await expect(context({ typed: ['yes'] }).confirm('approve')).rejects.toMatchObject({
      code: 'CONFIRMATION_REFUSED',
    });
    await expect(context().confirm('approve')).rejects.toMatchObject({ code: 'USAGE', exit: 2 });
    await expect(
      context({ typed: ['mainnet'], globals: { noInput: true } as Globals }).confirm('approve'),
    ).rejects.toMatchObject({ code: 'USAGE' });
    await expect(context({ globals: { yes: true } as Globals }).confirm('approve')).resolves.toBeUndefined();
    expect((await context().cluster()).quorum).toEqual({ agree: 2, of: 3, commitment: 'finalized' });
  });

  it('asks nothing elsewhere', async () => {
    genesis = '4sGjMW1sUnHzSxGspuhpqLDx6wiyjNtZAMdL4VZHirAn';
    await expect(context().confirm('approve')).resolves.toBeUndefined();
    genesis = MAINNET;
  });
});

describe('the journal', () => {
  it('stands in the data folder under the genesis hash that the endpoint tells', async () => {
    const folder = freshFolder();
    await context({ folder }).sending((ports) =>
      ports.journal.append({ kind: 'intent', what: 'x', messageHash: '00' }),
    );
    expect(readdirSync(folder)).toEqual([`journal-${MAINNET}`]);
  });
});

describe('the signer', () => {
  const seat = (name: string) => ({ publicKey: name, keypairPath: `/keys/${name}.json` });
  const sandbox = {
    members: ['0', '1'].map(seat),
    epochAdmin: seat('epoch-admin'),
    guardian: seat('guardian'),
  } as unknown as SandboxInfo;
  const io = { env: { HOME: '/users/ada' }, cwd: '/elsewhere' };
  const embedded = { profile: 'embedded', sandbox, endpoints: ['http://x'] } as const;
  const live = { profile: 'live', sandbox: null, endpoints: ['http://x'], keypair: 'live.json' } as const;
  const choose = (choice: Partial<Parameters<typeof chooseKeypair>[1]>) =>
    chooseKeypair(io, { as: undefined, settings: {}, deployment: embedded, usual: 0, ...choice }).path;
  const from = (source: 'flag' | 'solana', value: string) => ({ keypair: { value, source, where: source } });

  it('is who is named first: --as, --keypair, the usual seat, the profile, Solana', () => {
    expect(choose({ as: '1' })).toBe('/keys/1.json');
    expect(choose({ settings: from('flag', '~/id.json') })).toBe('/users/ada/id.json');
    expect(choose({ settings: from('solana', '/s.json'), usual: 'epoch-admin' })).toBe(
      '/keys/epoch-admin.json',
    );
    expect(choose({ deployment: live, settings: from('solana', '/s.json') })).toBe('/elsewhere/live.json');
    expect(choose({ deployment: null, settings: from('solana', '/s.json') })).toBe('/s.json');
    expect(choose({ deployment: null })).toBe('/users/ada/.config/solana/id.json');
  });

  it('is refused where it makes no sense', () => {
    for (const choice of [
      { as: '2' },
      { as: 'president' },
      { as: '1', deployment: live },
      { as: '1', settings: from('flag', 'x') },
      { settings: from('flag', 'ASK') },
    ])
      expect(() => choose(choice)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => choose({ settings: from('flag', 'usb://ledger?key=0/0') })).toThrow(
      expect.objectContaining({ code: 'LEDGER_UNSUPPORTED' }),
    );
  });
});

it('finds the data folder that the platform has for it', () => {
  const io = { env: { HOME: '/users/ada' }, cwd: '/elsewhere' };
  expect(dataFolder(io, undefined, 'linux')).toBe('/users/ada/.local/share/solayer-council');
  expect(dataFolder({ ...io, env: { ...io.env, XDG_DATA_HOME: '/xdg' } }, undefined, 'linux')).toBe(
    '/xdg/solayer-council',
  );
  expect(dataFolder({ ...io, env: { ...io.env, XDG_DATA_HOME: 'relative' } }, undefined, 'linux')).toBe(
    '/users/ada/.local/share/solayer-council',
  );
  expect(dataFolder(io, undefined, 'darwin')).toBe('/users/ada/Library/Application Support/solayer-council');
  expect(dataFolder({ ...io, env: { ...io.env, SIP_DATA_DIR: 'here' } }, undefined)).toBe('/elsewhere/here');
  expect(dataFolder({ ...io, env: { ...io.env, SIP_DATA_DIR: 'here' } }, '/flag')).toBe('/flag');
});
