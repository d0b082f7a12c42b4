import { z } from 'zod';
import { address, CLUSTERS, failure, seconds } from './base.ts';

/** What every screen shows: deployment, seats, theme. */

export const THEMES = ['system', 'light', 'dark'] as const;
export const theme = z.enum(THEMES);

export const seat = z.strictObject({
  /** Index into the council's seats, or an office. */
  id: z.string(),
  name: z.string(),
  publicKey: address,
  permissions: z.array(z.enum(['initiate', 'vote', 'execute'])),
});
export type Seat = z.infer<typeof seat>;

export const network = z.strictObject({
  /** Of the profile. */
  name: z.string(),
  cluster: z.enum(CLUSTERS),
  /** Ends with the app. */
  ephemeral: z.boolean(),
  /** Null while the chain has not answered. */
  slot: z.string().nullable(),
  now: seconds.nullable(),
  paused: z.boolean(),
  /** Why nothing is signed now although the chain answers; null as a rule. */
  lookOnly: z.string().nullable(),
  programId: address,
  council: address,
  vault: address,
});
export type Network = z.infer<typeof network>;

/** Where a key or a signature can be looked up by others; only its name and what is looked up are in the link. */
export const EXPLORERS = ['solana', 'solscan', 'none'] as const;
export const explorer = z.enum(EXPLORERS);

/** Something for the system's notifications. */
export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly route: string;
}

export const appState = z.strictObject({
  /** `ready` is up as far as this computer goes; `failure` then tells why the chain does not answer. */
  phase: z.enum(['starting', 'ready', 'failed']),
  failure: failure.nullable(),
  /** What came up otherwise than it should have, and goes on all the same. */
  warning: failure.nullable(),
  network: network.nullable(),
  seats: z.array(seat),
  /** Id of the seat that signs; null = looking only. */
  seat: z.string().nullable(),
  theme,
  notifications: z.boolean(),
  explorer,
  counts: z.strictObject({ inbox: z.number(), epochs: z.number() }),
});
export type AppState = z.infer<typeof appState>;
