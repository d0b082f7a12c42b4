import { Keypair, PublicKey } from '@solana/web3.js';
import { associatedTokenAddress, TOKEN_PROGRAMS, type TokenProgram } from '#governance/restaking/pdas.ts';
import type { Address } from '#governance/types.ts';
import { addressOf, type Chain } from './chain.ts';
import { pdas } from './world.ts';

/** Mints and token accounts written as bytes, since no test holds the keys of the real ones. */

export interface MintOptions {
  readonly symbol?: string;
  readonly decimals?: number;
  readonly tokenProgram?: TokenProgram;
  readonly freezeAuthority?: Address;
  /** Token-2022 extensions as type and value. */
  readonly extensions?: readonly Extension[];
  /** Bytes behind the last extension. */
  readonly tail?: Uint8Array;
}
export interface Extension {
  readonly type: number;
  readonly value: Uint8Array;
}

/** An LST with the addresses that follow from its mint. */
export interface Lst {
  readonly mint: Address;
  readonly symbol: string;
  readonly decimals: number;
  readonly tokenProgram: Address;
  readonly pool: Address;
  readonly rstMint: Address;
  readonly vault: Address;
  receiptsOf(owner: Address): Address;
}

export function createLst(chain: Chain, o: MintOptions = {}): Lst {
  const mint = addressOf(Keypair.generate().publicKey);
  const tokenProgram = TOKEN_PROGRAMS[o.tokenProgram ?? 'token'];
  chain.setAccount(mint, tokenProgram, mintBytes(o));
  const pool = pdas.pool(mint);
  const rstMint = pdas.rstMint(pool);
  return {
    mint,
    symbol: o.symbol ?? 'tSOL',
    decimals: o.decimals ?? 9,
    tokenProgram,
    pool,
    rstMint,
    vault: associatedTokenAddress(pool, mint, tokenProgram),
    receiptsOf: (owner) => associatedTokenAddress(owner, rstMint, TOKEN_PROGRAMS.token),
  };
}

/** A stranger with SOL and so many base units of the LST. */
export function depositor(chain: Chain, lst: Lst, amount: bigint): Keypair {
  const owner = Keypair.generate();
  chain.airdrop(addressOf(owner.publicKey), 1_000_000_000n);
  fund(chain, lst, addressOf(owner.publicKey), amount);
  return owner;
}

export function fund(chain: Chain, lst: Lst, owner: Address, amount: bigint): void {
  const account = associatedTokenAddress(owner, lst.mint, lst.tokenProgram);
  chain.setAccount(account, lst.tokenProgram, tokenAccountBytes({ mint: lst.mint, owner, amount }));
}

const MINT_LEN = 82;
/** Mints and accounts with extensions: the base padded to an account's length, one byte for the type. */
const ACCOUNT_LEN = 165;

export function mintBytes(o: MintOptions = {}): Uint8Array {
  const base = new Uint8Array(MINT_LEN);
  const view = new DataView(base.buffer);
  view.setUint32(0, 1, true);
  base.set(Keypair.generate().publicKey.toBytes(), 4);
  view.setBigUint64(36, 10n ** 18n, true);
  base[44] = o.decimals ?? 9;
  base[45] = 1;
  if (o.freezeAuthority) {
    view.setUint32(46, 1, true);
    base.set(new PublicKey(o.freezeAuthority).toBytes(), 50);
  }
  if (!o.extensions && !o.tail) return base;
  return extended(base, 1, o.extensions ?? [], o.tail);
}

export interface TokenAccountFields {
  readonly mint: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly delegate?: Address;
  readonly closeAuthority?: Address;
  readonly frozen?: boolean;
  readonly extensions?: readonly Extension[];
}

export function tokenAccountBytes(f: TokenAccountFields): Uint8Array {
  const base = new Uint8Array(ACCOUNT_LEN);
  const view = new DataView(base.buffer);
  base.set(new PublicKey(f.mint).toBytes(), 0);
  base.set(new PublicKey(f.owner).toBytes(), 32);
  view.setBigUint64(64, f.amount, true);
  if (f.delegate) {
    view.setUint32(72, 1, true);
    base.set(new PublicKey(f.delegate).toBytes(), 76);
    view.setBigUint64(121, f.amount, true);
  }
  base[108] = f.frozen ? 2 : 1;
  if (f.closeAuthority) {
    view.setUint32(129, 1, true);
    base.set(new PublicKey(f.closeAuthority).toBytes(), 133);
  }
  return f.extensions ? extended(base, 2, f.extensions) : base;
}

function extended(
  base: Uint8Array,
  type: 1 | 2,
  extensions: readonly Extension[],
  tail: Uint8Array = new Uint8Array(),
) {
  const padded = new Uint8Array(ACCOUNT_LEN + 1);
  padded.set(base);
  padded[ACCOUNT_LEN] = type;
  const entries = extensions.flatMap((extension) => [
    ...u16(extension.type),
    ...u16(extension.value.length),
    ...extension.value,
  ]);
  return Uint8Array.from([...padded, ...entries, ...tail]);
}

const u16 = (value: number) => [value & 0xff, value >> 8];

export interface TokenAccount {
  readonly mint: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly frozen: boolean;
}

export function tokenAccount(chain: Chain, address: Address): TokenAccount | undefined {
  const data = chain.account(address)?.data;
  if (!data || data.length < ACCOUNT_LEN) return undefined;
  return {
    mint: addressOf(new PublicKey(data.slice(0, 32))),
    owner: addressOf(new PublicKey(data.slice(32, 64))),
    amount: new DataView(data.buffer, data.byteOffset).getBigUint64(64, true),
    frozen: data[108] === 2,
  };
}

export interface MintState {
  readonly mintAuthority: Address | null;
  readonly supply: bigint;
  readonly decimals: number;
  readonly freezeAuthority: Address | null;
}

export function mintOf(chain: Chain, address: Address): MintState | undefined {
  const data = chain.account(address)?.data;
  if (!data || data.length < MINT_LEN) return undefined;
  const authorityAt = (at: number) =>
    data[at] === 1 ? addressOf(new PublicKey(data.slice(at + 4, at + 36))) : null;
  return {
    mintAuthority: authorityAt(0),
    supply: new DataView(data.buffer, data.byteOffset).getBigUint64(36, true),
    decimals: data[44] ?? 0,
    freezeAuthority: authorityAt(46),
  };
}
