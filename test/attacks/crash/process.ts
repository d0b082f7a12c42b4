import type { Files, Rpc, Signer, Timer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import { memoryFiles } from '#test/support/memory-ports.ts';
import type { EventName, Script, Site } from './events.ts';
import type { Landing, ModelChain } from './model-chain.ts';

/** The ports of one process of the console. What happens at a call is the script's; a crash abandons whatever waits. */

export interface Ports {
  readonly rpc: Rpc;
  readonly files: Files;
  readonly timer: Timer;
  readonly signer: Signer;
  /** A line for the user. */
  warn(text: string): void;
}

export interface Surroundings {
  readonly chain: ModelChain;
  /** What the disk keeps. */
  readonly stored: Map<string, Uint8Array>;
  readonly script: Script;
  readonly signer: Signer;
  /** Another member acts. */
  compete(how: 'rival' | 'twin'): void;
  /** Told before bytes leave the console. */
  onSend(bytes: Uint8Array): void;
  warn(text: string): void;
}

export interface Process extends Ports {
  /** Resolves when the process dies; nothing of it goes on then. */
  readonly death: Promise<'crashed'>;
}

const NEVER = new Promise<never>(() => undefined);
const METHODS = [
  ...(['getProgramAccounts', 'clock', 'genesisHash', 'latestBlockhash', 'blockHeight', 'simulate'] as const),
  ...(['transaction', 'minimumBalanceLamports', 'signaturesFor', 'recentPriorityFees'] as const),
];
const LANDINGS: Partial<Readonly<Record<EventName, Landing>>> = {
  vanish: 'never',
  soon: { calls: 3 },
  later: { calls: 14 },
  last: 'in the last block',
};
const MANY_BLOCKS = 151;

export function startProcess(surroundings: Surroundings): Process {
  const { chain, stored, script, signer, compete, onSend, warn } = surroundings;
  let die: (how: 'crashed') => void = () => undefined;
  const death = new Promise<'crashed'>((resolve) => {
    die = resolve;
  });
  let dead = false;
  const crash = (): Promise<never> => {
    dead = true;
    die('crashed');
    return NEVER;
  };
  let down = false;
  let vanishing = false;
  let now = 1_000_000;
  chain.halted = false;

  const fail = (site: Site): SipError => {
    const reason = 'the script says so';
    if (site === 'file read') return new SipError('FILE_UNREADABLE', { path: 'journal', reason });
    if (site.startsWith('file')) return new SipError('FILE_UNWRITABLE', { path: 'journal', reason });
    return new SipError('ENDPOINT_DOWN', { endpoint: 'model', reason });
  };

  async function through<T>(site: Site, effect: (event: EventName | undefined) => Promise<T>): Promise<T> {
    if (dead) return NEVER;
    chain.tick();
    const event = script.at(site);
    const onChain = site === 'send' || site.startsWith('question');
    switch (event) {
      case 'crash':
        return crash();
      case 'refused':
        throw site === 'signature' ? new SipError('CONFIRMATION_REFUSED') : fail(site);
      case 'outage':
        down = true;
        break;
      case 'vanish':
        vanishing = true;
        break;
      case 'halt':
        chain.halted = true;
        break;
      case 'blocks':
        chain.pass(MANY_BLOCKS);
        break;
      case 'rival':
      case 'twin':
        compete(event);
        break;
      default:
    }
    if (down && onChain) throw fail(site);
    const value = await effect(event);
    if (event === 'lost') throw fail(site);
    return value;
  }

  const ask =
    (name: keyof Rpc) =>
    (...values: readonly unknown[]) =>
      through('question', () =>
        (chain.rpc()[name] as (...of: readonly unknown[]) => Promise<unknown>)(...values),
      );
  const rpc = {
    ...Object.fromEntries(METHODS.map((name) => [name, ask(name)])),
    getAccounts: (keys, minSlot) =>
      through('question about accounts', (event) => chain.rpc(event === 'behind').getAccounts(keys, minSlot)),
    signatureOutcome: (signature, history) =>
      through('question about accounts', (event) =>
        chain.rpc(event === 'behind').signatureOutcome(signature, history),
      ),
    sendRaw: (bytes) => {
      onSend(bytes);
      return through('send', async (event) =>
        chain.receive(bytes, (event && LANDINGS[event]) ?? (vanishing ? 'never' : 'at once')),
      );
    },
  } as Rpc;

  const disk = memoryFiles(stored);
  const files: Files = {
    read: (path) => through('file read', () => disk.read(path)),
    list: (path) => through('file read', () => disk.list(path)),
    write: (path, data) => through('file change', () => disk.write(path, data)),
    remove: (path) => through('file change', () => disk.remove(path)),
    sync: (path) => through('file change', () => disk.sync(path)),
    append: (path, data) =>
      through('file append', async (event) => {
        await disk.append(path, event === 'torn' ? data.slice(0, data.length / 2) : data);
        return event === 'torn' ? crash() : undefined;
      }),
  };
  const timer: Timer = {
    now: () => now,
    sleep: (ms) =>
      through('wait', async () => {
        now += ms;
        chain.passMs(ms);
      }),
  };
  return {
    ...{ rpc, files, timer, death, warn },
    signer: {
      publicKey: signer.publicKey,
      sign: (message) => through('signature', () => signer.sign(message)),
    },
  };
}
