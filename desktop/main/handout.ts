import { type BrowserWindow, clipboard, dialog } from 'electron';
import { writeDocument } from '#governance/adapters/document-file.ts';
import { ORIGIN } from './pages.ts';

/** As much as `sip sign` reads: the longest request for changes as base64, and some keys. */
const MAX_CHARACTERS = 20_000;

/** Lets a confirm window take a message out: to the clipboard, or to a file that its person names. */
export function offerHandOut(window: BrowserWindow): void {
  window.webContents.ipc.handle('hand-out', async ({ senderFrame }, how: unknown, text: unknown) => {
    if (senderFrame !== window.webContents.mainFrame || senderFrame.url !== `${ORIGIN}/confirm.html`)
      return 'Not taken out: the request did not come from this window.';
    if (typeof text !== 'string' || text.length > MAX_CHARACTERS) return 'Not taken out: it is too long.';
    if (how === 'copy') {
      clipboard.writeText(text);
      return 'Copied.';
    }
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: 'signing-request.json',
    });
    if (canceled || filePath === '') return 'Not saved.';
    try {
      await writeDocument(filePath, new TextEncoder().encode(text), true, 0o600);
      return 'Saved.';
    } catch {
      return 'Not saved: the file cannot be written. Choose another place.';
    }
  });
}
