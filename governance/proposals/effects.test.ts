import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { LSTS, sipFile, whitelist } from '#test/support/sip-text.ts';
import { makeWorld, messageOf } from '#test/verify/world.ts';
import { compileSip } from '../plan/compile.ts';
import { parseUnnamed } from '../sip/parse-unnamed.ts';
import type { Address } from '../types.ts';
import { compileVaultMessage } from '../venues/squads/message.ts';
import type { CouncilTransaction } from '../venues/squads/state.ts';
import { effectsOf } from './effects.ts';

const world = makeWorld(7);
const address = (key: PublicKey) => key.toBase58() as Address;
const pins = {
  ...{ programId: address(world.programId), council: address(world.council), vault: address(world.vault) },
};
const thief = PublicKey.unique();
const BUFFER = PublicKey.unique();
const upgrade = {
  kind: 'record-external',
  params: {
    external: 'instruction',
    program: 'BPFLoaderUpgradeab1e11111111111111111111111',
    accounts: [PublicKey.unique(), world.programId, BUFFER, world.vault, thief, thief, world.vault].map(
      (key, at) => ({ address: address(key), signer: at === 6, writable: at < 4 }),
    ),
    data: '03000000',
  },
};

const sip = parseUnnamed(
  sipFile(
    { sip: 7, title: 'Whitelist and upgrade', actions: [whitelist('mSOL', '1000'), upgrade] },
    1_772_323_200n,
  ).bytes,
  'sip.md',
);
const members = world.members.map(({ key, mask }) => ({ key: address(key), mask }));
const [part] = compileSip(sip, { pins, members, transactionIndex: 1n }).parts;
const honest = part!.instructions.map(
  ({ programId, keys, data }) =>
    new TransactionInstruction({
      programId: new PublicKey(programId),
      keys: keys.map((key) => ({ ...key, pubkey: new PublicKey(key.pubkey) })),
      data: Buffer.from(data),
    }),
);
const theft = SystemProgram.transfer({ fromPubkey: world.vault, toPubkey: thief, lamports: 5_000_000_000 });

const effects = (instructions: readonly TransactionInstruction[], text: typeof sip | null = sip) =>
  effectsOf(
    {
      ...{
        kind: 'vault',
        index: 1n,
        message: messageOf(compileVaultMessage(world.vault, instructions).wire),
      },
    } as unknown as Extract<CouncilTransaction, { readonly kind: 'vault' }>,
    ...([text ?? undefined, text ? 1 : null, pins] as const),
  );
const saying = (found: ReturnType<typeof effects>, by: string | null) =>
  found.filter(({ saidBy }) => saidBy === by).map(({ sentence }) => sentence);

describe('what a transaction does', () => {
  it('is said once where the text says it, the announcement left out, an upgrade in words', () => {
    const found = effects(honest);
    expect(found.map(({ saidBy }) => saidBy)).toEqual(['both', 'both', 'both']);
    expect(found[0]?.sentence).toMatch(/^Whitelist mSOL/);
    const upgrades = `Upgrade the program ${world.programId.toBase58()} to what the buffer ${BUFFER.toBase58()} holds`;
    expect(found[1]?.sentence).toContain(upgrades);
    expect(found[2]?.sentence).toContain(upgrades);
    expect(found[2]?.sentence).toMatch(/, announced by the record before it$/);
  });

  it('is shown as not announced wherever it stands, in front of the announcement, too', () => {
    for (const instructions of [
      [theft, ...honest],
      [...honest.slice(0, 2), theft, ...honest.slice(2)],
      [...honest, theft],
    ])
      expect(saying(effects(instructions), 'bytes')).toContain(
        `Transfer 5 SOL from ${world.vault.toBase58()} to ${thief.toBase58()}. No record announces it`,
      );
  });

  it('is not called announced by a record of something else', () => {
    const swapped = [...honest.slice(0, -1), theft];
    const found = effects(swapped);
    expect(saying(found, 'bytes')).toEqual([
      expect.stringMatching(/^record_external of the restaking program, with kind 0, target BPFLoader/),
      expect.stringMatching(/No record announces it$/),
    ]);
    expect(saying(found, 'text')).toHaveLength(2);
    const other = honest.at(-1)!;
    const keys = other.keys.map((key, at) => (at === 2 ? { ...key, pubkey: thief } : key));
    const changed = effects([...honest.slice(0, -1), new TransactionInstruction({ ...other, keys })]);
    expect(saying(changed, 'bytes').at(-1)).toMatch(/No record announces it$/);
  });

  it('without a text is not compared', () => {
    const found = effects([theft, ...honest], null);
    expect(found).toHaveLength(5);
    expect(found.every(({ saidBy }) => saidBy === null)).toBe(true);
  });
});

it('an instruction about something that the text does not name is told with all that it says', () => {
  const setPoolCap = { kind: 'set-pool-cap', params: { ...LSTS.bSOL, cap: '77' } };
  const other = parseUnnamed(
    sipFile({ sip: 9, title: 'Caps', actions: [setPoolCap] }, 1_772_323_200n).bytes,
    'other.md',
  );
  const [only] = compileSip(other, { pins, members, transactionIndex: 1n }).parts;
  const smuggled = only!.instructions[1]!;
  const instruction = new TransactionInstruction({
    programId: world.programId,
    keys: smuggled.keys.map((key) => ({ ...key, pubkey: new PublicKey(key.pubkey) })),
    data: Buffer.from(smuggled.data),
  });
  const [sentence] = saying(effects([...honest, instruction]), 'bytes');
  expect(sentence).toMatch(
    /^set_pool_cap of the restaking program on pool \w{32,44}, with .*cap 77000000000/,
  );
});
