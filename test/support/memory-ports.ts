import { ed25519 } from '@noble/curves/ed25519';
import { Keypair } from '@solana/web3.js';
import type { JournalPorts } from '#governance/chain/journal.ts';
import type { Files, FolderLock, Signer, Timer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';

/** Ports in memory. What `files` holds survives a simulated crash, as a disk would. */
export interface MemoryPorts extends JournalPorts {
  readonly stored: Map<string, Uint8Array>;
}

export function memoryPorts(
  options: { stored?: Map<string, Uint8Array>; timer?: Timer; onWrite?: () => void } = {},
): MemoryPorts {
  const stored = options.stored ?? new Map<string, Uint8Array>();
  return {
    stored,
    files: memoryFiles(stored, options.onWrite),
    lock: memoryLock(),
    timer: options.timer ?? virtualTimer(),
  };
}

/** @param onWrite called before each change; what it throws is the crash */
export function memoryFiles(stored: Map<string, Uint8Array>, onWrite: () => void = () => undefined): Files {
  return {
    read: async (path) => stored.get(path)?.slice() ?? null,
    async write(path, data) {
      onWrite();
      stored.set(path, data.slice());
    },
    async append(path, data) {
      onWrite();
      stored.set(path, new Uint8Array(Buffer.concat([stored.get(path) ?? new Uint8Array(), data])));
    },
    sync: async () => undefined,
    list: async (path) =>
      [...stored.keys()].filter((name) => path === '.' || name.startsWith(`${path}/`)).sort(),
    async remove(path) {
      onWrite();
      stored.delete(path);
    },
  };
}

export function memoryLock(): FolderLock {
  const held = new Set<string>();
  return {
    async acquire(name) {
      if (held.has(name)) throw new SipError('FOLDER_LOCKED', { path: name, pid: 1 });
      held.add(name);
      return async () => void held.delete(name);
    },
  };
}

/** Sleeps take no time; `onSleep` may move the world along. */
export function virtualTimer(onSleep: (ms: number) => void = () => undefined): Timer {
  let now = 1_000_000;
  return {
    now: () => now,
    async sleep(ms) {
      now += ms;
      onSleep(ms);
    },
  };
}

export function keypairSigner(keypair: Keypair = Keypair.generate()): Signer & { readonly keypair: Keypair } {
  return {
    keypair,
    publicKey: keypair.publicKey,
    sign: async (message) => ed25519.sign(message, keypair.secretKey.slice(0, 32)),
  };
}
