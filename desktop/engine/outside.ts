import type { LedgerAddress } from '#desktop/shared/ledger-protocol.ts';
import type { Link } from '#desktop/shared/link.ts';
import { SipError } from '#governance/errors.ts';
import type { NetworkHost } from '#governance/sandbox/host.ts';
import { Passed } from './failure.ts';

/** What the engine can't do itself and asks main for. */
export interface Outside {
  startNetwork(slotMs: number): Promise<NetworkHost>;
  /** Lets its person choose a file or folder; null for none. Its path stays in this process and main. */
  choose(what: 'file' | 'folder', title: string): Promise<string | null>;
  /** Writes where its person says; false where they said nowhere. */
  save(fileName: string, bytes: Uint8Array): Promise<boolean>;
  /** Whether its person lets these hosts be asked: the page alone opens no connection to a host of its choice. */
  allow(hosts: readonly string[]): Promise<boolean>;
  /** Public key in a keypair file, which only the signer opens. */
  inspect(path: string): Promise<string>;
  /** Addresses of one account number on the connected Ledger, one for each derivation scheme. */
  ledgerAddresses(account: number): Promise<readonly LedgerAddress[]>;
  /** Shown on the Ledger's own screen, and answered once its person confirmed it there. */
  ledgerShow(path: string): Promise<LedgerAddress>;
  /** 64 bytes, after somebody confirmed what the signer read in the message. */
  sign(request: Readonly<Record<string, unknown>>): Promise<Uint8Array>;
  /** The network's process ended. */
  networkGone(): void;
}

export function outsideOf(link: () => Link): Outside {
  let gone: () => void = () => undefined;
  const ask = async (what: string, payload: unknown): Promise<unknown> => {
    const envelope = await link().ask(what, payload);
    if (!envelope.ok) throw new Passed(envelope.error);
    return envelope.value;
  };
  return {
    async startNetwork(slotMs) {
      const started = (await ask('network.start', { slotMs })) as Omit<NetworkHost, 'exited' | 'stop'>;
      const exited = new Promise<void>((resolve) => {
        gone = resolve;
      });
      return {
        ...started,
        exited,
        async stop() {
          await ask('network.stop', {});
          gone();
        },
      };
    },
    async choose(what, title) {
      const path = await ask('path.choose', { what, title });
      return typeof path === 'string' ? path : null;
    },
    async save(fileName, bytes) {
      return (await ask('file.save', { fileName, bytes })) === true;
    },
    async allow(hosts) {
      return (await ask('hosts.allow', { hosts })) === true;
    },
    async inspect(path) {
      return String(await ask('key.inspect', { path }));
    },
    async ledgerAddresses(account) {
      return (await ask('ledger.addresses', { account })) as readonly LedgerAddress[];
    },
    async ledgerShow(path) {
      const [shown] = (await ask('ledger.show', { path })) as readonly LedgerAddress[];
      if (shown === undefined) throw new SipError('INTERNAL', { detail: 'the Ledger showed no address' });
      return shown;
    },
    async sign(request) {
      const signature = await ask('key.sign', request);
      if (signature instanceof Uint8Array) return signature;
      throw new SipError('INTERNAL', { detail: 'the signer gave no signature' });
    },
    networkGone: () => gone(),
  };
}
