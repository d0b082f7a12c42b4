import { z } from 'zod';
import { ACCOUNT_BYTES } from '../../restaking/sizes.ts';
import { defineAction } from '../action.ts';
import { decodeNamed } from '../common.ts';
import {
  buildCap,
  CAP_FIELDS,
  capSchema,
  checkCaps,
  checkEpoch,
  decodeCap,
  expectCap,
  INDEX_FIELD,
} from '../epoch.ts';
import { exampleCaps } from '../example-caps.ts';
import { amount, capFits, decimals, epochIndex, mint, symbol } from '../values.ts';

const schema = z
  .strictObject({ index: epochIndex, mint, symbol, decimals, cap: amount })
  .refine(capFits.check, capFits.options);
type SetEpochCap = z.infer<typeof schema>;

const capOf = ({ index: _, ...cap }: SetEpochCap) => capSchema.parse(cap);

export const setEpochCap = defineAction<'set-epoch-cap', SetEpochCap>({
  kind: 'set-epoch-cap',
  title: 'Set an LST’s cap in an epoch',
  summary: 'Limits what may come into one pool during a scheduled or active epoch.',
  schema,
  fields: [INDEX_FIELD, ...CAP_FIELDS],
  example: { index: 3, ...(exampleCaps[0] as (typeof exampleCaps)[number]) },
  describe: (p) => `Set the cap of ${p.symbol} (${p.mint}) in restaking epoch ${p.index} to ${p.cap}`,
  build: (p, context) => [buildCap(p.index, capOf(p), context)],
  decode(instructions, at, context) {
    const decoded = decodeNamed('set_epoch_cap', instructions, at, context);
    const cap = decoded && decodeCap(decoded, context);
    return cap && { params: { index: cap.index, ...cap.cap }, taken: 1 };
  },
  creates: () => [ACCOUNT_BYTES.EpochCap],
  async check(p, context) {
    return [...checkEpoch(p.index, context).findings, ...checkCaps(p.index, [capOf(p)], context)];
  },
  expect: (p, context) => [expectCap(p.index, capOf(p), context)],
});
