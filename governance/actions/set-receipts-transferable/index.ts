import { z } from 'zod';
import type { Address } from '../../types.ts';
import { defineAction, error } from '../action.ts';
import { checkPool, decodeNamed, mintOf, sipInstruction } from '../common.ts';
import { MINT_FIELD, SYMBOL_FIELD } from '../field.ts';
import { mint, symbol } from '../values.ts';

const schema = z.strictObject({ mint, symbol });
type SetReceiptsTransferable = z.infer<typeof schema>;

export const setReceiptsTransferable = defineAction<'set-receipts-transferable', SetReceiptsTransferable>({
  kind: 'set-receipts-transferable',
  title: 'Make receipts transferable',
  summary: 'One way: lets holders of a pool’s receipts have them thawed and move them.',
  schema,
  fields: [MINT_FIELD, SYMBOL_FIELD],
  example: { mint: 'mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So' as Address, symbol: 'mSOL' },
  describe: (p) => `Make the receipts of the ${p.symbol} pool (${p.mint}) transferable, for good`,
  build: (p, context) => [
    sipInstruction(
      'set_receipts_transferable',
      context,
      { pool: context.pdas.pool(p.mint) },
      { symbol: p.symbol },
    ),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('set_receipts_transferable', instructions, at, context);
    if (!decoded) return undefined;
    const params = schema.safeParse({ mint: mintOf(decoded, context), symbol: decoded.args.symbol });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  async check(p, context) {
    const { pool, findings } = checkPool(p, context);
    if (!pool?.receiptsTransferable) return findings;
    return [
      ...findings,
      error(
        'already-transferable',
        `the receipts of the ${p.symbol} pool are transferable already`,
        'Leave the action out.',
      ),
    ];
  },
  expect: (p, context) => [
    {
      account: context.pdas.pool(p.mint),
      type: 'RestakingPool',
      fields: { receiptsTransferable: true, sip: context.sip.number },
    },
  ],
});
