import bs58 from 'bs58';
import { z } from 'zod';
import { catalogOf } from '../catalog.ts';

/**
 * A stand-in for the registry of actions, so that these tests stand on the parser alone. Three kinds that use every
 * form of field; the real ones are held against the parser by their own contract test.
 */
const address = z
  .string({ error: 'an address is base58 text' })
  .refine((text) => bs58.decodeUnsafe(text)?.length === 32, { error: 'not the base58 form of 32 bytes' });
const amount = z.string({ error: 'an amount is text' }).regex(/^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$|^unlimited$/, {
  error: 'an amount is a plain decimal, or unlimited',
});
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, { error: 'no time' });
const text = { label: '', help: 'Help.' };

export const DOUBLE = catalogOf([
  {
    kind: 'double-list',
    schema: z.strictObject({
      mint: address,
      symbol: z.string().regex(/^[A-Za-z0-9]{1,12}$/),
      program: z.enum(['token', 'token-2022']),
      decimals: z.int().min(0).max(18),
      cap: amount,
      frozen: z.literal(true).optional(),
    }),
    fields: [
      { ...text, name: 'mint', kind: 'address', of: 'mint' },
      { ...text, name: 'symbol', kind: 'text', maxLength: 12 },
      { ...text, name: 'program', kind: 'choice', choices: ['token', 'token-2022'] },
      { ...text, name: 'decimals', kind: 'whole', min: 0, max: 18 },
      { ...text, name: 'cap', kind: 'amount' },
      { ...text, name: 'frozen', kind: 'flag', optional: true },
    ],
  },
  {
    kind: 'double-window',
    schema: z.strictObject({
      index: z.int().min(0).max(65_535),
      opens: time,
      closes: z.union([z.literal('none'), time]),
      caps: z.array(z.strictObject({ mint: address, cap: amount })),
    }),
    fields: [
      { ...text, name: 'index', kind: 'whole', min: 0, max: 65_535 },
      { ...text, name: 'opens', kind: 'time' },
      { ...text, name: 'closes', kind: 'time', orNone: true },
      {
        ...text,
        name: 'caps',
        kind: 'list',
        of: [
          { ...text, name: 'mint', kind: 'address', of: 'mint' },
          { ...text, name: 'cap', kind: 'amount' },
        ],
      },
    ],
  },
  {
    kind: 'double-stop',
    schema: z.strictObject({ note: z.string().optional() }),
    fields: [{ ...text, name: 'note', kind: 'text', maxLength: 99 }],
  },
]);
