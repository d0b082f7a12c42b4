import type { BrowserWindow } from 'electron';
import { expect, it, vi } from 'vitest';

const opened = vi.hoisted(() => ({ urls: [] as string[], copied: [] as string[] }));
vi.mock('electron', () => ({
  shell: { openExternal: async (url: string) => void opened.urls.push(url) },
  clipboard: { writeText: (text: string) => void opened.copied.push(text) },
  protocol: {},
}));
const { offerPage } = await import('./wallet-page.ts');

const URL = `http://127.0.0.1:4711/#${'0'.repeat(64)}`;
type Ask = (event: object, how: unknown, url: unknown) => Promise<string>;

function window() {
  let ask: Ask = async () => '';
  const mainFrame = { url: 'app://console/confirm.html' };
  const handle = (_: string, handler: Ask) => {
    ask = handler;
  };
  const webContents = { mainFrame, ipc: { handle } };
  offerPage({ webContents } as unknown as BrowserWindow);
  return { ask, mainFrame };
}

it('opens the signer’s page, or takes its address out', async () => {
  const { ask, mainFrame } = window();
  expect(await ask({ senderFrame: mainFrame }, 'open', URL)).toBe('Opened in your browser.');
  expect(await ask({ senderFrame: mainFrame }, 'copy', URL)).toContain('Copied');
  expect(opened).toEqual({ urls: [URL], copied: [URL] });
});

it.each([
  'https://127.0.0.1:4711/',
  `http://localhost:4711/#${'0'.repeat(64)}`,
  `http://127.0.0.1.evil.example:80/#${'0'.repeat(64)}`,
  `http://127.0.0.1:4711/#${'0'.repeat(63)}`,
  `${URL}\nfile:///etc/passwd`,
  ' ',
  null,
])('opens nothing else: %s', async (url) => {
  const { ask, mainFrame } = window();
  opened.urls.length = 0;
  expect(await ask({ senderFrame: mainFrame }, 'open', url)).toContain('Not opened');
  expect(await ask({ senderFrame: { url: mainFrame.url } }, 'open', URL)).toContain('Not opened');
  expect(opened.urls).toEqual([]);
});
