import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CallName, CONTRACT } from '#desktop/shared/contract.ts';
import { CHANNELS, REQUESTS } from '#test/attacks/renderer/requests.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { connectionsBeyond } from './support/sockets.ts';

let display: Display;
let launched: Launched;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  await untilReady(launched.window);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

/** What opens a confirm window, or a dialog of the system. */
const SIGNS: readonly CallName[] = ['sips.submit', 'sips.export', 'sips.audit'];

/** Runs text as a script of the page; what it throws comes back as text. */
const inPage = (script: string): Promise<unknown> =>
  launched.window.evaluate(script).catch((error: Error) => `threw ${error.message}`);

describe('a script in the window’s page', () => {
  it.each(['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'confirmation'])(
    'has no %s',
    async (name) => expect(await inPage(`typeof globalThis.${name}`)).toBe('undefined'),
  );

  it('has of the bridge two functions and nothing else', async () => {
    expect(await inPage('Object.keys(council).sort().join()')).toBe('call,onRoute');
  });

  it('can’t make scripts or markup from text', async () => {
    expect(await inPage(`document.createElement('div').innerHTML = '<b>x</b>'`)).toContain('TrustedHTML');
    // In a task of the page's own: what a debugger evaluates directly is exempt from the policy.
    const later = `new Promise((done) => setTimeout(() => { try { done((0, eval)('1')); } catch (error) { done(error.name); } }))`;
    expect(await inPage(later)).toBe('EvalError');
    expect(await inPage(`document.createElement('script').src = 'data:,1'`)).toContain('TrustedScriptURL');
  });

  it.each([
    ['fetch', `fetch('https://example.com').then(() => 'fetched', () => 'refused')`],
    ['loopback', `fetch('http://127.0.0.1:1').then(() => 'fetched', () => 'refused')`],
    ['its own origin', `fetch('app://console/index.html').then(() => 'fetched', () => 'refused')`],
    [
      'a websocket',
      `new Promise((done) => { try { const s = new WebSocket('ws://127.0.0.1:1'); s.onerror = () => done('refused'); s.onopen = () => done('fetched'); } catch { done('refused'); } })`,
    ],
    [
      'an image',
      `new Promise((done) => { const i = new Image(); i.onerror = () => done('refused'); i.onload = () => done('fetched'); i.src = 'https://example.com/x.png'; })`,
    ],
  ])('reaches no network: %s', async (_, script) => expect(await inPage(script)).toBe('refused'));

  it('opens no window, goes nowhere else, gets no permission', async () => {
    expect(await inPage(`window.open('https://example.com') === null`)).toBe(true);
    await inPage(`void (location.href = 'https://example.com/')`);
    await inPage(`void (location.href = 'app://console/confirm.html')`);
    expect(launched.window.url().split('#')[0]).toBe('app://console/index.html');
    expect(launched.app.windows()).toHaveLength(1);
    expect(await inPage('Notification.requestPermission()')).toBe('denied');
    const media = `navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', () => 'refused')`;
    expect(await inPage(media)).toBe('refused');
  });

  it('is told what a malformed call lacks, and nothing happens', async () => {
    for (const name of ['constructor', '__proto__', 'toString', 'key.sign', 'stop', ''])
      expect(await callIn(launched.window, name, {})).toMatchObject({
        ok: false,
        error: { code: 'CALL_UNKNOWN' },
      });
    for (const name of Object.keys(CONTRACT))
      for (const request of [null, 1, 'x', [], { unknown: 1 }])
        expect(await callIn(launched.window, name, request)).toMatchObject({
          ok: false,
          error: { code: 'CALL_MALFORMED' },
        });
  });
});

describe('the data folder', () => {
  it('is named by a dialog of the system alone, and copied from there', async () => {
    const told = await launched.app.evaluate(({ dialog }) => {
      const texts: string[] = [];
      (globalThis as unknown as { told: string[] }).told = texts;
      dialog.showMessageBox = (async (_window: unknown, { detail }: { detail: string }) => {
        texts.push(detail);
        return { response: 0, checkboxChecked: false };
      }) as unknown as typeof dialog.showMessageBox;
      return texts;
    });
    expect(told).toEqual([]);
    expect(await callIn(launched.window, 'data-folder.show', {})).toEqual({ ok: true, value: {} });
    const [shown, copied] = await launched.app.evaluate(({ clipboard }) => [
      (globalThis as unknown as { told: string[] }).told.join(),
      clipboard.readText(),
    ]);
    expect(shown).toContain(copied);
    expect(copied).toContain('solayer-council');
  });
});

describe('what reaches the page', () => {
  it('holds no key, no endpoint and no path', async () => {
    const answers: unknown[] = [];
    for (const name of ['state.read', 'sips.list', 'council.read', 'activity.read', 'about.read'])
      answers.push(await callIn(launched.window, name, {}));
    answers.push(await callIn(launched.window, 'proposals.list', { page: null }));
    const text = JSON.stringify(answers);
    expect(text).not.toMatch(/https?:|wss?:/);
    expect(text).not.toContain(launched.dataDir);
    expect(text).not.toMatch(/keypair|\.json"/i);
  });

  it('holds no path either where something fails, and the file’s name all the same', async () => {
    const sips = join(launched.dataDir, 'share', 'solayer-council', 'sips');
    const [genesis = ''] = readdirSync(sips);
    writeFileSync(join(sips, genesis, 'unsaved'), '');
    const answers = await Promise.all(
      CHANNELS.filter((name) => /^sips\.|\.(read|list)$/.test(name) && !SIGNS.includes(name)).map((name) =>
        callIn(launched.window, name, REQUESTS[name][0]),
      ),
    );
    rmSync(join(sips, genesis, 'unsaved'));
    expect(answers).toContainEqual({
      ok: false,
      error: expect.objectContaining({
        code: 'FILE_UNREADABLE',
        message: 'unsaved cannot be read: a part of the path is not a folder.',
      }),
    });
    expect(JSON.stringify(answers)).not.toContain(launched.dataDir);
  });

  it('comes under a policy that allows nothing by default', async () => {
    const policy = await launched.app.evaluate(async ({ net }) => {
      const answer = await net.fetch('app://console/index.html');
      return answer.headers.get('content-security-policy') ?? '';
    });
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("trusted-types 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('is a file of the map and no other', async () => {
    const statuses = await launched.app.evaluate(async ({ net }) => {
      const paths = [
        '../main/index.js',
        '..%2fmain/index.js',
        'package.json',
        '',
        'assets',
        'assets/',
        '/etc/passwd',
      ];
      const found = await Promise.all(paths.map((path) => net.fetch(`app://console/${path}`)));
      const other = await net.fetch('app://other/index.html');
      return [...found, other].map(({ status }) => status);
    });
    expect(new Set(statuses)).toEqual(new Set([404]));
  });
});

describe('the settings of a window', () => {
  /** Of every window there is, as Chromium runs it; what is not set is left out. */
  const settings = () =>
    launched.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(
        ({ webContents }) =>
          (
            webContents as unknown as { getLastWebPreferences(): Readonly<Record<string, unknown>> }
          ).getLastWebPreferences() ?? {},
      ),
    );

  it('are those that it was made with, and nothing loosens them', async () => {
    const all = await settings();
    expect(all).toHaveLength(1);
    for (const one of all) {
      expect(one).toMatchObject({ sandbox: true, contextIsolation: true, webSecurity: true });
      for (const loose of [
        ...['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'webviewTag'],
        ...['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures'],
      ])
        expect([undefined, false, ''], loose).toContain(one[loose]);
    }
  });

  it('make of a webview an element like any other', async () => {
    const contents = () => launched.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
    const before = await contents();
    const script = `(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.com');
      document.body.append(view);
      const kind = typeof view.loadURL;
      return new Promise((done) => setTimeout(() => { view.remove(); done(kind); }, 200));
    })()`;
    expect(await inPage(script)).toBe('undefined');
    expect(await contents()).toBe(before);
  });
});

describe('the app', () => {
  it('says which Electron it runs on, and whether that is an older one', async () => {
    const version = await launched.app.evaluate(() => process.versions.electron);
    const { electron } = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies;
    const oldRuntime = Number(version.split('.')[0]) < Number(electron.split('.')[0]);
    expect(await callIn(launched.window, 'about.read', {})).toMatchObject({
      value: { runtime: expect.stringContaining(`Electron ${version}`), oldRuntime },
    });
  });

  it('writes of an error that nobody caught neither a path nor an endpoint’s address', async () => {
    await launched.app.evaluate(({ dialog }) => {
      // It would wait for somebody.
      dialog.showErrorBox = (_title, text) => void console.error(text);
      const error = new Error('no /srv/PLANTED/x.json at https://rpc.example.com/PLANTED?api-key=abc');
      setTimeout(() => {
        throw error;
      });
      void Promise.reject(error);
    });
    const told = /no x\.json at https:\/\/rpc\.example\.com\/…\n/g;
    await vi.waitFor(() => expect(launched.output().match(told)).toHaveLength(3));
    expect(launched.output()).not.toMatch(/PLANTED|api-key/);
    expect(await callIn(launched.window, 'state.read', {})).toMatchObject({ ok: true });
  });

  it('talks to this computer only', () => {
    expect(connectionsBeyond(launched.processes().map(({ pid }) => pid))).toEqual([]);
  });

  it('takes from a second start nothing but a view', async () => {
    const hostile = [
      'solayer-council://../../x',
      'solayer-council://edit/new',
      'javascript:alert(1)',
      '--no-sandbox',
      'file:///etc/passwd',
      'solayer-council://settings',
      'solayer-council://sip/7/../../edit/new',
      'solayer-council://sip/7?act=approve',
      'solayer-council://sip/7#tx/1/effect',
      'solayer-council://sip/%37',
      'solayer-council://sip/7\u202e',
      'SOLAYER-COUNCIL://sip/7',
      'solayer-council:sip/7',
      'solayer-council://tx/1/sign',
      'solayer-council://tx/-1',
      `solayer-council://tx/${'9'.repeat(200)}`,
      '--load-extension=/tmp/x',
    ];
    expect(await launched.startAgain(hostile)).toBe(0);
    expect(launched.window.url()).toMatch(/^app:\/\/console\/index\.html(#\/inbox)?$/);
    expect(await launched.startAgain(['solayer-council://sip/7'])).toBe(0);
    await launched.window.waitForURL('**/index.html#/sip/7');
  });
});
