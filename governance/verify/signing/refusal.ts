import type { RefusalCode } from './review.ts';

/** Ends a reading: why the bytes are not signed. Never leaves `reviewMessage`. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly at: number;
  constructor(code: RefusalCode, at: number, sentence: string) {
    super(sentence);
    this.code = code;
    this.at = at;
  }
}
