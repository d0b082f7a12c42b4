import { ACTIONS } from '#governance/actions/registry.ts';
import type { Action } from './opinions.ts';
import { Random } from './world.ts';

/** Actions to ask about: the example of every kind, and what the examples leave out. */

const KEY = 'CgntPoLka5pD5fesJYhGmUCF8KU1QS1ZmZiuAuMZr2az';
const MINT = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const VARIANTS: readonly (readonly [string, Action])[] = [
  ['a hand-over taken back', { kind: 'propose-authority', params: { cancel: true } }],
  [
    'a config transaction',
    {
      kind: 'record-external',
      params: { external: 'config-transaction', multisig: KEY, hash: 'ab'.repeat(32) },
    },
  ],
  [
    'a foreign instruction that signs, without data',
    {
      kind: 'record-external',
      params: {
        external: 'instruction',
        program: KEY,
        accounts: [
          { address: KEY, signer: false, writable: false },
          { address: MINT, signer: true, writable: true },
        ],
        data: '',
      },
    },
  ],
  [
    'a foreign instruction without accounts',
    {
      kind: 'record-external',
      params: { external: 'instruction', program: KEY, accounts: [], data: '00ff' },
    },
  ],
  [
    'a mint of Token-2022 with a freeze authority, unlimited',
    {
      kind: 'whitelist-lst',
      params: {
        ...{ mint: MINT, symbol: '2Z', 'token-program': 'token-2022', decimals: 0 },
        ...{ cap: 'unlimited', 'allow-freeze-authority': true },
      },
    },
  ],
  [
    'the smallest cap',
    { kind: 'set-pool-cap', params: { mint: MINT, symbol: 'A', decimals: 18, cap: '0.000000000000000001' } },
  ],
  [
    'the largest cap',
    { kind: 'set-pool-cap', params: { mint: MINT, symbol: 'A', decimals: 0, cap: '18446744073709551614' } },
  ],
  [
    'a governance',
    {
      kind: 'set-guard',
      params: { 'min-threshold': 65_535, 'min-time-lock-seconds': 0, 'vote-governance': KEY },
    },
  ],
  [
    'a name in quotes',
    {
      kind: 'update-operator',
      params: { 'vote-account': KEY, name: `O'Neil "\\" # true: no`, authority: KEY },
    },
  ],
  ['a name of digits', { kind: 'retire-operator', params: { 'vote-account': KEY, name: '0042' } }],
  [
    'an epoch without caps',
    {
      kind: 'schedule-epoch',
      params: {
        ...{ index: 65_535, 'opens-at': '2028-02-29T23:59:59Z', 'closes-at': 'none' },
        ...{ access: 'open', withdrawals: 'on', caps: [] },
      },
    },
  ],
];
export const EXAMPLES: readonly (readonly [string, Action])[] = [
  ...ACTIONS.map(({ kind, example }) => [kind, { kind, params: example as object }] as const),
  ...VARIANTS,
];

/** Enough for a text of several parts. */
export const operators = Array.from({ length: 23 }, (_, at) => ({
  kind: 'whitelist-operator',
  params: { 'vote-account': new Random(at + 1).key().toBase58(), name: `Operator ${at}`, authority: KEY },
}));
