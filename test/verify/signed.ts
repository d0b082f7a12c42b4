import { readFileSync } from 'node:fs';
import {
  ComputeBudgetProgram,
  TransactionInstruction as Instruction,
  Keypair,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { compileSip } from '#governance/plan/compile.ts';
import { buildInstruction } from '#governance/restaking/instructions.ts';
import { associatedTokenAddress, pinsOf, restakingPdas, TOKEN_PROGRAMS } from '#governance/restaking/pdas.ts';
import { parseSip } from '#governance/sip/parse.ts';
import type { Address } from '#governance/types.ts';
import * as squads from '#governance/venues/squads/instructions.ts';
import { parseStored } from '#governance/venues/squads/message.ts';
import { reviewMessage } from '#governance/verify/signing/index.ts';

/** What members and users sign, built by the SDKs: what the reader of a message is tried with. */

export const seeded = (n: number) => Keypair.fromSeed(new Uint8Array(32).fill(n)).publicKey;
export const addressOf = (key: PublicKey) => key.toBase58() as Address;
export const payer = seeded(1);
export const council = seeded(2);
export const pins = pinsOf(addressOf(seeded(3)), addressOf(council));
export const pdas = restakingPdas(pins.programId);
export const index = 41n;
export const sip = parseSip(readFileSync('sips/sip-0008-whitelist-jupsol.md'), 'sip-0008-whitelist-jupsol.md')
  .sip!;
const members = [{ key: addressOf(payer), mask: 7 }];
export const part = compileSip(sip, { pins, members, transactionIndex: index }).parts[0]!;

export const budget = [
  ComputeBudgetProgram.setComputeUnitLimit({ units: 50_000 }),
  ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_000n }),
];
export const at = { council, transactionIndex: index };
export const create = squads.vaultTransactionCreate({ ...at, creator: payer, message: part.message });
export const propose = squads.proposalCreate({ ...at, creator: payer });
export const approve = squads.proposalApprove({ ...at, member: payer });
export const execute = squads.vaultTransactionExecute({
  ...at,
  member: payer,
  message: parseStored(part.accountMessage),
});
export const activate = buildInstruction('activate_epoch', pins.programId, {
  epochAdmin: addressOf(payer),
  config: pdas.config,
  epoch: pdas.epoch(2),
});
export const closeEpoch = buildInstruction('close_epoch', pins.programId, {
  config: pdas.config,
  epoch: pdas.epoch(2),
});
export const guardianPause = buildInstruction('guardian_pause', pins.programId, {
  guardian: addressOf(payer),
  config: pdas.config,
});
export const configCreate = squads.configTransactionCreate({
  ...at,
  creator: payer,
  actions: [
    { __kind: 'AddMember', newMember: { key: seeded(6), permissions: { mask: 3 } } },
    { __kind: 'ChangeThreshold', newThreshold: 4 },
  ],
});
export const configExecute = squads.configTransactionExecute({ ...at, member: payer });

const owner = addressOf(payer);
export const lstMint = addressOf(seeded(20));
export const pool = pdas.pool(lstMint);
const token = TOKEN_PROGRAMS.token;
const depositAccounts = {
  owner,
  config: pdas.config,
  pool,
  lstMint,
  lstAccount: addressOf(seeded(21)),
  lstVault: associatedTokenAddress(pool, lstMint, token),
  rstMint: pdas.rstMint(pool),
  rstAccount: associatedTokenAddress(owner, pdas.rstMint(pool), token),
  lstTokenProgram: token,
};
type Changed = 'gatekeeper' | 'pool' | 'epochCap' | 'lstVault' | 'rstAccount' | 'lstTokenProgram';
type Change = Partial<Record<Changed, Address>>;
export const restake = (change: Change = {}) =>
  buildInstruction(
    'restake',
    pins.programId,
    { ...depositAccounts, epoch: pdas.epoch(2), epochCap: pdas.epochCap(2, pool), ...change },
    { amount: 7n },
  );
export const unrestake = (change: Change = {}) =>
  buildInstruction(
    'unrestake',
    pins.programId,
    { ...depositAccounts, position: pdas.position(pool, owner), ...change },
    { amount: 7n },
  );
export const thaw = buildInstruction('thaw_receipts', pins.programId, {
  pool,
  rstMint: pdas.rstMint(pool),
  rstAccount: depositAccounts.rstAccount,
  position: pdas.position(pool, owner),
});
export const memo = (text: string) =>
  new Instruction({
    programId: new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'),
    keys: [],
    data: Buffer.from(text),
  });

export const bytesOf = (...instructions: readonly TransactionInstruction[]): Uint8Array =>
  new TransactionMessage({
    payerKey: payer,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [...instructions],
  })
    .compileToV0Message()
    .serialize();
export const review = (bytes: Uint8Array, transactionIndex: bigint | null = index, feePayer = payer) =>
  reviewMessage(bytes, { pins, feePayer: addressOf(feePayer), transactionIndex });
