export type { Announcement } from '../sip-bytes.ts';
export { isOffchain as isStatement } from './offchain.ts';
export { type RefusalCode, type Review, type Reviewed, reviewMessage, type SigningPins } from './review.ts';
