import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keypair, PublicKey } from '@solana/web3.js';
import { expect, it } from 'vitest';
import { parsePrograms, programAccounts, programNamed } from './programs.ts';
import { programsToLoad } from './seed.ts';

const binary = (name: string) => ({
  name,
  id: '11111111111111111111111111111112',
  path: '/p',
  sha256: '00',
  origin: 'o',
});
const missing = expect.objectContaining({ code: 'PROGRAMS_MISSING' });

it.each(['', '{}', '[1]', '[{"name":"squads"}]'])('refuses %j from the tool', (text) => {
  expect(() => parsePrograms(text)).toThrow(missing);
});

it('names the program that is not among the binaries', () => {
  const programs = parsePrograms(JSON.stringify([binary('squads')]));
  expect(programNamed(programs, 'squads').path).toBe('/p');
  expect(() => programNamed(programs, 'restaking')).toThrow(missing);
  expect(() => programNamed(programs, 'restaking')).toThrow(/restaking/);
});

it('loads the stake pool binary at the ids of both forks, and nothing of ours when bare', () => {
  const all = parsePrograms(
    JSON.stringify(['restaking', 'squads', 'spl-governance', 'spl-stake-pool'].map(binary)),
  );
  const names = (bare: boolean) => programsToLoad(all, bare).map(({ name }) => name);
  const foreign = ['squads', 'spl-governance', 'spl-stake-pool', 'sanctum-spl', 'sanctum-spl-multi'];
  expect(names(false)).toEqual(['restaking', ...foreign]);
  expect(names(true)).toEqual(foreign);
  expect(programsToLoad(all, true).at(-1)).toMatchObject({
    sha256: '00',
    origin: expect.stringContaining('fork'),
  });
});

it('lays out Program and ProgramData as the loader does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'elf-'));
  await writeFile(join(folder, 'p.so'), Uint8Array.of(1, 2, 3));
  const [id, authority] = [Keypair.generate().publicKey, Keypair.generate().publicKey];
  const { program, programData } = await programAccounts(id, join(folder, 'p.so'), authority);
  await rm(folder, { recursive: true });
  expect(program.executable).toBe(true);
  expect(new PublicKey(program.data.subarray(4)).equals(programData.address)).toBe(true);
  expect(programData.data).toEqual(
    Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, ...authority.toBytes(), 1, 2, 3),
  );
});

it('says so when a binary cannot be read', async () => {
  await expect(programAccounts(PublicKey.default, '/nonexistent.so', null)).rejects.toEqual(missing);
});
