import { PublicKey } from '@solana/web3.js';
import { Layout } from '../layout.ts';
import { dataAccount, type SeedAccount } from '../seed-account.ts';

export const TOKEN_PROGRAM = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
const ASSOCIATED_TOKEN_PROGRAM = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');

const MINT_BYTES = 82;
const TOKEN_ACCOUNT_BYTES = 165;

/** A classic SPL mint without freeze authority. */
export function mintAccount(
  address: PublicKey,
  mint: { authority: PublicKey; supplyBaseUnits: bigint; decimals: number },
): SeedAccount {
  const data = new Layout().u32(1).key(mint.authority).u64(mint.supplyBaseUnits).u8(mint.decimals).u8(true);
  return dataAccount(address, TOKEN_PROGRAM, data.end(MINT_BYTES));
}

/** A token account, not delegated, not frozen. */
export function tokenAccount(
  address: PublicKey,
  { mint, owner, amountBaseUnits }: { mint: PublicKey; owner: PublicKey; amountBaseUnits: bigint },
): SeedAccount {
  const data = new Layout().key(mint).key(owner).u64(amountBaseUnits).zeros(36).u8(1);
  return dataAccount(address, TOKEN_PROGRAM, data.end(TOKEN_ACCOUNT_BYTES));
}

export const associatedTokenAddress = (owner: PublicKey, mint: PublicKey): PublicKey =>
  PublicKey.findProgramAddressSync(
    [owner.toBytes(), TOKEN_PROGRAM.toBytes(), mint.toBytes()],
    ASSOCIATED_TOKEN_PROGRAM,
  )[0];
