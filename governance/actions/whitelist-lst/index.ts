import { z } from 'zod';
import { associatedTokenAddress, TOKEN_PROGRAMS } from '../../restaking/pdas.ts';
import {
  ACCOUNT_BYTES,
  MINT_BYTES,
  TOKEN_2022_ACCOUNT_BYTES,
  TOKEN_ACCOUNT_BYTES,
} from '../../restaking/sizes.ts';
import type { Address } from '../../types.ts';
import { defineAction } from '../action.ts';
import { decodeNamed, sipInstruction } from '../common.ts';
import { amount, capBaseUnits, capFits, decimals, mint, renderAmount, symbol } from '../values.ts';
import { checkMint } from './check-mint.ts';

const schema = z
  .strictObject({
    mint,
    symbol,
    'token-program': z.enum(['token', 'token-2022'], { error: 'token-program is token or token-2022' }),
    decimals,
    cap: amount,
    /** Stated only where the mint has one and the council accepts it. */
    'allow-freeze-authority': z
      .literal(true, { error: 'state allow-freeze-authority: true or leave it out' })
      .optional(),
  })
  .refine(capFits.check, capFits.options);
export type WhitelistLst = z.infer<typeof schema>;

export const whitelistLst = defineAction<'whitelist-lst', WhitelistLst>({
  kind: 'whitelist-lst',
  title: 'Whitelist an LST',
  summary: 'Makes a restaking pool for a liquid staking token, with a cap on what it may hold.',
  schema,
  fields: [
    { name: 'mint', label: 'Mint', kind: 'address', of: 'mint', help: 'The token’s mint address.' },
    {
      name: 'symbol',
      label: 'Symbol',
      kind: 'text',
      maxLength: 12,
      help: 'Letters and digits, as the token is known.',
    },
    {
      name: 'token-program',
      label: 'Token program',
      kind: 'choice',
      choices: ['token', 'token-2022'],
      help: 'The program that owns the mint.',
    },
    { name: 'decimals', label: 'Decimals', kind: 'whole', min: 0, max: 18, help: 'As the mint says.' },
    {
      name: 'cap',
      label: 'Cap',
      kind: 'amount',
      help: 'Most that may be deposited at one time, in whole tokens.',
    },
    {
      name: 'allow-freeze-authority',
      label: 'Accept freeze authority',
      kind: 'flag',
      optional: true,
      help: 'The mint’s issuer can freeze the pool’s vault.',
    },
  ],
  example: {
    mint: 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v' as Address,
    symbol: 'JupSOL',
    'token-program': 'token',
    decimals: 9,
    cap: '250000',
  },
  describe: (p) =>
    `Whitelist ${p.symbol} (${p.mint}) with a pool cap of ${p.cap === 'unlimited' ? 'unlimited' : `${p.cap} ${p.symbol}`}${p['allow-freeze-authority'] ? ', accepting its freeze authority' : ''}`,
  build(p, context) {
    const pool = context.pdas.pool(p.mint);
    const lstTokenProgram = TOKEN_PROGRAMS[p['token-program']];
    const accounts = {
      lstMint: p.mint,
      pool,
      rstMint: context.pdas.rstMint(pool),
      lstVault: associatedTokenAddress(pool, p.mint, lstTokenProgram),
      lstTokenProgram,
    };
    const args = {
      symbol: p.symbol,
      decimals: p.decimals,
      cap: capBaseUnits(p),
      allowFreezeAuthority: p['allow-freeze-authority'] === true,
    };
    return [sipInstruction('whitelist_lst', context, accounts, args)];
  },
  decode(instructions, at, context) {
    const decoded = decodeNamed('whitelist_lst', instructions, at, context);
    if (!decoded) return undefined;
    const program = Object.entries(TOKEN_PROGRAMS).find(
      ([, id]) => id === decoded.accounts.lstTokenProgram,
    )?.[0];
    const params = schema.safeParse({
      mint: decoded.accounts.lstMint,
      symbol: decoded.args.symbol,
      'token-program': program,
      decimals: decoded.args.decimals,
      cap: renderAmount(decoded.args.cap as bigint, decoded.args.decimals as number),
      ...(decoded.args.allowFreezeAuthority ? { 'allow-freeze-authority': true } : {}),
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  creates: (p) => [
    ACCOUNT_BYTES.RestakingPool,
    MINT_BYTES,
    p['token-program'] === 'token' ? TOKEN_ACCOUNT_BYTES : TOKEN_2022_ACCOUNT_BYTES,
  ],
  check: checkMint,
  expect(p, context) {
    const pool = context.pdas.pool(p.mint);
    return [
      {
        account: pool,
        type: 'RestakingPool',
        fields: {
          lstMint: p.mint,
          rstMint: context.pdas.rstMint(pool),
          decimals: p.decimals,
          symbol: p.symbol,
          status: 'open',
          receiptsTransferable: false,
          cap: capBaseUnits(p),
          whitelistedBy: context.sip.number,
        },
      },
    ];
  },
});
