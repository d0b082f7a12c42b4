import { describe, expect, it } from 'vitest';
import { type VerifyInput, verifyTransaction } from '#governance/verify/index.ts';
import {
  honestInput,
  makeWorld,
  transactionBytes,
  transactionFields,
  type World,
  withAccount,
} from './world.ts';

/** Which part of a text the bytes are compared with. */

const three = worldOf(({ parts, part }) => parts === 3 && part === 1);

function worldOf(wanted: (world: World) => boolean): World {
  for (let seed = 1; seed < 500; seed += 1) if (wanted(makeWorld(seed))) return makeWorld(seed);
  throw new Error('no such world');
}

/** What `part` does, with other data in the instruction that announces it. */
function announcing(world: World, part: number, change: (data: Uint8Array) => Uint8Array): VerifyInput {
  const fields = transactionFields({ ...world, part });
  const [ix] = fields.message.instructions;
  fields.message.instructions[0] = { ...ix!, data: change(ix!.data) };
  return withAccount(honestInput(world), 'transaction', { data: transactionBytes(fields) });
}
const claiming = (claimed: number) => (data: Uint8Array) => data.slice().fill(claimed, 44, 45);
const part = (input: VerifyInput) =>
  verifyTransaction(input).differences.filter(({ field }) => field === 'part');

describe('bytes that say they are another part', () => {
  it('are compared with the one that they are', () => {
    for (const [is, claimed] of [
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 3],
      [3, 1],
      [3, 2],
      [3, 9],
    ] as const)
      expect(part(announcing(three, is, claiming(claimed)))).toMatchObject([
        { expected: `${is}`, actual: `${claimed}` },
      ]);
  });

  it('are compared with the first of those that they are as far from', () => {
    const [actions] = three.actions;
    const alike = { ...three, actions: [actions!, actions!, actions!] };
    expect(part(announcing(alike, 1, claiming(9)))).toMatchObject([{ expected: '1', actual: '9' }]);
  });
});

it('are called none of the text where it compiles to nothing', () => {
  const nothing = (input: VerifyInput) => ({ ...input, text: { ...input.text!, recompile: () => null } });
  const short = announcing(three, 1, (data) => data.slice(0, -1));
  expect(part(nothing(honestInput(three)))).toMatchObject([
    { expected: 'a part of the text', actual: 'part 1' },
  ]);
  expect(part(nothing(short))).toMatchObject([{ expected: 'a part of the text', actual: 'part unknown' }]);
});
