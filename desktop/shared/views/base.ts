import { z } from 'zod';

/** What every view is made of. */

export const address = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const amount = z.string().regex(/^\d+$/);
export const seconds = z.number().int();

/** What happened, whether anything was sent, what to do: as governance/errors.ts words it. */
export const failure = z.strictObject({
  code: z.string(),
  message: z.string(),
  sent: z.enum(['no', 'yes', 'unknown']),
  remedy: z.string(),
});
export type Failure = z.infer<typeof failure>;

export const CLUSTERS = ['embedded', 'local', 'devnet', 'testnet', 'mainnet'] as const;

export const TONES = ['ok', 'bad', 'warn', 'accent', 'plain'] as const;
export const tone = z.enum(TONES);
export type Tone = z.infer<typeof tone>;

/** Where a row leads; the text form of shared/route.ts. */
export const routeText = z.string().max(200);
