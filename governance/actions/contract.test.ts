import { readdirSync } from 'node:fs';
import { PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { addressesIn, buildContext, decodeContext } from '../plan/context.ts';
import idl from '../restaking/generated/restaking.json' with { type: 'json' };
import { pinsOf } from '../restaking/pdas.ts';
import type { Address, Digest } from '../types.ts';
import type { AnyActionModule } from './action.ts';
import type { Field } from './field.ts';
import { ACTIONS } from './registry.ts';

const pins = pinsOf(idl.address as Address, 'GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm' as Address);
const context = buildContext(pins, { number: 9, digest: 'ab'.repeat(32) as Digest });
const modules: readonly AnyActionModule[] = ACTIONS;

/** Instructions that a SIP may announce: the authority and the SIP's record are among their accounts. */
const announced = idl.instructions
  .filter(
    (item) => item.name !== 'begin_sip' && item.accounts.some((account) => account.name === 'sip_record'),
  )
  .map((item) => item.name);

const fieldNames = (fields: readonly Field[]) => fields.map((field) => field.name);

describe.each(modules.map((module) => [module.kind, module] as const))('the action %s', (kind, module) => {
  const decode = decodeContext(pins, addressesIn(module.example));
  const built = module.build(module.example, context);

  it('lives in a folder of its name', () => {
    expect(readdirSync(new URL('.', import.meta.url))).toContain(kind);
  });

  it('has an example that its schema accepts unchanged', () => {
    expect(module.schema.parse(module.example)).toEqual(module.example);
  });

  it('refuses a key that it does not know', () => {
    expect(module.schema.safeParse({ ...(module.example as object), surprise: 1 }).success).toBe(false);
  });

  it('has a form field for every parameter of the example', () => {
    expect(fieldNames(module.fields)).toEqual(expect.arrayContaining(Object.keys(module.example as object)));
  });

  it('decodes what it builds, and takes as many instructions', () => {
    expect(module.decode(built, 0, decode)).toEqual({ params: module.example, taken: built.length });
  });

  it('builds the same bytes from what it decodes', () => {
    const again = module.build(module.decode(built, 0, decode)?.params, context);
    expect(again.map((ix) => ix.data.toString('hex'))).toEqual(built.map((ix) => ix.data.toString('hex')));
  });

  it('does not decode a changed byte of data, account or program to the same parameters', () => {
    const first = built[0];
    if (!first) throw new Error('an action builds at least one instruction');
    const seen = new Set<string>();
    for (let at = 0; at < first.data.length; at += 1) {
      const data = Buffer.from(first.data);
      data[at] = (data[at] ?? 0) ^ 1;
      const changed = module.decode([{ ...first, data } as typeof first, ...built.slice(1)], 0, decode);
      if (changed && JSON.stringify(changed.params) === JSON.stringify(module.example))
        seen.add(`byte ${at}`);
    }
    const other = { ...first, programId: PublicKey.default } as typeof first;
    expect(module.decode([other, ...built.slice(1)], 0, decode)).toBeUndefined();
    expect([...seen]).toEqual([]);
  });

  it('describes itself in one sentence with what it changes', () => {
    expect(module.describe(module.example)).toMatch(/^[A-Z].{10,}[^.]$/);
  });

  it('expects a state that names its SIP or closes an account', () => {
    const expectations = module.expect(module.example, context);
    expect(expectations.length).toBeGreaterThan(0);
    const stamped = expectations.some(
      (e) => e.fields === null || e.fields.sip === 9 || e.fields.whitelistedBy === 9,
    );
    expect(stamped).toBe(true);
  });
});

describe('the registry', () => {
  it('lists every folder and no other', () => {
    const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map((folder) => folder.name).sort()).toEqual(modules.map((module) => module.kind).sort());
  });

  it('covers every instruction of the program that a SIP can announce', () => {
    const names = new Set(
      modules
        .flatMap((module) => module.build(module.example, context))
        .map((ix) => ix.data.subarray(0, 8).toString('hex')),
    );
    const missing = idl.instructions
      .filter((item) => announced.includes(item.name))
      .filter((item) => !names.has(Buffer.from(item.discriminator).toString('hex')));
    expect(missing.map((item) => item.name)).toEqual([]);
  });
});
