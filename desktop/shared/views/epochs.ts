import { z } from 'zod';
import { address, amount, seconds } from './base.ts';
import { gate } from './proposals.ts';

/** Restaking epochs, pools, operators and roles. */

export const epochRow = z.strictObject({
  index: z.number(),
  status: z.enum(['scheduled', 'active', 'closed']),
  opensAt: seconds,
  closesAt: seconds.nullable(),
  access: z.string(),
  withdrawals: z.boolean(),
  caps: z.array(
    z.strictObject({
      symbol: z.string(),
      decimals: z.number(),
      mint: address,
      /** Null = no limit. */
      cap: amount.nullable(),
      filled: amount,
    }),
  ),
  sip: z.number(),
  plan: z.array(z.strictObject({ field: z.string(), planned: z.string(), actual: z.string() })).nullable(),
  due: z.enum(['activation', 'closing', 'amendment']).nullable(),
  activatedBy: address.nullable(),
  activatedAt: seconds.nullable(),
  poolsWithoutCap: z.array(z.string()),
});
export type EpochRow = z.infer<typeof epochRow>;

export const epochs = z.strictObject({
  now: seconds,
  rows: z.array(epochRow),
  /** Conditions of the next activation, for the key that signs. */
  activation: z.strictObject({ index: z.number().nullable(), gates: z.array(gate), ready: z.boolean() }),
});
export type Epochs = z.infer<typeof epochs>;

export const registry = z.strictObject({
  pools: z.array(
    z.strictObject({
      symbol: z.string(),
      mint: address,
      pool: address,
      receiptMint: address,
      status: z.string(),
      decimals: z.number(),
      cap: amount.nullable(),
      deposited: amount,
      sip: z.number(),
    }),
  ),
  operators: z.array(
    z.strictObject({
      name: z.string(),
      voteAccount: address,
      authority: address,
      status: z.string(),
      sip: z.number(),
    }),
  ),
  roles: z.array(
    z.strictObject({
      role: z.string(),
      key: address.nullable(),
      can: z.string(),
      cannot: z.string(),
      sip: z.number(),
    }),
  ),
});
export type Registry = z.infer<typeof registry>;
