import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

/** What the window is without a network, and with an endpoint of another cluster: documents stay readable, nothing is signed. */

const GENESIS = 'GH7ome3EiwEr7tu9JuTh2dpYWBJK3z69Xm1ZE3MEE6JC';
const OTHER_GENESIS = '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY';
const KEY = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
/** Nothing listens there; connecting is refused at once. */
const DEAD = 'http://127.0.0.1:9';

let display: Display;
let dataDir: string;
let launched: Launched | undefined;
let server: Server | undefined;

beforeAll(async () => {
  display = await startDisplay();
});
afterAll(() => display?.stop());
afterEach(async () => {
  await launched?.close();
  launched = undefined;
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

const SEEN = {
  ...{ schemaVersion: 1, theme: 'dark', profile: 'live', at: Date.UTC(2026, 10, 24, 14, 20) },
  inbox: {
    now: 1_795_530_000,
    sections: [
      {
        title: 'Needs your vote',
        rows: [
          {
            ...{ id: 'tx-41', symbol: '=', tone: 'ok', title: 'SIP-8 · Whitelist JupSOL' },
            ...{ detail: 'Transaction 41 · 1 of 3 approvals', chip: { text: 'match', tone: 'ok' } },
            ...{ verb: 'Review', primary: false, route: 'tx/41/effect' },
          },
        ],
      },
    ],
  },
};

async function launchWith(endpoint: string, seen?: typeof SEEN): Promise<Launched> {
  dataDir = mkdtempSync(join(tmpdir(), 'endpoints-'));
  chmodSync(dataDir, 0o755);
  const profile = { name: 'live', endpoints: [endpoint], genesisHash: GENESIS, programId: KEY, council: KEY };
  // governance/cli/folders.ts, with XDG_DATA_HOME as support/launcher.ts sets it.
  const own = join(dataDir, 'share', 'solayer-council');
  mkdirSync(join(own, 'profiles'), { recursive: true });
  writeFileSync(join(own, 'profiles', 'live.json'), JSON.stringify(profile));
  writeFileSync(join(own, 'desktop.json'), JSON.stringify({ profile: 'live' }));
  if (seen) writeFileSync(join(own, 'last-seen.json'), JSON.stringify(seen));
  cpSync('sips', join(own, 'sips', GENESIS), { recursive: true });
  launched = await launchApp({ display, dataDir });
  await untilReady(launched.window);
  return launched;
}

async function readsDocuments({ window }: Launched): Promise<void> {
  await window.evaluate(() => {
    globalThis.location.hash = '/sip/8';
  });
  await window.getByRole('heading', { level: 1, name: /Whitelist JupSOL/ }).waitFor();
  await window.getByText('We ask the council to accept JupSOL').first().waitFor();
}

it('without a network says so, and documents are read', async () => {
  const { window } = await launchWith(DEAD);
  await window.getByText('The chain is out of reach.').waitFor();
  await window.getByText('ENDPOINT_DOWN').first().waitFor();
  await readsDocuments(launched!);
  await screenshot(window, 'no-network-light');
  for (const [name, request] of [
    ['sips.submit', { sip: 8 }],
    ['epochs.activate', { index: 0 }],
    ['guardian.pause', {}],
  ] as const)
    expect(await callIn(window, name, request), name).toMatchObject({ ok: false, error: { sent: 'no' } });
  expect(launched!.app.windows()).toHaveLength(1);
});

it('an endpoint of another cluster is named, and nothing it says is shown', async () => {
  const asked: string[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { id, method } = JSON.parse(body) as { id: unknown; method: string };
      asked.push(method);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: OTHER_GENESIS }));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { window } = await launchWith(`http://127.0.0.1:${port}`);
  await window.getByText('WRONG_CLUSTER').first().waitFor();
  await readsDocuments(launched!);
  expect(await callIn(window, 'council.read', {})).toMatchObject({
    ok: false,
    error: { code: 'WRONG_CLUSTER', sent: 'no' },
  });
  expect(new Set(asked)).toEqual(new Set(['getGenesisHash']));
});

it('shows the inbox as it was seen last while the chain does not answer, and in the theme of that time', async () => {
  const { window } = await launchWith(DEAD, SEEN);
  await window.getByRole('heading', { level: 1, name: 'Inbox, as it was seen last' }).waitFor();
  await window.getByText('live · seen 24 Nov 2026, 14:20 UTC').waitFor();
  await window.getByRole('link', { name: 'Review: SIP-8 · Whitelist JupSOL' }).waitFor();
  await window.getByText('ENDPOINT_DOWN').first().waitFor();
  await screenshot(window, 'last-seen-light');
});
