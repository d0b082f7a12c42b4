import { expect, it } from 'vitest';
import type { AppState } from '#desktop/shared/views/index.ts';
import { explorerLink } from './explorer.tsx';

const KEY = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const on = (cluster: string, explorer: AppState['explorer'] = 'solana') =>
  explorerLink({ explorer, network: { cluster } as AppState['network'] }, 'address', KEY);

it('names the cluster and what is looked up, and nothing else', () => {
  expect(on('mainnet')).toBe(`https://explorer.solana.com/address/${KEY}`);
  expect(on('devnet', 'solscan')).toBe(`https://solscan.io/account/${KEY}?cluster=devnet`);
});

it('is none where no explorer can know it', () => {
  for (const cluster of ['embedded', 'local', '']) expect(on(cluster)).toBeNull();
  expect(on('mainnet', 'none')).toBeNull();
});
