import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519';
import { Keypair } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keypairFileSigner } from './keypair-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-key-'));
  path = join(folder, 'id.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (content: string) => writeFile(path, content, { mode: 0o600 });

describe('keypairFileSigner', () => {
  it('signs with the key of the file', async () => {
    const keypair = Keypair.generate();
    await put(JSON.stringify([...keypair.secretKey]));
    const signer = await keypairFileSigner(path);
    expect(signer.publicKey.toBase58()).toBe(keypair.publicKey.toBase58());
    const message = new Uint8Array([1, 2, 3]);
    expect(ed25519.verify(await signer.sign(message), message, keypair.publicKey.toBytes())).toBe(true);
  });

  it('refuses a file that others can read and says how to mend it', async () => {
    await put(JSON.stringify([...Keypair.generate().secretKey]));
    for (const mode of [0o640, 0o604, 0o644, 0o620]) {
      await chmod(path, mode);
      await expect(keypairFileSigner(path)).rejects.toMatchObject({
        code: 'KEYPAIR_EXPOSED',
        remedy: `Run: chmod 600 ${path}`,
      });
    }
  });

  it('refuses what is not a keypair, without repeating its content', async () => {
    const other = Keypair.generate();
    const mixed = [...Keypair.generate().secretKey.slice(0, 32), ...other.publicKey.toBytes()];
    for (const content of [
      'secret',
      '[]',
      '{"a":1}',
      JSON.stringify(mixed),
      JSON.stringify(Array(64).fill(256)),
      '9'.repeat(5000),
    ]) {
      await put(content);
      const error = await keypairFileSigner(path).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: 'KEYPAIR_MALFORMED' });
      expect(error).not.toHaveProperty('cause');
    }
    for (const [name, reason] of [
      ['none.json', 'it does not exist'],
      ['.', 'it is a folder'],
    ] as const)
      await expect(keypairFileSigner(join(folder, name))).rejects.toMatchObject({
        code: 'FILE_UNREADABLE',
        facts: { reason },
      });
  });
});
