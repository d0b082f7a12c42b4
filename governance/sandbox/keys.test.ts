import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { makeKeys, writeKeys } from './keys.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'keys-')), 'keys');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const mode = async (path: string) => (await stat(path)).mode & 0o777;

it('writes keypair files that only the owner reads and that sign', async () => {
  const ring = makeKeys(folder, ['one', 'two']);
  await writeKeys(folder, ring);
  expect(await mode(folder)).toBe(0o700);
  for (const key of ring.all) {
    expect(await mode(key.path)).toBe(0o600);
    expect((await keypairFileSigner(key.path)).publicKey.toBase58()).toBe(key.publicKey);
    const secret = Uint8Array.from(JSON.parse(await readFile(key.path, 'utf8')));
    // Without skipValidation: throws when the halves do not belong together.
    expect(Keypair.fromSecretKey(secret).publicKey.toBase58()).toBe(key.publicKey);
  }
});

it('leaves no key of an earlier start', async () => {
  await mkdir(folder);
  await writeFile(join(folder, 'old.json'), '[]');
  await writeKeys(folder, makeKeys(folder, ['new']));
  expect(await readdir(folder)).toEqual(['new.json']);
});

it('makes other keys every time', () => {
  expect(makeKeys(folder, ['a']).of('a').publicKey).not.toBe(makeKeys(folder, ['a']).of('a').publicKey);
});
