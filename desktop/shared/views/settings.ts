import { z } from 'zod';
import { address, CLUSTERS, hash } from './base.ts';

/** The journal, signers, profiles, versions. */

export const activityRow = z.strictObject({
  seq: z.number(),
  what: z.string(),
  state: z.string(),
  signature: z.string().nullable(),
  /** What to do about it; empty where nothing is. */
  advice: z.string(),
});
export type ActivityRow = z.infer<typeof activityRow>;

export const SIGNER_KINDS = ['keypair', 'ledger', 'browser', 'offline'] as const;

export const signerRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(SIGNER_KINDS),
  publicKey: address,
  /** In the council that is looked at; null while it is not known. */
  permissions: z.array(z.enum(['initiate', 'vote', 'execute'])).nullable(),
  mainnet: z.boolean(),
});
export type SignerRow = z.infer<typeof signerRow>;

export const profileRow = z.strictObject({
  name: z.string(),
  current: z.boolean(),
  /** Null where its file cannot be used. */
  facts: z
    .strictObject({
      cluster: z.enum(CLUSTERS),
      /** How many endpoints of distinct hosts; an endpoint's address never comes here, it may hold a token. */
      hosts: z.number(),
      quorum: z.string(),
      genesisHash: z.string().nullable(),
      council: address.nullable(),
      programId: address.nullable(),
    })
    .nullable(),
  problem: z.string().nullable(),
});
export type ProfileRow = z.infer<typeof profileRow>;

export const about = z.strictObject({
  version: z.string(),
  runtime: z.string(),
  oldRuntime: z.boolean(),
  programs: z.array(z.strictObject({ name: z.string(), id: address, sha256: hash, origin: z.string() })),
  licence: z.string(),
});
export type About = z.infer<typeof about>;
