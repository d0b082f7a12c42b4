import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CONTRACT, type EngineCall } from '#desktop/shared/contract.ts';
import type { Envelope } from '#desktop/shared/envelope.ts';
import type { AppState } from '#desktop/shared/views/index.ts';
import { NO_LINE, renderRecord } from '#governance/chain/journal-record.ts';
import { REQUESTS } from '#test/attacks/renderer/requests.ts';
import { type FaultyRpc, faultyRpc } from '#test/support/faulty-rpc.ts';
import { Engine } from './engine.ts';
import { Passed } from './failure.ts';
import type { Outside } from './outside.ts';

/** Every call in a world where each thing fails that has a place: neither a path nor a key of an endpoint comes back. */

const MARK = 'PLANTED';
const TOKEN = `kEy-${MARK}`;
const GENESIS = 'GH7ome3EiwEr7tu9JuTh2dpYWBJK3z69Xm1ZE3MEE6JC';
const KEY = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const JOURNAL = `journal-${GENESIS}`;

let endpoint: FaultyRpc;
let url: string;
let above: string;
let dataDir: string;
beforeAll(async () => {
  // It tells everybody at which address it was asked.
  endpoint = await faultyRpc(() => {
    throw { code: -32_000, message: `${url} is not paid for, nor is ${TOKEN}` };
  });
  url = `${endpoint.url}/v2/${TOKEN}?api-key=${TOKEN}`;
});
afterAll(() => endpoint?.close());
afterEach(() => rm(dirname(above), { recursive: true, force: true }));

/** In place of whatever was there. */
async function put(path: string, text: string): Promise<void> {
  await rm(join(dataDir, path), { recursive: true, force: true });
  await mkdir(dirname(join(dataDir, path)), { recursive: true });
  await writeFile(join(dataDir, path), text);
}
async function folderAt(path: string): Promise<void> {
  await rm(join(dataDir, path), { force: true });
  await mkdir(join(dataDir, path), { recursive: true });
}
const settings = (of: object) => put('desktop.json', JSON.stringify({ profile: 'live', ...of }));
const nothing = async () => undefined;
const { line } = renderRecord({ v: 1, seq: 1, prev: NO_LINE, at: 0, kind: 'dropped', intent: 0, reason: '' });
const WHOLE_RECORD = new TextDecoder().decode(line);

/** What stands where something else should. */
const BROKEN: Readonly<Record<string, () => Promise<unknown>>> = {
  'an endpoint that repeats its address': nothing,
  'a store that is a file': () => put('store', ''),
  'documents that are a file': () => put(`sips/${GENESIS}`, ''),
  'drafts that are a file': () => put(`sips/${GENESIS}/unsaved`, ''),
  'a journal that is a folder': () => folderAt(JOURNAL),
  'a journal that is damaged': () => put(JOURNAL, `rubbish\n${WHOLE_RECORD}\n`),
  'reasons that are a folder': () => folderAt(`sips/${GENESIS}/sip-0008-whitelist-jupsol.md.reasons.jsonl`),
  'a profile that is a folder': () => folderAt('profiles/live.json'),
  'a profile that is none': () => put('profiles/live.json', '{}'),
  'another profile that is none': () => put('profiles/other.json', '{}'),
  'settings that are a folder': () => folderAt('desktop.json'),
  'settings that are none': () => put('desktop.json', 'none'),
  'no programs for the network inside': () => settings({ profile: 'embedded' }),
};

const outside = (): Outside => ({
  choose: async (what) => join(above, 'keys', what),
  save: () => Promise.reject(new Error(`EACCES: permission denied, open '${above}/out.md'`)),
  allow: async () => true,
  startNetwork: () => Promise.reject(new Error(`spawn ${dataDir}/network-host.mjs ENOENT`)),
  inspect: (path) =>
    Promise.reject(
      new Passed({
        code: 'KEYPAIR_UNREADABLE',
        message: `${path} cannot be read.`,
        sent: 'no',
        remedy: path,
      }),
    ),
  ledgerAddresses: () => Promise.reject(new Error(`${above}/udev: no device`)),
  ledgerShow: () => Promise.reject(new Error(`${above}/udev: no device`)),
  sign: () => Promise.reject(new Error(`${above}/keys/id.json is gone`)),
  networkGone: () => undefined,
});

async function engineIn(broken: () => Promise<unknown>): Promise<Engine> {
  above = join(await mkdtemp(join(tmpdir(), 'places-')), `home of ${MARK}`);
  dataDir = join(above, 'Data of the council');
  await mkdir(dataDir, { recursive: true });
  const profile = { name: 'live', endpoints: [url], genesisHash: GENESIS, programId: KEY, council: KEY };
  await put(`sips/${GENESIS}/sip-0008-whitelist-jupsol.md`, REQUESTS['sips.lint'][0].text);
  await put('profiles/live.json', JSON.stringify(profile));
  const signer = { id: 'k', name: 'Key', publicKey: KEY, kind: 'keypair', path: `${above}/keys/id.json` };
  await settings({
    ...{ signers: [{ ...signer, allowMainnet: false }], seats: { live: 'k' } },
    sources: { live: [join(above, 'clone')] },
  });
  await broken();
  const engine = new Engine({ appFolder: join(above, 'app'), dataDir }, outside());
  await engine.start();
  return engine;
}

const CALLS = (Object.keys(CONTRACT) as (keyof typeof CONTRACT)[]).filter(
  (name): name is EngineCall => CONTRACT[name].home === 'engine' && name !== 'profiles.use',
);

async function answersOf(engine: Engine): Promise<readonly (readonly [string, Envelope<unknown>])[]> {
  const answers: (readonly [string, Envelope<unknown>])[] = [];
  for (const name of CALLS)
    for (const request of REQUESTS[name]) answers.push([name, await engine.answer(name, request)]);
  const added = { name: 'second', endpoints: [url], council: KEY, programId: KEY };
  answers.push(['profiles.add', await engine.answer('profiles.add', added)]);
  answers.push(['profiles.use', await engine.answer('profiles.use', { name: 'live' })]);
  answers.push(['state.read', await engine.answer('state.read', {})]);
  return answers;
}

describe('with a mark in every path and key, no call tells it', () => {
  const seen = new Set<string>();

  it.each(Object.keys(BROKEN))('%s', async (name) => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const engine = await engineIn(BROKEN[name]!);
    const answers = await answersOf(engine);
    await engine.stop();
    const logged = written.mock.calls.map(([text]) => String(text));
    written.mockRestore();
    for (const [call, answer] of answers) {
      expect(JSON.stringify(answer), call).not.toContain(MARK);
      if (!answer.ok) seen.add(answer.error.code);
      else if (call === 'state.read') seen.add((answer.value as AppState).failure?.code ?? '');
    }
    expect(logged.join('')).not.toContain(MARK);
  });

  it('and each of them did fail', () => {
    const places = ['FILE_UNREADABLE', 'FILE_UNWRITABLE', 'JOURNAL_CORRUPT', 'PROFILE_INVALID'];
    expect([...seen]).toEqual(
      expect.arrayContaining([...places, 'ENDPOINT_REFUSED', 'KEYPAIR_UNREADABLE', 'INTERNAL']),
    );
  });
});
