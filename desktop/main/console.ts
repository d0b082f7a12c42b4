import { join } from 'node:path';
import { app, type BrowserWindow, clipboard } from 'electron';
import type { Link } from '#desktop/shared/link.ts';
import { dataFolder } from '#governance/cli/folders.ts';
import { readAbout } from './about.ts';
import { answerCalls, type Call } from './calls.ts';
import { Dialogs } from './dialogs.ts';
import { startEngine } from './engine.ts';
import { readLastSeen } from './last-seen.ts';
import { LedgerProcess } from './ledger.ts';
import { NetworkProcess } from './network.ts';
import { tellNotices } from './notices.ts';
import { Signatures } from './signatures.ts';
import { openWindow } from './windows.ts';

/** Everything behind the window: its calls, and the processes that answer them. */
export interface Console {
  readonly answer: Call;
  /** Whether a chain of this computer's own would end with it. */
  holdsNetwork(): boolean;
  /** Ends every process, the network's too; leaves no lock behind. */
  stop(): Promise<void>;
}

/** A minute of waiting for the engine helps nobody. */
const PATIENCE_MS = 5_000;

/** @param painted the engine loads much and would take the cores that the window's first picture needs */
export function openConsole(
  appFolder: string,
  window: () => BrowserWindow | null,
  painted: Promise<void>,
): Console {
  const out = join(appFolder, 'out');
  const dataDir = dataFolder({ env: process.env, cwd: process.cwd() }, undefined);
  const network = new NetworkProcess();
  // Only where the app is run from its sources: a device of its own is nobody's to swap.
  const simulator = app.isPackaged ? undefined : process.env.SOLAYER_LEDGER_SIMULATOR;
  const ledger = new LedgerProcess(join(out, 'main', 'ledger.js'), simulator);
  const openConfirm = () => {
    const parent = window();
    return openWindow(
      {
        page: 'confirm.html',
        preload: 'confirm',
        width: 560,
        height: 720,
        title: 'Confirm',
        ...(parent && { parent }),
      },
      out,
    );
  };
  const signatures = new Signatures(join(out, 'main', 'signer.js'), openConfirm, ledger);
  const dialogs = new Dialogs(window);
  let engine: ReturnType<typeof startEngine> | undefined;
  const link = (): Link => {
    engine ??= startEngine({
      file: join(out, 'main', 'engine.js'),
      appFolder,
      dataDir,
      network,
      signatures,
      ledger,
      dialogs,
      onDeath: () => {
        network.stop();
        signatures.refuseAll();
      },
    });
    return engine.link;
  };
  const afterFirstPaint: Pick<Link, 'ask'> = {
    ask: (what, payload) => painted.then(() => link().ask(what, payload)),
  };
  void painted.then(link);
  const endNotices = tellNotices(afterFirstPaint, window);
  return {
    answer: answerCalls(
      window,
      {
        'about.read': () => readAbout(appFolder),
        'last-seen.read': () => readLastSeen(dataDir),
        'data-folder.show': async () => {
          await dialogs.showFolder(dataDir);
          return {};
        },
        'copy.text': async ({ text }) => {
          clipboard.writeText(text);
          return {};
        },
      },
      afterFirstPaint,
    ),
    holdsNetwork: () => network.isRunning,
    async stop() {
      endNotices();
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
      await Promise.race([engine?.link.ask('stop', {}), late]);
      network.stop();
      signatures.stop();
      ledger.stop();
      engine?.running.kill();
    },
  };
}
