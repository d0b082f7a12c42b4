import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSipError } from '#governance/errors.ts';
import { canonicalBytes, digestOf } from '#governance/sip/index.ts';

const DOCUMENT = `# Solayer Improvement Proposal (SIP)

SIP: 42
Title: Café pools
Authors: Ada
Type: Standards Track
Category: Core
Created: 2026-09-16

## Specification

\`\`\`actions
valid-until: 2026-12-15T00:00:00Z
actions:
  - action: pause
\`\`\`
`;

/** Text with everything the canonical form looks at. */
const text = fc
  .array(
    fc.constantFrom(
      'a',
      'é',
      'e\u0301',
      ' ',
      '\t',
      '\n',
      '\r',
      '\r\n',
      '# H\n',
      '\nStatus: x\n',
      '\nUpdated: y\n',
      '\nSIP: 2\n',
      '`',
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));
const bytesOf = (from: string) => new TextEncoder().encode(from);

describe('digest', () => {
  it('changes with any one bit of the canonical bytes, or the bytes are refused or no longer canonical', () => {
    const canonical = canonicalBytes(bytesOf(DOCUMENT));
    const digest = digestOf(bytesOf(DOCUMENT));
    for (let i = 0; i < canonical.length; i++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Uint8Array.from(canonical);
        flipped[i]! ^= 1 << bit;
        const other = digestOrRefusal(flipped);
        // A flip that the canonical form takes back would be a second text for one digest: only line ends may do that.
        if (other === digest) expect([flipped[i], canonical[i]]).toEqual(['never', 'here']);
      }
    }
  });

  it('is that of the canonical bytes, however often they are taken', () => {
    fc.assert(
      fc.property(text, (from) => {
        const once = canonicalBytes(bytesOf(from));
        const crlf = canonicalBytes(bytesOf(from.replace(/\r\n?|\n/g, '\r\n')));
        expect(Buffer.from(crlf).equals(Buffer.from(once))).toBe(true);
        expect(Buffer.from(canonicalBytes(bytesOf(from.normalize('NFD')))).equals(Buffer.from(once))).toBe(
          true,
        );
        expect(new TextDecoder().decode(once)).toMatch(/[^ \t\n]\n$|^\n$/);
      }),
    );
  });

  it('is a hash or SIP_INVALID for arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(digestOrRefusal(bytes)).toMatch(/^(?:[0-9a-f]{64}|SIP_INVALID)$/);
      }),
    );
  });
});

function digestOrRefusal(bytes: Uint8Array): string {
  try {
    return digestOf(bytes);
  } catch (error) {
    if (isSipError(error)) return error.code;
    throw error;
  }
}
