import { z } from 'zod';
import { address, amount } from './base.ts';
import { finding } from './sips.ts';

/** The editor: the text’s action block as forms. */

/** Facts from chain before proposing. */
const fieldBase = {
  name: z.string(),
  label: z.string(),
  help: z.string(),
  optional: z.literal(true).optional(),
};
const plainField = [
  z.strictObject({
    ...fieldBase,
    kind: z.literal('address'),
    of: z.string(),
    orNone: z.literal(true).optional(),
  }),
  z.strictObject({ ...fieldBase, kind: z.literal('amount') }),
  z.strictObject({ ...fieldBase, kind: z.literal('time'), orNone: z.literal(true).optional() }),
  z.strictObject({ ...fieldBase, kind: z.literal('choice'), choices: z.array(z.string()) }),
  z.strictObject({ ...fieldBase, kind: z.literal('whole'), min: z.number(), max: z.number() }),
  z.strictObject({ ...fieldBase, kind: z.literal('text'), maxLength: z.number() }),
  z.strictObject({ ...fieldBase, kind: z.literal('flag') }),
] as const;
/** As governance/actions/field.ts has it; a list is of plain fields. */
export const field = z.discriminatedUnion('kind', [
  ...plainField,
  z.strictObject({
    ...fieldBase,
    kind: z.literal('list'),
    of: z.array(z.discriminatedUnion('kind', [...plainField])),
  }),
]);
export type FieldView = z.infer<typeof field>;

export const actionKind = z.strictObject({
  kind: z.string(),
  title: z.string(),
  summary: z.string(),
  fields: z.array(field),
});
export type ActionKindView = z.infer<typeof actionKind>;

const values = z.record(z.string(), z.unknown());
/** What a form edits. */
export const editedBlock = z.strictObject({
  validUntil: z.string().max(40),
  actions: z.array(z.strictObject({ kind: z.string().max(64), values })).max(255),
});
export type EditedBlock = z.infer<typeof editedBlock>;

/** The actions block of a text, and what is wrong with its values; null where it cannot be read as one. */
export const blockView = z.strictObject({
  block: editedBlock.nullable(),
  problems: z.array(z.array(z.strictObject({ path: z.string(), message: z.string() }))),
});
export type BlockView = z.infer<typeof blockView>;

/** A document as it is opened for editing. */
export const editView = z.strictObject({
  fileName: z.string(),
  text: z.string(),
  /** As it was saved last; null for one that never was. */
  saved: z.string().nullable(),
  /** `text` is what was typed and not saved. */
  restored: z.boolean(),
});
export type EditView = z.infer<typeof editView>;

export const mintFacts = z.strictObject({
  tokenProgram: z.string(),
  decimals: z.number(),
  supplyBaseUnits: amount,
  mintAuthority: address.nullable(),
  freezeAuthority: address.nullable(),
  pool: z.strictObject({ symbol: z.string(), status: z.string(), capBaseUnits: amount }).nullable(),
});
export type MintFactsView = z.infer<typeof mintFacts>;

export const checkView = z.strictObject({
  ok: z.boolean(),
  findings: z.array(finding),
  rentLamports: amount,
  vaultLamports: amount,
});
export type CheckView = z.infer<typeof checkView>;
