import { z } from 'zod';
import { routeText, seconds, tone } from './base.ts';

/** What waits, and the guided path. */

export const inboxRow = z.strictObject({
  id: z.string(),
  symbol: z.enum(['=', '≠', '◔', '!', '✎']),
  tone,
  title: z.string(),
  detail: z.string(),
  chip: z.strictObject({ text: z.string(), tone }),
  /** The button's verb. */
  verb: z.string(),
  primary: z.boolean(),
  route: routeText,
});
export type InboxRow = z.infer<typeof inboxRow>;

export const inbox = z.strictObject({
  now: seconds,
  sections: z.array(z.strictObject({ title: z.string(), rows: z.array(inboxRow) })),
});
export type Inbox = z.infer<typeof inbox>;

/** Where the guide's own SIP is, and what is next. */
export const guideView = z.strictObject({
  stage: z.enum(['draft', 'save', 'submit', 'approve', 'execute', 'activate', 'done']),
  /** Number of the document; null before there is one. */
  sip: z.number().nullable(),
  transactionIndex: z.string().nullable(),
  epoch: z.number().nullable(),
  /** Until the next step may be taken: a time lock, or a window that has not opened. */
  waitSeconds: z.number(),
  /** Seats that can take it. */
  seats: z.array(z.string()),
});
export type GuideView = z.infer<typeof guideView>;
