import { generateKeyPairSync } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import { folderFiles } from '#governance/adapters/files.ts';
import type { Address } from '#governance/types.ts';

/** A key of the sandbox's own: fresh at every start, worthless after it. */
export interface SandboxKey {
  readonly name: string;
  readonly keypair: Keypair;
  readonly publicKey: Address;
  readonly path: string;
}

export interface KeyRing<N extends string> {
  readonly all: readonly SandboxKey[];
  /** @throws RangeError for a name the ring was not made with */
  of(name: N): SandboxKey;
}

/**
 * Makes a keypair per name; nothing is written yet.
 * Node's generator is some hundred times faster than the pure JavaScript one of web3.js.
 */
export function makeKeys<N extends string>(folder: string, names: readonly N[]): KeyRing<N> {
  const all = names.map((name) => {
    const keypair = generate();
    const publicKey = keypair.publicKey.toBase58() as Address;
    return { name, keypair, publicKey, path: join(folder, `${name}.json`) };
  });
  return {
    all,
    of(name) {
      const key = all.find((candidate) => candidate.name === name);
      if (key === undefined) throw new RangeError(`no key ${name}`);
      return key;
    },
  };
}

/**
 * Replaces the folder by the ring's keypair files (0600, JSON array of 64 numbers as Solana's tools read it).
 * @throws SipError FILE_UNWRITABLE
 */
export async function writeKeys(folder: string, ring: KeyRing<string>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const files = folderFiles(folder);
  const content = ({ keypair }: SandboxKey) => Buffer.from(JSON.stringify([...keypair.secretKey]));
  // One first: all at once would each make the folder.
  const [first, ...rest] = ring.all.map((key) => () => files.write(`${key.name}.json`, content(key)));
  await first?.();
  await Promise.all(rest.map((write) => write()));
}

function generate(): Keypair {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d, x } = privateKey.export({ format: 'jwk' });
  const secret = Buffer.concat([Buffer.from(d!, 'base64url'), Buffer.from(x!, 'base64url')]);
  return Keypair.fromSecretKey(new Uint8Array(secret), { skipValidation: true });
}
