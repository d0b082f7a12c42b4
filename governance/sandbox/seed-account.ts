import { type PublicKey, SystemProgram } from '@solana/web3.js';

/** An account as it is written into the network. */
export interface SeedAccount {
  readonly address: PublicKey;
  readonly owner: PublicKey;
  readonly lamports: bigint;
  readonly data: Uint8Array;
  readonly executable?: boolean;
}

export const LAMPORTS_PER_SOL = 1_000_000_000n;

/** Rent exemption of the default rent: 6,960 lamports a byte, 128 bytes of overhead. */
export const rentLamports = (dataLength: number): bigint => BigInt(dataLength + 128) * 6_960n;

/** A rent-exempt account that holds nothing but `data`. */
export const dataAccount = (address: PublicKey, owner: PublicKey, data: Uint8Array): SeedAccount => ({
  address,
  owner,
  data,
  lamports: rentLamports(data.length),
});

/** A wallet. */
export const wallet = (address: PublicKey, lamports: bigint): SeedAccount => ({
  address,
  owner: SystemProgram.programId,
  lamports,
  data: new Uint8Array(),
});
