import type { Address } from '../types.ts';
import type { Cap } from './epoch.ts';

/** Caps of the examples: the four LSTs of the launch. */
export const exampleCaps: Cap[] = [
  {
    mint: 'mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So' as Address,
    symbol: 'mSOL',
    decimals: 9,
    cap: '30000',
  },
  {
    mint: 'J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn' as Address,
    symbol: 'JitoSOL',
    decimals: 9,
    cap: '55000.5',
  },
];
