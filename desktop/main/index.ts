import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog } from 'electron';
import type { Link } from '#desktop/shared/link.ts';
import { dataFolder } from '#governance/cli/folders.ts';
import { readAbout } from './about.ts';
import { answerCalls, type MainHandlers } from './calls.ts';
import { Dialogs } from './dialogs.ts';
import { startEngine } from './engine.ts';
import { LedgerProcess } from './ledger.ts';
import { followLinks } from './links.ts';
import { NetworkProcess } from './network.ts';
import { tellNotices } from './notices.ts';
import { registerScheme, servePages } from './pages.ts';
import { lockDown, lockSession } from './security.ts';
import { Signatures } from './signatures.ts';
import { openWindow } from './windows.ts';

/** Start-up order, nothing else. */

const appFolder = app.getAppPath();
const out = join(appFolder, 'out');
let window: BrowserWindow | null = null;
let ending = false;

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
  app.setAsDefaultProtocolClient('solayer-council');
  const network = new NetworkProcess();
  // Only where the app is run from its sources: a device of its own is nobody's to swap.
  const simulator = app.isPackaged ? undefined : process.env.SOLAYER_LEDGER_SIMULATOR;
  const ledger = new LedgerProcess(join(out, 'main', 'ledger.js'), simulator);
  const openConfirm = () =>
    openWindow(
      {
        page: 'confirm.html',
        preload: 'confirm',
        width: 560,
        height: 720,
        title: 'Confirm',
        ...(window && { parent: window }),
      },
      out,
    );
  const signatures = new Signatures(join(out, 'main', 'signer.js'), openConfirm, ledger);
  let engine: ReturnType<typeof startEngine> | undefined;
  let afterPaint: () => void = () => undefined;
  const link = (): Link => {
    engine ??= startEngine({
      file: join(out, 'main', 'engine.js'),
      appFolder,
      dataDir: dataFolder({ env: process.env, cwd: process.cwd() }, undefined),
      network,
      signatures,
      ledger,
      dialogs: new Dialogs(() => window),
      onDeath: () => {
        network.stop();
        signatures.refuseAll();
      },
    });
    return engine.link;
  };
  const handlers: MainHandlers = {
    'about.read': () => readAbout(appFolder),
    'copy.text': async ({ text }) => {
      clipboard.writeText(text);
      return {};
    },
  };
  // The engine loads much and would take the cores that the window's first picture needs.
  const painted = new Promise<void>((resolve) => {
    afterPaint = resolve;
  });
  const afterFirstPaint: Pick<Link, 'ask'> = {
    ask: (what, payload) => painted.then(() => link().ask(what, payload)),
  };
  answerCalls(
    () => window,
    handlers,
    () => afterFirstPaint,
  );
  const shape = {
    page: 'index.html',
    preload: 'window',
    width: 1280,
    height: 860,
    title: 'Solayer Council',
  } as const;
  window = openWindow(shape, out);
  window.once('ready-to-show', afterPaint);
  window.webContents.once('did-finish-load', () => followLinks(process.argv, window));
  window.webContents.on('render-process-gone', () => window?.reload());
  window.on('close', (event) => {
    // Whoever ends the app itself has decided already.
    if (window && !ending && !mayDiscard(window)) event.preventDefault();
  });
  window.on('closed', () => {
    window = null;
    app.quit();
  });
  void painted.then(link);
  const endNotices = tellNotices(afterFirstPaint, () => window);

  app.on('before-quit', (event) => {
    if (ending || engine === undefined) return;
    event.preventDefault();
    ending = true;
    endNotices();
    // The engine ends its network and leaves no lock behind; a minute of waiting helps nobody.
    const late = new Promise((resolve) => setTimeout(resolve, 5_000));
    void Promise.race([engine.link.ask('stop', {}), late]).then(() => {
      network.stop();
      signatures.stop();
      ledger.stop();
      engine?.running.kill();
      app.quit();
    });
  });
}

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
