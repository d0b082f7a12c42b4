import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ChainReader, RawAccount } from '../chain/ports.ts';
import { parseSip } from '../sip/index.ts';
import { checkRates, statedRates } from './check-rates.ts';

const file = 'sips/sip-0008-whitelist-jupsol.md';
const { sip } = parseSip(new Uint8Array(readFileSync(file)), file);
if (!sip) throw new Error(`${file} is no SIP`);

/** Answers with one stake pool at this rate, and throws where anything else is asked. */
function poolAtRate(rate: number): ChainReader {
  const data = new Uint8Array(300);
  const view = new DataView(data.buffer);
  view.setBigUint64(258, BigInt(Math.round(rate * 1e9)), true);
  view.setBigUint64(266, 1_000_000_000n, true);
  const getProgramAccounts = async () => [{ data } as RawAccount];
  return new Proxy({ getProgramAccounts } as unknown as ChainReader, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      (() => {
        throw new Error(`not to be asked: ${String(name)}`);
      }),
  });
}

describe('rates in the prose', () => {
  it('are read from sentences and from tables', () => {
    expect(statedRates('worth 1.02 SOL per JupSOL today')).toEqual([{ symbol: 'JupSOL', solPerToken: 1.02 }]);
    const table =
      '| LST | SOL per LST | Cap |\n| --- | --- | --- |\n| mSOL | 1.19 | 28,000 |\n| INF | 1.20 | 1 |\n\n| x | 9.9 |';
    expect(statedRates(table)).toEqual([
      { symbol: 'mSOL', solPerToken: 1.19 },
      { symbol: 'INF', solPerToken: 1.2 },
    ]);
  });

  it('are fine up to 5 % beside the stake pool’s', async () => {
    expect(await checkRates(poolAtRate(1.02 * 1.049), sip)).toEqual([]);
  });

  it('are called out beyond it', async () => {
    const findings = await checkRates(poolAtRate(1.02 * 1.06), sip);
    expect(findings).toMatchObject([
      { level: 'warning', code: 'rate-drifted', message: expect.stringContaining('1.0812') },
    ]);
  });
});
