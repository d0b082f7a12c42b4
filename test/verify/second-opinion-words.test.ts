import { describe, expect, it } from 'vitest';
import idl from '#governance/restaking/generated/restaking.json' with { type: 'json' };
import type { VerifyInput } from '#governance/verify/index.ts';
import { realProposal } from '#test/bench/real-proposals.ts';
import { agreed, askingTwice, sipOf } from './opinions.ts';
import { Random, transactionBytes, withAccount } from './world.ts';

/** Lines of instructions, whatever the message holds: every instruction of the interface, and what only looks like one. */

const SEED = Number(process.env.SIP_SEED ?? 20261);
askingTwice();

type IdlType =
  | string
  | { readonly option: IdlType }
  | { readonly array: readonly [IdlType, number] }
  | { readonly defined: { readonly name: string } };
interface IdlDefinition {
  readonly name: string;
  readonly type: {
    readonly kind: string;
    readonly fields?: readonly { readonly type: IdlType }[];
    readonly variants?: readonly unknown[];
  };
}
const WIDTHS: Readonly<Record<string, number>> = { u8: 1, u16: 2, u32: 4, u64: 8, i64: 8, pubkey: 32 };

/** Bytes of some value of the type. */
function drawn(type: IdlType, random: Random): readonly number[] {
  if (type === 'bool') return [random.below(2)];
  if (type === 'string') {
    const text = Buffer.from(
      random.pick(['', 'JupSOL', `"\\\n\u007f\u2028é😀`, '\u0000\ufeff', 'A'.repeat(300)]),
    );
    return [...new Uint8Array(new Uint32Array([text.length]).buffer), ...text];
  }
  if (typeof type === 'string') return [...random.bytes(WIDTHS[type]!)];
  if ('option' in type) return random.below(2) === 0 ? [0] : [1, ...drawn(type.option, random)];
  if ('array' in type)
    return Array.from({ length: type.array[1] }, () => drawn(type.array[0], random)).flat();
  const { kind, fields, variants } = (idl.types as readonly IdlDefinition[]).find(
    ({ name }) => name === type.defined.name,
  )!.type;
  if (kind === 'enum') return [random.below(variants!.length)];
  return fields!.flatMap((field) => drawn(field.type, random));
}

describe('whatever the message holds, both put it into the same words', () => {
  const sip = sipOf([{ kind: 'pause', params: {} }]);
  const base = realProposal(sip, SEED);
  /** The honest message with this instruction of the program behind the others. */
  const withMore = (data: readonly number[], accounts: number, random: Random): VerifyInput => {
    const { message } = base.fields;
    const { programIdIndex } = message.instructions[0]!;
    const accountIndexes = random.bytes(accounts).map((byte) => byte % message.accountKeys.length);
    const more = { programIdIndex, accountIndexes, data: Uint8Array.from(data) };
    const fields = { ...base.fields, message: { ...message, instructions: [...message.instructions, more] } };
    return withAccount(base.input, 'transaction', { data: transactionBytes(fields) });
  };

  it.each(idl.instructions.map((item) => [item.name, item] as const))('%s', (name, item) => {
    for (let turn = 0; turn < 2; turn++) {
      const random = new Random(SEED + turn);
      const args = item.args.flatMap(({ type }) => drawn(type as IdlType, random));
      const data = [...item.discriminator, ...args];
      const whole = agreed(sip, withMore(data, item.accounts.length, random));
      expect(whole.said.instruction?.at(-1)).toContain(`. ${name}(`);
      for (const [other, accounts] of [
        [[...data, 0], item.accounts.length],
        [data.slice(0, -1), item.accounts.length],
        [data, item.accounts.length + 1],
      ] as const)
        expect(agreed(sip, withMore(other, accounts, random)).said.instruction?.at(-1)).toContain(
          '. unknown instruction of ',
        );
    }
  });

  it.each([
    [1000, '. set_receipts_transferable('],
    [1001, '. unknown instruction of '],
  ])('arguments of %i bytes', (length, words) => {
    const item = idl.instructions.find((one) => one.name === 'set_receipts_transferable')!;
    const text = new Uint8Array(length - 4).fill(0x41);
    const data = [...item.discriminator, ...new Uint8Array(new Uint32Array([text.length]).buffer), ...text];
    const { said } = agreed(sip, withMore(data, item.accounts.length, new Random(SEED)));
    expect(said.instruction?.at(-1)).toContain(words);
  });

  it('an enum word, a flag or a text that is none', () => {
    for (const [name, at] of [
      ['set_pool_status', -1],
      ['whitelist_lst', -1],
      ['schedule_epoch', -2],
    ] as const) {
      const item = idl.instructions.find((one) => one.name === name)!;
      const random = new Random(SEED);
      const data = [
        ...item.discriminator,
        ...item.args.flatMap(({ type }) => drawn(type as IdlType, random)),
      ];
      data.splice(at, 1, 3);
      const { said } = agreed(sip, withMore(data, item.accounts.length, random));
      expect(said.instruction?.at(-1)).toContain('. unknown instruction of ');
    }
    const { discriminator, accounts } = idl.instructions.find(
      (item) => item.name === 'set_receipts_transferable',
    )!;
    const invalid = [0x58, 2, 0, 0, ...new Uint8Array(600).fill(0xff)];
    const { said } = agreed(sip, withMore([...discriminator, ...invalid], accounts.length, new Random(SEED)));
    expect(said.instruction?.at(-1)).toContain('. unknown instruction of ');
  });
});
