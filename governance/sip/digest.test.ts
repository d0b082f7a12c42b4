import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSipError } from '../errors.ts';
import { canonicalBytes } from './canonical.ts';
import { digestOf } from './digest.ts';
import { bytesOf } from './testing/sample.ts';

const FOLDER = new URL('../../test/golden/digest/', import.meta.url);
const golden = JSON.parse(readFileSync(new URL('vectors.json', FOLDER), 'utf8')) as {
  vectors: { file: string; what: string; digest: string }[];
  refused: { what: string; bytes: string }[];
};

describe('digest', () => {
  it.each(golden.vectors)('has the recorded value for $what', ({ file, digest }) => {
    expect(digestOf(readFileSync(new URL(file, FOLDER)))).toBe(digest);
  });

  it.each(golden.refused)('refuses bytes without canonical form: $what', ({ bytes }) => {
    const raw = Uint8Array.from(Buffer.from(bytes, 'hex'));
    expect(codeOf(() => digestOf(raw))).toBe('SIP_INVALID');
  });

  it('is unchanged by taking the canonical form twice', () => {
    for (const { file } of golden.vectors) {
      const once = canonicalBytes(readFileSync(new URL(file, FOLDER)));
      const again = canonicalBytes(once);
      // Only Status and Updated could go a second time, and they are gone.
      expect(Buffer.from(again).equals(Buffer.from(once))).toBe(true);
    }
  });

  it('has exactly one line end at the end, also for nothing', () => {
    expect([...canonicalBytes(new Uint8Array())]).toEqual([10]);
    expect([...canonicalBytes(bytesOf('a'))]).toEqual([97, 10]);
  });

  it('sees the lines that composing characters make', () => {
    // U+1FEF composes to a backtick: parser and digest must read the same fence.
    expect(digestOf(bytesOf('\u1fef\n'))).toBe(digestOf(bytesOf('`\n')));
  });
});

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return isSipError(error) ? error.code : 'other';
  }
  return undefined;
}
