import { z } from 'zod';
import { isAddress } from '../base58.ts';
import type { Address } from '../types.ts';

/** A profile says which deployment the console works with. Files hold it as JSON. */

export const CLUSTER_NAMES = ['mainnet', 'testnet', 'devnet', 'local'] as const;
export type ClusterName = (typeof CLUSTER_NAMES)[number];

/** So many endpoints must agree on the raw bytes of what is signed on. */
export interface Quorum {
  readonly agree: number;
  /** Distinct hosts to ask. */
  readonly of: number;
  readonly commitment: 'confirmed' | 'finalized';
}

export const QUORUMS: Readonly<Record<ClusterName, Quorum>> = {
  mainnet: { agree: 2, of: 3, commitment: 'finalized' },
  testnet: { agree: 1, of: 1, commitment: 'confirmed' },
  devnet: { agree: 1, of: 1, commitment: 'confirmed' },
  local: { agree: 1, of: 1, commitment: 'confirmed' },
};

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
export const isProfileName = (name: string): boolean => NAME.test(name);

export const address = z
  .string()
  .refine(isAddress, 'not the canonical base58 form of 32 bytes')
  .transform((text) => text as Address);

const endpoint = z.string().refine((text) => {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}, 'not an http or https URL');

export const profileSchema = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  name: z.string().regex(NAME, 'lower-case letters, digits and hyphens, at most 32'),
  cluster: z.enum(CLUSTER_NAMES).optional(),
  /** The first is asked first; the others count for the quorum and for fail-over of reads. */
  endpoints: z.array(endpoint).min(1, 'at least one endpoint'),
  genesisHash: z
    .string()
    .regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'not base58 of 32 bytes')
    .optional(),
  programId: address,
  council: address,
  /** Solana's keypair file to sign with, unless --keypair names another. */
  keypair: z.string().min(1).optional(),
});
export type ProfileFile = z.infer<typeof profileSchema>;

/** The profile that needs no file: the embedded network of this computer. */
export const EMBEDDED = 'embedded';

/** `embedded`, or `embedded:NAME` for another than the default one; undefined for every other profile. */
export function embeddedNetwork(profile: string): string | undefined {
  if (profile === EMBEDDED) return 'default';
  return profile.startsWith(`${EMBEDDED}:`) ? profile.slice(EMBEDDED.length + 1) : undefined;
}
