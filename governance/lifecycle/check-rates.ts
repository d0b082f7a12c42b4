import { PublicKey } from '@solana/web3.js';
import { type Finding, warning } from '../actions/action.ts';
import type { ChainReader } from '../chain/ports.ts';
import type { Sip } from '../sip/document.ts';
import type { Address } from '../types.ts';

/** Rates that the prose states, against what the LSTs' own stake pools say. USD has no witness on chain. */

/** Deployments of the SPL stake pool program: the original and Sanctum's two. */
const STAKE_POOL_PROGRAMS = [
  'SPoo1Ku8WFXoNDMHPsrGSTSG1Y47rzgn41SLUNakuHy',
  'SP12tWFxD9oJsVWNavTTBZvMbA6gkAmxtVgxdqvyvhY',
  'SPMBzsVUuoHA4Jm6KunbsotaahvVikZs1JyTW6iJvbn',
] as const;
/** Offsets in a stake pool account (lamports and supply are u64 LE). */
const POOL_MINT = 162;
const TOTAL_LAMPORTS = 258;
const POOL_TOKEN_SUPPLY = 266;
/** Beyond this a figure in the prose misleads. */
const MOST_DRIFT = 0.05;

export interface StatedRate {
  readonly symbol: string;
  readonly solPerToken: number;
}

/** `1.02 SOL per JupSOL` anywhere, and tables with a column `SOL per LST` whose first column names the LST. */
export function statedRates(markdown: string): readonly StatedRate[] {
  const rates = new Map<string, number>();
  for (const [, rate, symbol] of markdown.matchAll(/(\d+(?:\.\d+)?) SOL per ([A-Za-z0-9]{1,12})\b/g)) {
    if (symbol && symbol !== 'LST') rates.set(symbol, Number(rate));
  }
  let column = -1;
  for (const line of markdown.split('\n')) {
    const cells = line.startsWith('|') ? line.split('|').map((cell) => cell.trim()) : [];
    if (cells.length === 0) column = -1;
    else if (cells.includes('SOL per LST')) column = cells.indexOf('SOL per LST');
    else if (column > 0 && /^\d+\.\d+$/.test(cells[column] ?? ''))
      rates.set(cells[1] ?? '', Number(cells[column]));
  }
  return [...rates].map(([symbol, solPerToken]) => ({ symbol, solPerToken }));
}

/** Warns of every stated rate that has drifted by more than 5 %. LSTs without a stake pool are not compared. */
export async function checkRates(reader: ChainReader, sip: Sip): Promise<readonly Finding[]> {
  const stated = sip.sections.flatMap(({ markdown }) => statedRates(markdown));
  const mints = labelledMints(sip.actions.map(({ params }) => params));
  const findings: Finding[] = [];
  for (const { symbol, solPerToken } of new Map(stated.map((rate) => [rate.symbol, rate])).values()) {
    const mint = mints.get(symbol);
    const actual = mint && (await rateOf(reader, mint));
    if (!actual || Math.abs(actual / solPerToken - 1) <= MOST_DRIFT) continue;
    const message = `the text reckons with ${solPerToken} SOL per ${symbol}, its stake pool says ${actual.toFixed(4)}`;
    findings.push(
      warning(
        'rate-drifted',
        message,
        'Figures in SOL and USD beside the amounts mislead; the amounts themselves are in tokens.',
      ),
    );
  }
  return findings;
}

/** Mints by the symbols that the actions put beside them, at any depth. */
function labelledMints(value: unknown, found = new Map<string, Address>()): ReadonlyMap<string, Address> {
  if (typeof value !== 'object' || value === null) return found;
  const { mint, symbol } = value as { mint?: unknown; symbol?: unknown };
  if (typeof mint === 'string' && typeof symbol === 'string') found.set(symbol, mint as Address);
  for (const inner of Object.values(value)) labelledMints(inner, found);
  return found;
}

async function rateOf(reader: ChainReader, mint: Address): Promise<number | undefined> {
  const filter = { memcmp: [{ offset: POOL_MINT, bytes: new PublicKey(mint).toBytes() }] };
  for (const program of STAKE_POOL_PROGRAMS) {
    const [pool] = await reader.getProgramAccounts(new PublicKey(program), filter);
    if (!pool || pool.data.length < POOL_TOKEN_SUPPLY + 8) continue;
    const view = new DataView(pool.data.buffer, pool.data.byteOffset, pool.data.byteLength);
    const supply = view.getBigUint64(POOL_TOKEN_SUPPLY, true);
    if (supply > 0n) return Number(view.getBigUint64(TOTAL_LAMPORTS, true)) / Number(supply);
  }
  return undefined;
}
