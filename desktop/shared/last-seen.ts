import { z } from 'zod';
import { inbox, theme } from './views/index.ts';

/** What the window showed last: written by the engine, read by main before the engine is there. In the data folder. */
export const LAST_SEEN_FILE = 'last-seen.json';

export const lastSeen = z.strictObject({
  schemaVersion: z.literal(1),
  theme,
  profile: z.string().max(64),
  /** Unix milliseconds. */
  at: z.number().int(),
  /** Null of the embedded network: its chain ended with the window that showed it. */
  inbox: inbox.nullable(),
});
export type LastSeen = z.infer<typeof lastSeen>;
