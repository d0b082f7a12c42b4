import type { Sip } from '../sip/document.ts';
import type { Digest } from '../types.ts';

/** The texts at hand. A transaction is matched with its text by digest only; a number is a convenience for people. */
export interface SipLibrary {
  readonly sips: readonly Sip[];
  byDigest(digest: string): Sip | undefined;
  byNumber(number: number): Sip | undefined;
}

/**
 * @param sips linted texts; the linter refuses two of one number in a folder
 * @param besides texts that are found by their digest only: older ones, or others of a number that is taken
 */
export function sipLibrary(sips: readonly Sip[], besides: readonly Sip[] = []): SipLibrary {
  const byDigest = new Map<string, Sip>([...besides, ...sips].map((sip) => [sip.digest, sip]));
  const byNumber = new Map<number, Sip>(sips.map((sip) => [sip.header.sip, sip]));
  return {
    sips: [...sips].sort((a, b) => a.header.sip - b.header.sip),
    byDigest: (digest) => byDigest.get(digest as Digest),
    byNumber: (number) => byNumber.get(number),
  };
}
