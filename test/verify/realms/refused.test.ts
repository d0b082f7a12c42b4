import * as sdk from '@solana/spl-governance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascii, leBytes, type Read, type Span } from '#governance/verify/bytes.ts';
import { decodeGovernance } from '#governance/verify/realms/governance.ts';
import { realmsAccountType } from '#governance/verify/realms/layout.ts';
import { decodeRealmsProposal } from '#governance/verify/realms/proposal.ts';
import { decodeRealm } from '#governance/verify/realms/realm.ts';
import { decodeProposalTransaction } from '#governance/verify/realms/transaction.ts';
import type { Written } from './written.ts';
import { proposal, transaction } from './written-proposal.ts';
import { governance, realm } from './written-realm.ts';

/** Bytes that SPL Governance never writes, refused at the byte that is wrong. */

type Meant = Readonly<Record<string, unknown>>;

/** The same account in every run: the first one of the arbitrary for which `holds`. */
function one(arbitrary: fc.Arbitrary<Written>, holds: (meant: Meant) => boolean): Uint8Array {
  const found = fc.sample(arbitrary, { numRuns: 300, seed: 11 }).find(({ meant }) => holds(meant));
  if (found === undefined) throw new Error('no such account in the sample');
  return found.bytes;
}

function put(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(values, at);
  return copy;
}

const where = (read: Read<unknown>) => (read.ok ? 'read' : read.at);

/** Where the one account ends up, with its span of `name`. */
function spanOf<K extends string>(read: Read<{ readonly spans: Readonly<Record<K, Span>> }>, name: K): Span {
  if (!read.ok) throw new Error(read.wanted);
  return read.value.spans[name];
}

it('takes each account for what its first byte says and for nothing else', () => {
  const all = [
    [realm, decodeRealm, 'RealmV2'],
    [governance, decodeGovernance, undefined],
    [proposal, decodeRealmsProposal, 'ProposalV2'],
    [transaction, decodeProposalTransaction, 'ProposalTransactionV2'],
  ] as const;
  for (const [arbitrary, decode, name] of all) {
    const bytes = one(arbitrary, () => true);
    if (name) expect(realmsAccountType(bytes)).toBe(name);
    for (let type = 0; type < 256; type += 1) {
      const called = realmsAccountType(put(bytes, 0, type));
      expect(called === undefined).toBe(type > 24);
      const ours =
        name === undefined ? /^(Program|Mint|Token|)GovernanceV2$/.test(called ?? '') : called === name;
      expect(where(decode(put(bytes, 0, type)))).toBe(ours ? 'read' : 0);
    }
  }
  expect(realmsAccountType(new Uint8Array())).toBeUndefined();
  // The SDK knows all but the last.
  const names = Array.from(
    { length: 25 },
    (_, type) => sdk.GovernanceAccountType[type] ?? 'RequiredSignatory',
  );
  expect(names.map((__, type) => realmsAccountType(Uint8Array.of(type)))).toEqual(names);
});

describe('a governance is refused', () => {
  const bytes = one(governance, ({ config }) => {
    const { communityVoteThreshold: a, councilVoteThreshold: b } = config as Record<string, unknown>;
    return a !== 'disabled' && b !== 'disabled';
  });
  const [community, council] = [69, 88] as const;

  it('with a quorum, which the program does not know how to count', () => {
    expect(where(decodeGovernance(put(bytes, community, 1)))).toBe(community);
  });

  it('with a threshold that is no percentage', () => {
    for (const percent of [0, 101, 255])
      expect(where(decodeGovernance(put(bytes, community + 1, percent)))).toBe(community + 1);
  });

  it('from before version 3, whose council threshold reads as 0 percent', () => {
    expect(where(decodeGovernance(put(bytes, council, 0, 0)))).toBe(council + 1);
  });

  it('with a byte in what is reserved', () => {
    const [, from] = spanOf(decodeGovernance(bytes), 'config');
    for (const at of [from, from + 60, from + 118])
      expect(where(decodeGovernance(put(bytes, at, 1)))).toBe(at);
  });
});

