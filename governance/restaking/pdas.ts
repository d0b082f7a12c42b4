import { bytesToHex } from '@noble/hashes/utils';
import { PublicKey } from '@solana/web3.js';
import type { Address, Pins } from '../types.ts';

/** Addresses of the restaking program's accounts; seeds as in programs/restaking/src/constants.rs. */

const text = (seed: string) => new TextEncoder().encode(seed);
const u16 = (value: number) => new Uint8Array(new Uint16Array([value]).buffer);
const u32 = (value: number) => new Uint8Array(new Uint32Array([value]).buffer);
const key = (address: Address) => new PublicKey(address).toBytes();

export const TOKEN_PROGRAMS = {
  token: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address,
  'token-2022': 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb' as Address,
} as const;
export type TokenProgram = keyof typeof TOKEN_PROGRAMS;

const ATA_PROGRAM = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL' as Address;
const SQUADS_PROGRAM = 'SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf' as Address;

/** Finding a bump hashes some hundred times, and the same few addresses are asked for with every verdict. */
const FOUND = new Map<string, Address>();
/** Far above what a council, its pools and epochs need; then the memory starts anew. */
const MOST_FOUND = 20_000;

function derive(programId: Address, seeds: readonly Uint8Array[]): Address {
  const name = `${programId} ${seeds.map(bytesToHex).join(' ')}`;
  const known = FOUND.get(name);
  if (known) return known;
  const [found] = PublicKey.findProgramAddressSync([...seeds], new PublicKey(programId));
  if (FOUND.size >= MOST_FOUND) FOUND.clear();
  const address = found.toBase58() as Address;
  FOUND.set(name, address);
  return address;
}

export function restakingPdas(programId: Address) {
  const of = (...seeds: Uint8Array[]) => derive(programId, seeds);
  const pool = (lstMint: Address) => of(text('pool'), key(lstMint));
  return {
    config: of(text('config')),
    sipRecord: (number: number) => of(text('sip'), u32(number)),
    pool,
    rstMint: (poolAddress: Address) => of(text('rst'), key(poolAddress)),
    epoch: (index: number) => of(text('epoch'), u16(index)),
    epochCap: (index: number, poolAddress: Address) => of(text('epoch-cap'), u16(index), key(poolAddress)),
    operator: (voteAccount: Address) => of(text('operator'), key(voteAccount)),
    position: (poolAddress: Address, owner: Address) => of(text('position'), key(poolAddress), key(owner)),
  };
}
export type RestakingPdas = ReturnType<typeof restakingPdas>;

export function associatedTokenAddress(owner: Address, mint: Address, tokenProgram: Address): Address {
  return derive(ATA_PROGRAM, [key(owner), key(tokenProgram), key(mint)]);
}

/** Vault 0 of a Squads multisig: the only authority the program accepts for venue Squads. */
export function vaultOf(council: Address): Address {
  return derive(SQUADS_PROGRAM, [text('multisig'), key(council), text('vault'), new Uint8Array([0])]);
}

export function pinsOf(programId: Address, council: Address): Pins {
  return { programId, council, vault: vaultOf(council) };
}
