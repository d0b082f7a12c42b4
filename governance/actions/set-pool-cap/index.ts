import { z } from 'zod';
import type { Address } from '../../types.ts';
import { defineAction, warning } from '../action.ts';
import { checkNotRetired, checkPool, decodeNamed, mintOf, sipInstruction } from '../common.ts';
import { DECIMALS_FIELD, MINT_FIELD, SYMBOL_FIELD } from '../field.ts';
import { amount, capBaseUnits, capFits, decimals, mint, renderAmount, symbol } from '../values.ts';

const schema = z.strictObject({ mint, symbol, decimals, cap: amount }).refine(capFits.check, capFits.options);
type SetPoolCap = z.infer<typeof schema>;

export const setPoolCap = defineAction<'set-pool-cap', SetPoolCap>({
  kind: 'set-pool-cap',
  title: 'Set a pool’s cap',
  summary: 'Limits what may be deposited in a pool at one time.',
  schema,
  fields: [
    MINT_FIELD,
    SYMBOL_FIELD,
    DECIMALS_FIELD,
    { name: 'cap', label: 'Cap', kind: 'amount', help: 'In whole tokens, or unlimited.' },
  ],
  example: {
    mint: 'J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn' as Address,
    symbol: 'JitoSOL',
    decimals: 9,
    cap: '400000',
  },
  describe: (p) =>
    `Set the pool cap of ${p.symbol} (${p.mint}) to ${p.cap === 'unlimited' ? 'unlimited' : `${p.cap} ${p.symbol}`}`,
  build: (p, context) => [
    sipInstruction(
      'set_pool_cap',
      context,
      { pool: context.pdas.pool(p.mint) },
      { symbol: p.symbol, decimals: p.decimals, cap: capBaseUnits(p) },
    ),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('set_pool_cap', instructions, at, context);
    if (!decoded) return undefined;
    const { symbol, decimals, cap } = decoded.args;
    const params = schema.safeParse({
      mint: mintOf(decoded, context),
      symbol,
      decimals,
      cap: renderAmount(cap as bigint, decimals as number),
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  async check(p, context) {
    const { pool, findings } = checkPool(p, context);
    const notes = [...findings, ...checkNotRetired(pool)];
    if (pool && pool.cap === capBaseUnits(p))
      notes.push(
        warning(
          'nothing-changes',
          `the pool cap of ${p.symbol} is ${p.cap} already; the program refuses it`,
          'Leave the action out.',
        ),
      );
    if (pool && capBaseUnits(p) < pool.deposited) {
      notes.push(
        warning(
          'cap-below-deposited',
          `${renderAmount(pool.deposited, pool.decimals)} ${p.symbol} are deposited, more than the new cap`,
          'Deposits stop until withdrawals bring it below.',
        ),
      );
    }
    return notes;
  },
  expect: (p, context) => [
    {
      account: context.pdas.pool(p.mint),
      type: 'RestakingPool',
      fields: { cap: capBaseUnits(p), sip: context.sip.number },
    },
  ],
});
