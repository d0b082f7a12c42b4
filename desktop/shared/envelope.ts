import type { Failure } from './views/index.ts';

/** How an answer crosses from process to process: a failure is a value, never a thrown text. */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

export const answered = <T>(value: T): Envelope<T> => ({ ok: true, value });
export const failed = (error: Failure): Envelope<never> => ({ ok: false, error });
