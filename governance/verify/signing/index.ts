export type { Announcement } from '../sip-bytes.ts';
export { type RefusalCode, type Review, type Reviewed, reviewMessage, type SigningPins } from './review.ts';
