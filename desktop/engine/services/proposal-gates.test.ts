import { describe, expect, it } from 'vitest';
import type { Seat } from '#desktop/shared/views/index.ts';
import { SipError } from '#governance/errors.ts';
import { compileSip } from '#governance/plan/compile.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import type { Council, Proposal } from '#governance/venues/squads/state.ts';
import { classify } from '#governance/venues/squads/status.ts';
import { sipFile, whitelist } from '#test/support/sip-text.ts';
import type { World } from '../world.ts';
import type { Facts } from './proposal-facts.ts';
import { actsOf, gatesOf, quorumGates } from './proposal-gates.ts';

const keys = ['1', '2', '3'].map((digit) => digit.repeat(43) as Address);
const seat = (at: number, permissions: Seat['permissions'] = ['vote', 'execute']): Seat => ({
  ...{ id: `${at}`, name: `Seat ${at}`, publicKey: keys[at] ?? '4'.repeat(43), permissions },
});

const KEY = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v' as Address;
const pins = { programId: KEY, council: KEY, vault: KEY };
const text = sipFile({ sip: 7, title: 'Whitelist', actions: [whitelist('mSOL', '1')] }, 1_772_323_200n);
const [part] = compileSip(parseUnnamed(text.bytes, 'sip.md'), {
  pins,
  members: [],
  transactionIndex: 1n,
}).parts;
const ANNOUNCED = { kind: 'vault', message: { instructions: part!.instructions } };

interface Given {
  readonly kind: 'active' | 'approved' | 'executed';
  readonly verdict?: string;
  /** It carries no digest. */
  readonly isNameless?: boolean;
  readonly approved?: readonly Address[];
  /** Of the council's last change. */
  readonly staleUpTo?: bigint;
  readonly differs?: readonly string[];
  /** Since it was approved. */
  readonly seconds?: bigint;
}

function facts({
  kind,
  verdict = 'match',
  isNameless = false,
  approved = [],
  staleUpTo = 0n,
  differs = [],
  seconds = 100n,
}: Given): Facts {
  const council = {
    ...{ threshold: 2, timeLockSeconds: 60, staleTransactionIndex: staleUpTo, transactionIndex: 9n },
    ...{ membersHash: 'ab'.repeat(32) },
    members: keys.map((key) => ({ key, mask: 7, permissions: ['initiate', 'vote', 'execute'] })),
  } as unknown as Council;
  const proposal = { status: { kind, at: 1000n }, approved, rejected: [], cancelled: [], room: 3 };
  return {
    council,
    pair: { transaction: isNameless ? null : ANNOUNCED },
    verification: { verdict, differences: differs.map((one) => ({ kind: one })) },
    state: classify(council, proposal as unknown as Proposal, 5n, (1000n + seconds) as UnixSeconds),
  } as unknown as Facts;
}

const gates = (given: Given, me?: Seat) =>
  Object.fromEntries(gatesOf(facts(given), me).map(({ name, state }) => [name, state]));
const acts = (given: Given, me?: Seat) => {
  const of = facts(given);
  return Object.fromEntries(actsOf(of, gatesOf(of, me), me).map(({ act, ...rest }) => [act, rest]));
};

describe('the next step', () => {
  it('is approving for a member that may, once, and only on a match', () => {
    const active = { kind: 'active' } as const;
    expect(acts(active, seat(0))).toMatchObject({
      approve: { enabled: true, label: 'Approve with Seat 0', why: '' },
      reject: { enabled: true, why: '' },
    });
    expect(acts({ ...active, approved: [keys[0]!] }, seat(0)).approve).toMatchObject({
      enabled: false,
      why: 'Your key: Seat 0 has approved already.',
    });
    for (const verdict of ['digest-unknown', 'different-argument', 'unreadable'])
      expect(acts({ ...active, verdict }, seat(0))).toMatchObject({
        approve: { enabled: false, why: expect.stringMatching(/^(No text to compare with|Bytes differ)/) },
        // What is wrong can be stopped.
        reject: { enabled: true },
      });
  });

  it('of what names no text is stopping it, and no condition that nobody compared is called met', () => {
    const given = { kind: 'active', verdict: 'digest-unknown', isNameless: true } as const;
    expect(gates(given, seat(0))).toMatchObject({ 'Names no text': 'bad', 'Council as reviewed': 'no' });
    expect(acts(given, seat(0))).toMatchObject({
      approve: {
        enabled: false,
        why: expect.stringMatching(/^Names no text: It can never be approved here/),
      },
      reject: { enabled: true },
    });
  });

  it('is executing after the time lock', () => {
    const approved = { kind: 'approved', approved: keys.slice(0, 2) } as const;
    expect(acts({ ...approved, seconds: 59n }, seat(2)).execute).toMatchObject({
      enabled: false,
      why: 'Time lock over: 1 s left',
    });
    expect(acts({ ...approved, seconds: 60n }, seat(2))).toMatchObject({
      execute: { enabled: true, label: 'Execute with Seat 2' },
      cancel: { enabled: true },
    });
  });

  it('is none of what is over, or stale', () => {
    expect(acts({ kind: 'executed' }, seat(0))).toEqual({});
    expect(gates({ kind: 'executed' }, seat(0))).toMatchObject({ 'Your key': 'no' });
    expect(acts({ kind: 'active', staleUpTo: 5n }, seat(0))).toMatchObject({
      approve: { enabled: false, why: expect.stringMatching(/^Not stale: /) },
      reject: { enabled: false, why: 'Seat 0 cannot reject it.' },
    });
  });

  it('is nobody’s who only looks or is no member, and each button says why', () => {
    for (const given of [{ kind: 'active' }, { kind: 'approved', approved: keys }] as const) {
      expect(gates(given)).toMatchObject({ 'Your key': 'wait' });
      expect(gates(given, seat(3, []))).toMatchObject({ 'Your key': 'bad' });
      for (const me of [undefined, seat(3, [])])
        for (const { enabled, why } of Object.values(acts(given, me))) {
          expect(enabled).toBe(false);
          expect(why).toMatch(me ? /Seat 3/ : /Choose a seat at the lower left\.$/);
        }
    }
  });

  it('counts a council that is another than the reviewed one against it', () => {
    expect(
      gates({ kind: 'active', verdict: 'wrong-council', differs: ['wrong-council'] }, seat(0)),
    ).toMatchObject({
      'Council as reviewed': 'bad',
    });
    expect(gates({ kind: 'active' }, seat(0))).toMatchObject({
      'Council as reviewed': 'ok',
      'Not stale': 'ok',
    });
  });
});

describe('several endpoints', () => {
  const world = (agree: number, missed: SipError | null) =>
    ({ quorum: { agree, of: 3 }, disagreement: () => missed }) as unknown as World;
  const missed = new SipError('QUORUM_MISSED', { asked: 3, agreeing: 1, needed: 2 });

  it('have to agree, and say when they do not', () => {
    expect(quorumGates(world(1, null))).toEqual([]);
    expect(quorumGates(world(2, null))).toMatchObject([
      { state: 'ok', detail: '2 of 3 give the same bytes.' },
    ]);
    const [gate] = quorumGates(world(2, missed));
    expect(gate).toMatchObject({ state: 'bad', detail: missed.message });
    const of = facts({ kind: 'active' });
    expect(actsOf(of, [...gatesOf(of, seat(0)), gate!], seat(0))[0]).toMatchObject({ enabled: false });
  });
});
