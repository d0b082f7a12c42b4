import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import { type Link, openLink } from '#desktop/shared/link.ts';
import type { Dialogs } from './dialogs.ts';
import type { LedgerProcess } from './ledger.ts';
import type { NetworkProcess } from './network.ts';
import { type Running, startProcess } from './process.ts';
import type { Signatures, SignRequest } from './signatures.ts';

interface Parts {
  readonly file: string;
  readonly appFolder: string;
  readonly dataDir: string;
  readonly network: NetworkProcess;
  readonly signatures: Signatures;
  readonly ledger: LedgerProcess;
  readonly dialogs: Dialogs;
  /** The engine died by itself. */
  readonly onDeath: () => void;
}

/** The engine's process and the few things it asks of main: the network's process, and signatures. */
export function startEngine(parts: Parts): { readonly link: Link; readonly running: Running } {
  const { file, appFolder, dataDir, network, signatures, ledger, dialogs } = parts;
  const running = startProcess(file, 'engine', JSON.stringify({ appFolder, dataDir }));
  const link = openLink(running.pipe, (what, payload) => serve(what, payload));
  void running.exited.then(() => {
    link.end({
      code: 'ENGINE_GONE',
      message: 'The part of the console that talks to the chain has ended.',
      sent: 'unknown',
      remedy: 'Close the console and start it again: it first finds out what became of what was signed.',
    });
    parts.onDeath();
  });
  return { link, running };

  async function serve(what: string, payload: unknown): Promise<Envelope<unknown>> {
    switch (what) {
      case 'network.start': {
        const started = await network.start(appFolder, (payload as { slotMs: number }).slotMs);
        if (started.ok) void network.exited.then(() => link.ask('network.gone', {}));
        return started;
      }
      case 'network.stop':
        network.stop();
        return answered(null);
      case 'path.choose': {
        const { what: kind, title } = payload as Record<string, unknown>;
        return answered(await dialogs.choose(kind === 'folder' ? 'folder' : 'file', String(title)));
      }
      case 'file.save': {
        const { fileName, bytes } = payload as Record<string, unknown>;
        return bytes instanceof Uint8Array ? dialogs.save(String(fileName), bytes) : answered(false);
      }
      case 'hosts.allow': {
        const { hosts } = payload as { hosts: unknown };
        return answered(Array.isArray(hosts) && (await dialogs.allow(hosts.map(String))));
      }
      case 'key.inspect':
        return signatures.inspect(String((payload as { path: unknown }).path));
      case 'ledger.addresses':
        return ledger.ask({ kind: 'addresses', account: Number((payload as { account: unknown }).account) });
      case 'ledger.show':
        return ledger.ask({ kind: 'show', path: String((payload as { path: unknown }).path) });
      case 'key.sign':
        return signatures.sign(payload as SignRequest);
      default:
        return failed({
          code: 'CALL_UNKNOWN',
          message: `The engine asked for ${what}.`,
          sent: 'no',
          remedy: '',
        });
    }
  }
}
