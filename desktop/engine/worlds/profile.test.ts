import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EngineCall, Request, Response } from '#desktop/shared/contract.ts';
import type { Envelope } from '#desktop/shared/envelope.ts';
import { folderFiles } from '#governance/adapters/files.ts';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { checkAudit } from '#governance/audit/check.ts';
import { parseAudit } from '#governance/audit/document.ts';
import { type CliWorld, startCliWorld } from '#test/support/cli-world.ts';
import { type FaultyRpc, faultyRpc } from '#test/support/faulty-rpc.ts';
import { Engine } from '../engine.ts';
import type { Outside } from '../outside.ts';

/** What was saved last, by its name. */
const saved = new Map<string, Uint8Array>();

/** Signs what it is asked to, without a window; everything else of main is not there. */
const fakeOutside: Outside = {
  choose: async () => null,
  save: async (fileName, bytes) => {
    saved.set(fileName, bytes);
    return true;
  },
  allow: async () => true,
  startNetwork: () => Promise.reject(new Error('no network of its own here')),
  ledgerAddresses: async () => [],
  ledgerShow: () => Promise.reject(new Error('no Ledger here')),
  inspect: async (path) => (await keypairFileSigner(path)).publicKey.toBase58(),
  sign: async ({ source, message }) =>
    (await keypairFileSigner((source as { path: string }).path)).sign(message as Uint8Array),
  networkGone: () => undefined,
};

let cluster: CliWorld;
let endpoint: FaultyRpc;
let dataDir: string;
let engine: Engine;

beforeAll(async () => {
  cluster = await startCliWorld();
  endpoint = await faultyRpc(cluster.sandbox.info.rpcUrl);
});
afterAll(async () => {
  await endpoint?.close();
  await cluster?.stop();
});
afterEach(() => endpoint.plan());

async function ask<N extends EngineCall>(name: N, request: Request<N>): Promise<Envelope<Response<N>>> {
  return (await engine.answer(name, request)) as Envelope<Response<N>>;
}

