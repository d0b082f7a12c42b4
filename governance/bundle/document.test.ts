import { describe, expect, it } from 'vitest';
import { SipError } from '../errors.ts';
import type { Address, Digest } from '../types.ts';
import { type Bundle, parseBundle, renderBundle } from './document.ts';

const KEY = 'So11111111111111111111111111111111111111112' as Address;
const BUNDLE: Bundle = {
  schemaVersion: 1,
  tool: '0.1.0',
  genesisHash: KEY,
  slot: 2n ** 64n - 1n,
  chainTime: 1_800_000_000n,
  programId: KEY,
  council: KEY,
  vault: KEY,
  transactionIndex: 12,
  sip: 8,
  digest: 'ab'.repeat(32) as Digest,
  text: new TextEncoder().encode('---\n'),
  idlHash: 'cd'.repeat(32),
  messageHash: null,
  accounts: {
    multisig: { address: KEY, owner: KEY, data: new Uint8Array([1, 2, 3]) },
    transaction: null,
    proposal: null,
    sipRecord: null,
    config: null,
  },
  instructions: ['a(b=1)'],
  effect: [],
};
const TEXT = new TextDecoder().decode(renderBundle(BUNDLE));

function codeOf(text: string | Uint8Array): string {
  try {
    parseBundle(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'review.json');
    return 'read';
  } catch (error) {
    return error instanceof SipError ? error.code : String(error);
  }
}

describe('the form of a bundle', () => {
  it('is read back as it was written', () => {
    expect(parseBundle(new TextEncoder().encode(TEXT), 'review.json')).toEqual(BUNDLE);
  });

  it.each<[string, string | Uint8Array]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no UTF-8', Uint8Array.from([0x22, 0xff, 0x22])],
    ['a mark before it', `\ufeff${TEXT}`],
    ['too large', new Uint8Array(1024 * 1024 + 1)],
    ['without its line end', TEXT.trimEnd()],
    ['on one line', `${JSON.stringify(JSON.parse(TEXT))}\n`],
    ['a key twice', TEXT.replace('"sip": 8,', '"sip": 9,\n  "sip": 8,')],
    ['an unknown key', TEXT.replace('"sip": 8,', '"sip": 8,\n  "note": "",')],
    ['a key left out', TEXT.replace('  "sip": 8,\n', '')],
    ['a number as text', TEXT.replace('"sip": 8', '"sip": "8"')],
    ['a padded number', TEXT.replace('"1800000000"', '"01800000000"')],
    ['a number beyond u64', TEXT.replace('18446744073709551615', '18446744073709551616')],
    ['an upper-case digest', TEXT.replaceAll('ab', 'AB')],
    ['a key with a leading 1 more', TEXT.replace(KEY, `1${KEY}`)],
    ['base64 without padding', TEXT.replace('LS0tCg==', 'LS0tCg')],
    ['a line with a bidi control', TEXT.replace('a(b=1)', 'a(b=1)\u202e')],
    ['a line with a line end', TEXT.replace('a(b=1)', 'a(b=1)\\n')],
  ])('is not: %s', (_, text) => {
    expect(text).not.toBe(TEXT);
    expect(codeOf(text)).toBe('BUNDLE_INVALID');
  });

  it('of a later version is said to be so', () => {
    expect(codeOf(TEXT.replace('"schemaVersion": 1', '"schemaVersion": 2'))).toBe('BUNDLE_TOO_NEW');
    expect(codeOf(TEXT.replace('"schemaVersion": 1', '"schemaVersion": 0'))).toBe('BUNDLE_INVALID');
  });
});
