import { z } from 'zod';
import { Variant } from '../../restaking/plain.ts';
import type { Address } from '../../types.ts';
import { defineAction, warning } from '../action.ts';
import { checkPool, decodeNamed, mintOf, sipInstruction } from '../common.ts';
import { MINT_FIELD, SYMBOL_FIELD } from '../field.ts';
import { mint, symbol } from '../values.ts';

const STATUSES = ['open', 'deposits-closed', 'retired'] as const;
const schema = z.strictObject({
  mint,
  symbol,
  status: z.enum(STATUSES, { error: `status is one of ${STATUSES.join(', ')}` }),
});
type SetPoolStatus = z.infer<typeof schema>;

const EFFECT = {
  open: 'open for deposits',
  'deposits-closed': 'closed for deposits',
  retired: 'retired: no deposits, no caps, and it can always be left',
} as const;

export const setPoolStatus = defineAction<'set-pool-status', SetPoolStatus>({
  kind: 'set-pool-status',
  title: 'Open, close or retire a pool',
  summary: 'Opens a pool, closes it for deposits, or retires it so that it can always be left.',
  schema,
  fields: [
    MINT_FIELD,
    SYMBOL_FIELD,
    { name: 'status', label: 'Status', kind: 'choice', choices: STATUSES, help: 'What the pool shall be.' },
  ],
  example: {
    mint: 'bSo13r4TkiE4KumL71LsHTPpL2euBYLFx6h9HP3piy1' as Address,
    symbol: 'bSOL',
    status: 'deposits-closed',
  },
  describe: (p) => `Make the pool of ${p.symbol} (${p.mint}) ${EFFECT[p.status]}`,
  build: (p, context) => [
    sipInstruction(
      'set_pool_status',
      context,
      { pool: context.pdas.pool(p.mint) },
      { symbol: p.symbol, status: new Variant(p.status) },
    ),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('set_pool_status', instructions, at, context);
    if (!decoded) return undefined;
    const params = schema.safeParse({
      mint: mintOf(decoded, context),
      symbol: decoded.args.symbol,
      status: decoded.args.status,
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  async check(p, context) {
    const { pool, findings } = checkPool(p, context);
    if (pool?.status !== p.status) return findings;
    return [
      ...findings,
      warning(
        'nothing-changes',
        `the pool of ${p.symbol} is ${p.status} already; the program refuses it`,
        'Leave the action out.',
      ),
    ];
  },
  expect: (p, context) => [
    {
      account: context.pdas.pool(p.mint),
      type: 'RestakingPool',
      fields: { status: p.status, sip: context.sip.number },
    },
  ],
});
