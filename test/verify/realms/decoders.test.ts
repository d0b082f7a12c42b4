import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Read, Span } from '#governance/verify/bytes.ts';
import { decodeGovernance } from '#governance/verify/realms/governance.ts';
import { trailingBytes } from '#governance/verify/realms/layout.ts';
import { decodeRealmsProposal } from '#governance/verify/realms/proposal.ts';
import { decodeRealm } from '#governance/verify/realms/realm.ts';
import { decodeProposalTransaction } from '#governance/verify/realms/transaction.ts';
import { strictly, unnoticedChanges } from '../unnoticed.ts';
import type { Written } from './written.ts';
import { proposal, transaction } from './written-proposal.ts';
import { governance, realm } from './written-realm.ts';

/** The SDK builds, the byte reader reads: both must mean the same, and no byte may go unread. */

type Decoder = (data: Uint8Array) => Read<{ readonly spans: { readonly room: Span } }>;

const KINDS: Readonly<Record<string, [fc.Arbitrary<Written>, Decoder]>> = {
  realm: [realm, decodeRealm],
  governance: [governance, decodeGovernance],
  proposal: [proposal, decodeRealmsProposal],
  'proposal transaction': [transaction, decodeProposalTransaction],
};

describe.each(Object.entries(KINDS))('a %s', (_, [arbitrary, decode]) => {
  it('means what the SDK wrote, to the last byte and the room behind it', () => {
    fc.assert(
      fc.property(arbitrary, ({ bytes, room, meant }) => {
        const read = decode(bytes);
        expect(read).toMatchObject({ ok: true, used: bytes.length, value: meant });
        if (!read.ok) return;
        const whole: Span = [bytes.length - room, bytes.length];
        expect(read.value.spans.room).toEqual(whole);
        expect(trailingBytes(bytes, whole)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('has no byte that may be another one', () => {
    fc.assert(
      fc.property(arbitrary, ({ bytes }) => {
        expect(unnoticedChanges(bytes, strictly(decode))).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  it('is refused at every shorter length', () => {
    fc.assert(
      fc.property(arbitrary, ({ bytes }) => {
        for (let length = 0; length < bytes.length; length++) {
          const read = decode(bytes.subarray(0, length));
          expect(read.ok).toBe(false);
          if (!read.ok) expect(read.at).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('shows where bytes follow that belong to nothing', () => {
    fc.assert(
      fc.property(arbitrary, fc.uint8Array({ minLength: 1, maxLength: 40 }), ({ bytes }, tail) => {
        const longer = Uint8Array.from([...bytes, ...tail]);
        const read = decode(longer);
        if (!read.ok) throw new Error(read.wanted);
        expect(trailingBytes(longer, read.value.spans.room)).toEqual([bytes.length, longer.length]);
      }),
    );
  });

  it('survives any bytes at all', () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(255), fc.uint8Array({ maxLength: 600 }), ({ bytes }, type, noise) => {
        for (const data of [
          noise,
          Uint8Array.from([type, ...noise]),
          Uint8Array.from([bytes[0]!, ...noise]),
        ]) {
          const read = decode(data);
          expect(read.ok || read.at <= data.length).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Each with one thing overlooked; the byte at fault is what the search has to name. */
describe('the search for unread bytes finds', () => {
  const sample = (arbitrary: fc.Arbitrary<Written>) =>
    fc.sample(arbitrary, { numRuns: 6, seed: 7 }).map(({ bytes }) => bytes);

  it('one byte that a decoder does not look at, wherever it is', () => {
    const [bytes = new Uint8Array()] = sample(transaction).filter(({ length }) => length < 400);
    const whole = decodeProposalTransaction(bytes);
    if (!whole.ok) throw new Error(whole.wanted);
    for (let at = 0; at < whole.value.spans.room[0]; at += 1) {
      const blind = (data: Uint8Array) => decodeProposalTransaction(data.with(at, bytes[at]!));
      expect(unnoticedChanges(bytes, strictly(blind))).toEqual([at]);
    }
  });

  it('a boolean that is anything but zero', () => {
    const loose = (data: Uint8Array) => {
      const read = decodeProposalTransaction(data);
      const known = read.ok || read.wanted !== 'a boolean of 0 or 1';
      return known ? read : decodeProposalTransaction(data.with(read.at, 1));
    };
    expect(sample(transaction).flatMap((bytes) => unnoticedChanges(bytes, strictly(loose)))).not.toEqual([]);
  });
});