describe('a realm is refused', () => {
  it('with a name longer than a seed', () => {
    const bytes = one(realm, () => true);
    const [from, to] = spanOf(decodeRealm(bytes), 'name');
    const name = ascii('n'.repeat(33));
    const longer = Uint8Array.from([
      ...bytes.subarray(0, from),
      ...leBytes(33, 4),
      ...name,
      ...bytes.subarray(to),
    ]);
    expect(where(decodeRealm(longer))).toBe(from);
  });

  it('with a name that is not UTF-8', () => {
    const bytes = one(realm, ({ name }) => (name as string).length > 0);
    const [from] = spanOf(decodeRealm(bytes), 'name');
    expect(where(decodeRealm(put(bytes, from + 4, 0xff)))).toBe(from + 4);
  });
});

describe('a proposal is refused', () => {
  const single = one(proposal, ({ voteType }) => (voteType as { kind: string }).kind === 'single-choice');
  const multi = one(proposal, ({ voteType }) => (voteType as { kind: string }).kind === 'multi-choice');
  const voteType = 100;

  it('without an option, or with more than ten', () => {
    for (const count of [0, 11]) {
      const wrong = put(single, voteType + 1, count);
      expect(where(decodeRealmsProposal(wrong))).toBe(voteType + 1);
    }
  });

  it('with limits other than those of a choice among all options', () => {
    const [count = 0] = multi.subarray(voteType + 5);
    expect(where(decodeRealmsProposal(put(multi, voteType + 2, 2)))).toBe(voteType + 2);
    expect(where(decodeRealmsProposal(put(multi, voteType + 4, count + 1)))).toBe(voteType + 4);
    expect(where(decodeRealmsProposal(put(multi, voteType + 3, count + 1, count + 1)))).toBe(voteType);
  });

  it('with one option to choose from, which is no choice, or with one that has no name', () => {
    const one = [...single.subarray(0, voteType), 1, 0, 1, 1, 1, ...single.subarray(voteType + 1)];
    expect(where(decodeRealmsProposal(Uint8Array.from(one)))).toBe(voteType);
    const [from] = spanOf(decodeRealmsProposal(single), 'options');
    const nameless = [
      ...single.subarray(0, from + 4),
      0,
      0,
      0,
      0,
      ...single.subarray(from + 8 + single[from + 4]!),
    ];
    expect(where(decodeRealmsProposal(Uint8Array.from(nameless)))).toBe(from + 4);
  });

  it('with more executed than there are, or more signed off than asked', () => {
    const [from] = spanOf(decodeRealmsProposal(single), 'options');
    const counts = from + 4 + 4 + single[from + 4]! + 8 + 1;
    expect(where(decodeRealmsProposal(put(single, counts, 9, 0, 8, 0, 8, 0)))).toBe(counts);
    expect(where(decodeRealmsProposal(put(single, counts, 0, 0, 9, 0, 8, 0)))).toBe(counts + 2);
    expect(where(decodeRealmsProposal(put(single, voteType - 2, 2, 3)))).toBe(voteType - 1);
  });
});

describe('a proposal transaction is refused', () => {
  it('with a time of execution but no success, or the other way round', () => {
    for (const [status, other] of [
      ['success', 0],
      ['none', 1],
    ] as const) {
      const bytes = one(transaction, (meant) => meant.status === status);
      const [from, to] = spanOf(decodeProposalTransaction(bytes), 'status');
      expect(where(decodeProposalTransaction(put(bytes, to - 1, other)))).toBe(from);
    }
  });

  it('with a role that is neither 0 nor 1', () => {
    const bytes = one(transaction, ({ instructions }) =>
      (instructions as { accounts: unknown[] }[]).some(({ accounts }) => accounts.length > 0),
    );
    const read = decodeProposalTransaction(bytes);
    if (!read.ok) throw new Error(read.wanted);
    for (const { accounts } of read.value.instructions) {
      for (const { bytes: span } of accounts) {
        for (const at of [span[1] - 2, span[1] - 1])
          expect(where(decodeProposalTransaction(put(bytes, at, 2)))).toBe(at);
      }
    }
  });
});
