import { PublicKey } from '@solana/web3.js';
import type { ChainReader } from '../chain/ports.ts';
import { restakingPdas, TOKEN_PROGRAMS } from '../restaking/pdas.ts';
import { readAccount } from '../restaking/state.ts';
import type { Address, Pins } from '../types.ts';

/** What the chain knows of an LST, so that nobody has to type it. */
export interface MintFacts {
  readonly tokenProgram: keyof typeof TOKEN_PROGRAMS;
  readonly decimals: number;
  readonly supplyBaseUnits: bigint;
  readonly mintAuthority: Address | null;
  readonly freezeAuthority: Address | null;
  /** Set where it is whitelisted already. */
  readonly pool: { readonly symbol: string; readonly status: string; readonly capBaseUnits: bigint } | null;
}

/** SPL mint layout: authority option and key, supply, decimals, initialized, freeze option and key. */
const AT = { authority: 0, supply: 36, decimals: 44, initialized: 45, freeze: 46 } as const;
const MINT_LEN = 82;
const TOKEN_ACCOUNT_LEN = 165;

/** Null where there is no mint at that address. @throws SipError of the reader */
export async function readMintFacts(
  reader: ChainReader,
  pins: Pins,
  mint: Address,
): Promise<MintFacts | null> {
  const { accounts } = await reader.getAccounts([new PublicKey(mint)]);
  const [account] = accounts;
  const owner = account?.owner.toBase58();
  const [name] = Object.entries(TOKEN_PROGRAMS).find(([, id]) => id === owner) ?? [];
  const data = account?.data;
  if (name === undefined || data === undefined || data.length < MINT_LEN || data[AT.initialized] !== 1)
    return null;
  if (data.length === TOKEN_ACCOUNT_LEN) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const keyAt = (at: number): Address | null =>
    view.getUint32(at, true) === 1
      ? (new PublicKey(data.subarray(at + 4, at + 36)).toBase58() as Address)
      : null;
  const pool = await readAccount(
    reader,
    pins.programId,
    'RestakingPool',
    restakingPdas(pins.programId).pool(mint),
  );
  return {
    tokenProgram: name as keyof typeof TOKEN_PROGRAMS,
    decimals: view.getUint8(AT.decimals),
    supplyBaseUnits: view.getBigUint64(AT.supply, true),
    mintAuthority: keyAt(AT.authority),
    freezeAuthority: keyAt(AT.freeze),
    pool: pool ? { symbol: pool.symbol, status: pool.status, capBaseUnits: pool.cap } : null,
  };
}
