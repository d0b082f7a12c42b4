import { PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { liteSvmRpc } from '#test/support/litesvm-rpc.ts';
import { codeHash, LOADER } from '../../chain/loader-accounts.ts';
import type { Address } from '../../types.ts';
import type { CheckContext } from '../action.ts';
import { checkUpgrade } from './check-upgrade.ts';

const [programData, program, buffer, vault, stranger] = Array.from({ length: 5 }, () =>
  PublicKey.unique(),
) as [PublicKey, PublicKey, PublicKey, PublicKey, PublicKey];
const [old, code] = [Uint8Array.of(1, 2, 3, 4, 0, 0), Uint8Array.of(9, 8, 7, 0)];
const UPGRADE = {
  program: LOADER.toBase58(),
  accounts: [programData, program, buffer, stranger].map((key) => ({ address: key.toBase58() as Address })),
  data: '03000000',
};

interface Given {
  readonly bufferOf?: PublicKey | null;
  readonly programOf?: PublicKey | null;
  readonly elf?: Uint8Array;
}
async function codes(given: Given, instruction = UPGRADE): Promise<readonly string[]> {
  return (await findings(given, instruction)).map((one) => `${one.level} ${one.code}`);
}
function findings({ bufferOf = vault, programOf = vault, elf = code }: Given, instruction = UPGRADE) {
  const reader = liteSvmRpc();
  const put = (address: PublicKey, ...parts: readonly Uint8Array[]) =>
    reader.setAccount({
      ...{ address, owner: LOADER, lamports: 10_000_000n },
      data: Uint8Array.from(Buffer.concat(parts)),
    });
  const option = (key: PublicKey) => Buffer.concat([Uint8Array.of(1), key.toBytes()]);
  if (programOf) put(programData, Uint8Array.of(3, 0, 0, 0), new Uint8Array(8), option(programOf), old);
  if (bufferOf) put(buffer, Uint8Array.of(1, 0, 0, 0), option(bufferOf), elf);
  const pins = { vault: vault.toBase58() };
  return checkUpgrade(instruction, { reader, pins } as unknown as CheckContext);
}

describe('an upgrade before it is proposed', () => {
  it('is told by the hash of the code that is there and of that in the buffer', async () => {
    const [only, ...rest] = await findings({});
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ level: 'warning', code: 'upgrade-code' });
    expect(only?.message).toContain(`holds code with the SHA-256 ${codeHash(Uint8Array.of(1, 2, 3, 4))}`);
    expect(only?.message).toContain(`3 bytes with the SHA-256 ${codeHash(Uint8Array.of(9, 8, 7))}`);
  });

  it.each([
    [{ bufferOf: stranger }, ['warning upgrade-code', 'error upgrade-buffer-not-held']],
    [{ programOf: stranger }, ['warning upgrade-code', 'error upgrade-not-held']],
    [{ elf: new Uint8Array(7).fill(1) }, ['warning upgrade-code', 'error upgrade-no-room']],
    [{ bufferOf: null }, ['error upgrade-no-buffer']],
    [{ programOf: null }, ['error upgrade-no-program']],
  ] as const)('%#: has what would make it fail, or another than was reviewed', async (given, expected) => {
    expect(await codes(given)).toEqual(expected);
  });

  it('is nothing for another instruction', async () => {
    expect(await codes({}, { ...UPGRADE, data: '04000000' })).toEqual([]);
    expect(await codes({}, { ...UPGRADE, program: PublicKey.default.toBase58() })).toEqual([]);
  });
});
