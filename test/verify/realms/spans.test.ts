import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leBytes, type Read, type Span } from '#governance/verify/bytes.ts';
import { decodeGovernance } from '#governance/verify/realms/governance.ts';
import { decodeRealmsProposal } from '#governance/verify/realms/proposal.ts';
import { decodeRealm } from '#governance/verify/realms/realm.ts';
import { decodeProposalTransaction } from '#governance/verify/realms/transaction.ts';
import { proposal, transaction } from './written-proposal.ts';
import { governance, realm } from './written-realm.ts';

/** Where each field stands, by the bytes that stand there. */

const some = { numRuns: 20 };
function value<T>(read: Read<T>): T {
  if (!read.ok) throw new Error(read.wanted);
  return read.value;
}
const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: readonly ArrayLike<number>[]) =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const text = (of: string) => bytes(leBytes(utf8(of).length, 4), utf8(of));
const option = (key: Uint8Array | null) => (key === null ? Uint8Array.of(0) : bytes([1], key));
const there = (data: Uint8Array, spans: Readonly<Record<string, Span>>) =>
  Object.fromEntries(Object.entries(spans).map(([name, span]) => [name, data.slice(...span)]));

it('says where the fields of a realm stand', () => {
  fc.assert(
    fc.property(realm, ({ bytes: data, room }) => {
      const { spans, ...own } = value(decodeRealm(data));
      expect(there(data, spans)).toEqual({
        communityMint: own.communityMint,
        councilMint: option(own.councilMint),
        authority: option(own.authority),
        name: text(own.name),
        room: new Uint8Array(room),
      });
    }),
    some,
  );
});

it('says where the fields of a governance stand', () => {
  fc.assert(
    fc.property(governance, ({ bytes: data, room }) => {
      const { spans, ...own } = value(decodeGovernance(data));
      expect(there(data, spans)).toEqual({
        type: data.slice(0, 1),
        realm: own.realm,
        governedAccount: own.governedAccount,
        config: data.slice(69, data.length - room - 9 - 119),
        room: new Uint8Array(room),
      });
    }),
    some,
  );
});

it('says where the fields of a proposal stand', () => {
  fc.assert(
    fc.property(proposal, ({ bytes: data, room }) => {
      const { spans, ...own } = value(decodeRealmsProposal(data));
      const fields = there(data, spans);
      expect(fields).toMatchObject({
        governance: own.governance,
        governingTokenMint: own.governingTokenMint,
        state: data.slice(65, 66),
        name: text(own.name),
        descriptionLink: text(own.descriptionLink),
        room: new Uint8Array(room),
      });
      expect(fields.options!.slice(0, 4)).toEqual(leBytes(own.options.length, 4));
      expect(spans.options[1]).toBe(own.options.at(-1)!.bytes[1]);
      for (const { label, nextIndex, bytes: span } of own.options) {
        const one = data.slice(...span);
        expect(one.slice(0, text(label).length)).toEqual(text(label));
        expect(one.slice(-2)).toEqual(leBytes(nextIndex, 2));
      }
    }),
    some,
  );
});

it('says where the fields of a transaction stand', () => {
  fc.assert(
    fc.property(transaction, ({ bytes: data, room }) => {
      const { spans, ...own } = value(decodeProposalTransaction(data));
      const { instructions, ...fields } = there(data, spans);
      expect(fields).toEqual({
        proposal: own.proposal,
        place: bytes([own.optionIndex], leBytes(own.transactionIndex, 2)),
        holdUp: leBytes(own.holdUpSeconds, 4),
        status: bytes(own.executedAt === null ? [0] : [1, ...leBytes(own.executedAt, 8)], [
          ['none', 'success', 'error'].indexOf(own.status),
        ]),
        room: new Uint8Array(room),
      });
      expect(instructions!.slice(0, 4)).toEqual(leBytes(own.instructions.length, 4));
      for (const one of own.instructions) {
        expect(there(data, one.spans)).toMatchObject({ program: one.program, data: one.data });
        expect(data.slice(...one.spans.whole).slice(0, 32)).toEqual(one.program);
        expect(one.spans.whole[1]).toBe(one.spans.data[1]);
        for (const { key, signer, writable, bytes: span } of one.accounts)
          expect(data.slice(...span)).toEqual(bytes(key, [Number(signer), Number(writable)]));
      }
    }),
    some,
  );
});

it('tells what was wanted of a byte that is one of several', () => {
  const [data] = fc.sample(governance, { numRuns: 1, seed: 3 }).map((one) => one.bytes);
  const { config } = value(decodeGovernance(data!)).spans;
  const threshold = data![config[0]] === 0 ? 2 : 1;
  const tipping = config[0] + threshold + 8 + 4 + 4;
  expect(decodeGovernance(data!.with(tipping, 3))).toEqual({
    ok: false,
    at: tipping,
    wanted: 'a vote tipping from 0 to 2',
  });
});