/** An engine whose settings name a profile of that content. */
async function engineWith(profile: Readonly<Record<string, unknown>>): Promise<void> {
  dataDir = await mkdtemp(join(tmpdir(), 'engine-'));
  const { council, programId } = cluster.sandbox.info;
  const files = folderFiles(dataDir);
  const text = { schemaVersion: 1, name: 'live', council, programId, endpoints: [endpoint.url], ...profile };
  await files.write('profiles/live.json', Buffer.from(JSON.stringify(text)));
  await files.write('desktop.json', Buffer.from(JSON.stringify({ profile: 'live' })));
  engine = new Engine({ appFolder: dataDir, dataDir }, fakeOutside);
  await engine.start();
}
afterEach(async () => {
  // What it has noted so far is still being written.
  await engine?.stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

describe('a profile', () => {
  it('shows the deployment, and looks only while it has no key', async () => {
    await engineWith({ genesisHash: await cluster.rpc.genesisHash() });
    const state = await ask('state.read', {});
    expect(state).toMatchObject({
      ok: true,
      value: {
        phase: 'ready',
        failure: null,
        seat: null,
        seats: [],
        network: { name: 'live', cluster: 'local', ephemeral: false, lookOnly: null },
      },
    });
    expect(await ask('council.read', {})).toMatchObject({ ok: true, value: { threshold: 3 } });
    expect(await ask('guardian.pause', {})).toMatchObject({
      ok: false,
      error: { code: 'USAGE', sent: 'no' },
    });
    expect(await ask('network.warp', { seconds: 1 })).toMatchObject({
      ok: false,
      error: { code: 'NOT_OUR_CLOCK' },
    });
  });

  it('signs with its keypair what the council’s member may do', async () => {
    const [, member] = cluster.sandbox.info.members;
    await engineWith({ genesisHash: await cluster.rpc.genesisHash(), keypair: member?.keypairPath });
    await ask('council.read', {});
    expect(await ask('seat.choose', { seat: 'profile' })).toMatchObject({ ok: true });
    const state = await ask('state.read', {});
    expect(state).toMatchObject({
      ok: true,
      value: {
        seat: 'profile',
        seats: [{ publicKey: member?.publicKey, permissions: ['initiate', 'vote', 'execute'] }],
      },
    });
    const text = await readFile(join('sips', 'sip-0008-whitelist-jupsol.md'), 'utf8');
    const { world } = engine;
    await world.documents.save('sip-0008-whitelist-jupsol.md', text);
    await world.documents.seed(world.documents.folder, (await world.rpc.clock()).unixTimestamp);
    expect(await ask('sips.submit', { sip: 8 })).toMatchObject({
      ok: true,
      value: { sentence: 'SIP-8 is before the council as transaction 1.' },
    });
    expect(await ask('proposals.read', { transactionIndex: '1' })).toMatchObject({
      ok: true,
      value: { verdict: 'match' },
    });

    // Its whole way, for a third party, who finds every statement true.
    expect(await ask('sips.audit', { sip: 8 })).toEqual({ ok: true, value: { saved: true } });
    const file = 'sip-0008-whitelist-jupsol.audit.json';
    const audit = parseAudit(saved.get(file) ?? new Uint8Array(), file);
    const { council, programId } = cluster.sandbox.info;
    const genesisHash = await cluster.rpc.genesisHash();
    expect(checkAudit(audit, { council, programId, genesisHash }, file).faults).toEqual([]);
    expect(audit.transactions).toMatchObject([{ transactionIndex: 1, verdict: 'match' }]);
    expect(audit.journal.length).toBeGreaterThan(0);
  });

  it('of another cluster is refused, and nothing is shown as fact', async () => {
    await engineWith({
      genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
      endpoints: [endpoint.url, endpoint.url.replace('127.0.0.1', 'localhost')],
    });
    const state = await ask('state.read', {});
    expect(state).toMatchObject({
      ok: true,
      value: { phase: 'ready', failure: { code: 'WRONG_CLUSTER' }, network: { slot: null, now: null } },
    });
    for (const call of ['council.read', 'epochs.read', 'registry.read'] as const)
      expect(await ask(call, {})).toMatchObject({ ok: false, error: { code: 'WRONG_CLUSTER' } });
    expect(await ask('proposals.list', { page: null })).toMatchObject({
      ok: false,
      error: { code: 'WRONG_CLUSTER' },
    });
  });

  it('has no guide: that is for a network of one’s own', async () => {
    await engineWith({});
    expect(await ask('guide.read', {})).toEqual({ ok: true, value: null });
    expect(await ask('guide.draft', {})).toMatchObject({ ok: false, error: { code: 'USAGE', sent: 'no' } });
  });

  it('without a network leaves documents readable and says what is missing', async () => {
    endpoint.plan({ fault: { kind: 'drop' } });
    await engineWith({ genesisHash: await cluster.rpc.genesisHash() });
    const text = await readFile(join('sips', 'sip-0008-whitelist-jupsol.md'), 'utf8');
    await engine.world.documents.save('sip-0008-whitelist-jupsol.md', text);
    for (;;) {
      const state = await ask('state.read', {});
      if (state.ok && state.value.failure) {
        expect(state.value.failure).toMatchObject({ code: 'ENDPOINT_DOWN', sent: 'no' });
        break;
      }
    }
    expect(await ask('sips.list', {})).toMatchObject({ ok: true, value: [{ sip: 8, status: 'Unknown' }] });
    expect(await ask('sips.read', { sip: 8 })).toMatchObject({ ok: true, value: { text } });
    expect(await ask('sips.lint', { text, fileName: 'sip-0008-whitelist-jupsol.md' })).toMatchObject({
      ok: true,
      value: { ok: true },
    });
  });

  it('keeps what is typed under the name of a SIP and under no other', async () => {
    await engineWith({});
    for (const fileName of [
      'sip-0009-/../../x.md',
      '../sip-0009-x.md',
      'x.md',
      'sip-0009-\u0000.md',
      'sip-00091x.md',
    ])
      expect(await ask('sips.keep', { fileName, text: 'x' })).toMatchObject({
        ok: false,
        error: { code: 'USAGE' },
      });
    expect(await ask('sips.keep', { fileName: 'sip-0009-x.md', text: 'x' })).toMatchObject({ ok: true });
    expect(await ask('sips.unsaved', {})).toMatchObject({ value: [{ sip: 9, fileName: 'sip-0009-x.md' }] });
  });

  it('is asked by name and told apart from one that cannot be used', async () => {
    await engineWith({ council: 'no address' });
    expect(await ask('state.read', {})).toMatchObject({
      ok: true,
      value: { phase: 'failed', failure: { code: 'PROFILE_INVALID' } },
    });
    const rows = await ask('profiles.list', {});
    expect(rows).toMatchObject({
      ok: true,
      value: [{ name: 'embedded' }, { name: 'live', current: true, facts: null }],
    });
  });
});

describe('profiles', () => {
  const given = () => {
    const { council, programId } = cluster.sandbox.info;
    return { name: 'second', endpoints: [endpoint.url], council, programId };
  };

  it('are added with the genesis hash that the endpoint gives, used and removed', async () => {
    await engineWith({});
    expect(await ask('profiles.add', given())).toMatchObject({ ok: true });
    expect(await ask('profiles.use', { name: 'second' })).toMatchObject({ ok: true });
    const rows = await ask('profiles.list', {});
    expect(rows.ok && rows.value.find(({ name }) => name === 'second')).toMatchObject({
      current: true,
      facts: { cluster: 'local', hosts: 1, genesisHash: await cluster.rpc.genesisHash() },
    });
    expect(JSON.stringify(rows)).not.toContain(new URL(endpoint.url).port);
    expect(await ask('profiles.remove', { name: 'live' })).toMatchObject({ ok: true });
    expect(await ask('profiles.add', given())).toMatchObject({ ok: false, error: { code: 'USAGE' } });
  });

  it('connect to no host that its person did not allow', async () => {
    await engineWith({});
    const asked: (readonly string[])[] = [];
    const refusing = async (hosts: readonly string[]) => asked.push(hosts) === 0;
    await engine.stop();
    engine = new Engine({ appFolder: dataDir, dataDir }, { ...fakeOutside, allow: refusing });
    await engine.start();
    // Nothing listens there: whoever had asked it would say so.
    const endpoints = ['http://127.0.0.1:9', 'http://127.0.0.1:9/again'];
    expect(await ask('profiles.add', { ...given(), endpoints })).toMatchObject({
      ok: false,
      error: { code: 'USAGE' },
    });
    expect(asked).toEqual([['127.0.0.1:9']]);
  });

  it.each([
    [{ name: 'Bad Name' }, 'USAGE'],
    [{ name: 'embedded' }, 'USAGE'],
    [{ council: '11111111111111111111111111111111' }, 'NOT_A_COUNCIL'],
    [{ council: 'x' }, 'PROFILE_INVALID'],
    [{ endpoints: ['ftp://x'] }, 'ENDPOINT_INVALID'],
    [{ endpoints: ['http://127.0.0.1:9'] }, 'ENDPOINT_DOWN'],
  ])('are refused with a code: %j', async (change, code) => {
    await engineWith({});
    expect(await ask('profiles.add', { ...given(), ...change })).toMatchObject({
      ok: false,
      error: { code },
    });
    expect(await ask('profiles.use', { name: 'second' })).toMatchObject({
      ok: false,
      error: { code: 'PROFILE_UNKNOWN' },
    });
  });
});
