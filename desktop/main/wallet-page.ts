import { type BrowserWindow, clipboard, shell } from 'electron';
import { ORIGIN } from './pages.ts';

/** What the signer serves, and nothing else: this computer, a port, a token of 32 bytes. */
const PAGE = /^http:\/\/127\.0\.0\.1:\d{1,5}\/#[0-9a-f]{64}$/;

/** Lets a confirm window have the signer's page for a wallet opened in the system's browser. */
export function offerPage(window: BrowserWindow): void {
  window.webContents.ipc.handle('open-page', async ({ senderFrame }, how: unknown, url: unknown) => {
    if (senderFrame !== window.webContents.mainFrame || senderFrame.url !== `${ORIGIN}/confirm.html`)
      return 'Not opened: the request did not come from this window.';
    if (typeof url !== 'string' || !PAGE.test(url)) return 'Not opened: this is not the signer’s page.';
    if (how === 'copy') {
      clipboard.writeText(url);
      return 'Copied. It works once.';
    }
    try {
      await shell.openExternal(url);
      return 'Opened in your browser.';
    } catch {
      return 'No browser could be opened. Copy the address instead.';
    }
  });
}
