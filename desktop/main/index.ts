import { join } from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain } from 'electron';
import { failed } from '#desktop/shared/envelope.ts';
import type { Failure } from '#desktop/shared/views/index.ts';
import type { Console } from './console.ts';
import { followLinks } from './links.ts';
import { registerScheme, servePages } from './pages.ts';
import { lockDown, lockSession } from './security.ts';
import { tellUncaught } from './uncaught.ts';
import { openWindow } from './windows.ts';

/** Start-up order, nothing else. What the first picture does not need is read behind it: main also serves the files of the page. */

const appFolder = app.getAppPath();
const out = join(appFolder, 'out');
let window: BrowserWindow | null = null;
let ending = false;

tellUncaught(
  process,
  (text) => void process.stderr.write(text),
  (text) => app.isReady() && dialog.showErrorBox('A part of the console failed', text),
);
app.enableSandbox();
registerScheme();
lockDown();

if (!app.requestSingleInstanceLock()) app.quit();
else {
  app.on('second-instance', (_event, argv) => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
    followLinks(argv, window);
  });
  // Awaiting `ready` at the top of a module would keep it from ever coming.
  void app.whenReady().then(start);
}

function start(): void {
  lockSession();
  servePages(join(out, 'renderer'));
  const opened = openWindow(
    { page: 'index.html', preload: 'window', width: 1280, height: 860, title: 'Solayer Council' },
    out,
  );
  window = opened;
  const painted = new Promise<void>((resolve) => void opened.once('ready-to-show', resolve));
  const opening = painted
    .then(() => import('./console.ts'))
    .then(({ openConsole }) => openConsole(appFolder, () => window, painted));
  let behind: Console | undefined;
  void opening.then((console) => {
    behind = console;
  });
  ipcMain.handle('call', async (event, name: unknown, request: unknown) => {
    try {
      return await (await opening).answer(event, name, request);
    } catch {
      // Electron would hand the page the error's own text, with the paths in it.
      return failed(BROKEN);
    }
  });
  // From its sources the runtime itself would be registered, with no app.
  if (app.isPackaged) app.setAsDefaultProtocolClient('solayer-council');
  opened.webContents.once('did-finish-load', () => followLinks(process.argv, window));
  opened.webContents.on('render-process-gone', () => window?.reload());
  opened.on('close', (event) => {
    // Whoever ends the app itself has decided already.
    if (window && !ending && behind?.holdsNetwork() && !mayDiscard(window)) event.preventDefault();
  });
  opened.on('closed', () => {
    window = null;
    app.quit();
  });

  app.on('before-quit', (event) => {
    if (ending) return;
    event.preventDefault();
    ending = true;
    void opening.then((console) => console.stop()).finally(() => app.quit());
  });
}

const BROKEN: Failure = {
  code: 'INTERNAL',
  message: 'A part of the console could not be loaded.',
  sent: 'no',
  remedy: 'Start the console again; install it again if this comes back.',
};

/** The embedded network's chain ends with the app: whoever closes the window is asked. */
function mayDiscard(parent: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(parent, {
    type: 'question',
    message: 'Discard the network inside this computer?',
    detail: 'Its chain ends with this window: proposals, votes and epochs on it are gone. Documents stay.',
    buttons: ['Discard and close', 'Stay'],
    defaultId: 1,
    cancelId: 1,
  });
  return answer === 0;
}
