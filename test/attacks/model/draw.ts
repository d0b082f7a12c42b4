import type { EpochTerms } from '#governance/restaking/accounts.ts';
import type { Random } from '#test/verify/world.ts';
import {
  capKey,
  depositedIn,
  GUARDIAN_COOL_DOWN,
  GUARDIAN_PAUSE,
  isPaused,
  type Key,
  type Model,
} from './state.ts';
import type { Action, Step } from './steps.ts';

/** Steps near what is possible now: most would be refused at once if they were drawn from everything. */

const DAY = 86_400n;
const pick = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)] as T;
const key = (random: Random): Key => (random.below(2) === 0 ? 0 : 1);
const other = (right: Key, random: Random): Key => (random.below(8) === 0 ? (right === 0 ? 1 : 0) : right);

function index(m: Model, random: Random): number {
  const around = [
    m.active ?? m.nextActivation,
    m.nextActivation,
    m.nextEpoch - 1,
    random.below(m.nextEpoch + 2),
  ];
  return Math.max(0, pick(random, around));
}

function terms(m: Model, random: Random): EpochTerms {
  const opensAt = m.now + BigInt(random.below(5)) * (DAY / 4n) - (random.below(4) === 0 ? DAY : 0n);
  const closesAt = random.below(5) === 0 ? null : opensAt + BigInt(random.below(12)) * (DAY / 2n);
  return {
    opensAt,
    closesAt,
    access: random.below(4) === 0 ? 'invite-only' : 'open',
    withdrawals: random.below(2) === 0,
  };
}

function amended(m: Model, at: number, random: Random): EpochTerms {
  const old = m.epochs.get(at)?.terms;
  const fresh = terms(m, random);
  if (!old || random.below(3) === 0) return fresh;
  return { ...old, closesAt: fresh.closesAt, withdrawals: old.withdrawals || fresh.withdrawals };
}

const CAPS = [0n, 30n, 60n, 60n, 100n, 2n ** 64n - 1n] as const;

function action(m: Model, random: Random): Action {
  const pool = random.below(m.pools.length);
  const cap = pick(random, CAPS);
  const at = index(m, random);
  if (isPaused(m) && random.below(3) === 0) return { kind: 'unpause' };
  // Nothing comes in without an epoch that is due.
  const kind = m.nextActivation === m.nextEpoch && random.below(2) === 0 ? 0 : random.below(22);
  if (kind < 5)
    return {
      kind: 'schedule',
      index: m.nextEpoch + (random.below(9) === 0 ? 1 : 0),
      terms: terms(m, random),
    };
  if (kind < 8) return { kind: 'amend', index: at, terms: amended(m, at, random) };
  if (kind < 10) return { kind: 'cancel', index: random.below(3) === 0 ? at : Math.max(0, m.nextEpoch - 1) };
  if (kind === 10) return { kind: 'end', index: at };
  if (kind < 16) return { kind: 'epoch-cap', index: at, pool, cap };
  if (kind === 16) return { kind: 'pool-cap', pool, cap };
  if (kind === 17)
    return {
      kind: 'pool-status',
      pool,
      status: pick(random, ['open', 'open', 'deposits-closed', 'retired']),
    };
  if (kind === 18) return { kind: 'transferable', pool };
  if (kind === 19) return { kind: 'pause' };
  if (kind === 20) return { kind: 'unpause' };
  return { kind: 'roles', epochAdmin: key(random), guardian: key(random), gatekeeper: key(random) };
}

function actions(m: Model, random: Random): readonly Action[] {
  const first = action(m, random);
  // As a SIP does it: the epoch, and what may come in.
  if (first.kind === 'schedule')
    return [
      first,
      { kind: 'epoch-cap', index: first.index, pool: random.below(m.pools.length), cap: pick(random, CAPS) },
    ];
  return random.below(3) === 0 ? [first, action(m, random)] : [first];
}

/** Often all that fits under one of the caps, or one more. */
function deposit(m: Model, who: number, pool: number, random: Random): bigint {
  const cap = m.active === null ? undefined : m.caps.get(capKey(m.active, pool));
  const rooms = [
    ...(cap ? [cap.cap - cap.filled] : []),
    (m.pools[pool]?.cap ?? 0n) - depositedIn(m, pool),
    m.held[pool]?.[who]?.wallet ?? 0n,
  ].filter((room) => room > 0n && room < 1_000n);
  if (rooms.length === 0 || random.below(3) > 0) return BigInt(random.below(40));
  return pick(random, rooms) + BigInt(random.below(2));
}

/** Often to the very second at which something begins or ends, or to the one before. */
function wait(m: Model, random: Random): bigint {
  const paused = m.guardianPausedAt;
  const moments = [
    ...[...m.epochs.values()].flatMap(({ terms: { opensAt, closesAt } }) => [opensAt, closesAt]),
    ...(paused === null ? [] : [paused + GUARDIAN_PAUSE, paused + GUARDIAN_COOL_DOWN]),
  ]
    .map((moment) => (moment === null ? 0n : moment - m.now - BigInt(random.below(2))))
    .filter((seconds) => seconds > 0n);
  if (moments.length > 0 && random.below(3) > 0) return pick(random, moments);
  return pick(random, [1n, 3_600n, DAY / 4n, DAY]);
}

export function draw(m: Model, random: Random): Step {
  const pool = random.below(m.pools.length);
  const who = random.below(m.held[pool]?.length ?? 1);
  const kind = random.below(40);
  const due = m.active === null ? m.epochs.get(m.nextActivation) : undefined;
  if (due && random.below(4) === 0) {
    const seconds = due.terms.opensAt - m.now;
    if (seconds > 0n) return { kind: 'wait', seconds };
    return { kind: 'activate', index: m.nextActivation, by: m.roles.epochAdmin };
  }
  // Nothing can be decided below the floors: the council goes back soon.
  if ((m.threshold < 2 || m.timeLock < 300) && random.below(3) === 0)
    return { kind: 'council', threshold: 2, timeLock: 600 };
  if (kind < 11) return { kind: 'sip', actions: actions(m, random) };
  if (kind === 11) return { kind: 'sip too early', actions: actions(m, random) };
  if (kind === 12) return { kind: 'executed again' };
  if (kind === 13) return { kind: 'number again', actions: actions(m, random) };
  if (kind === 14 && random.below(2) === 0)
    return { kind: 'council', threshold: 1 + random.below(3), timeLock: pick(random, [0, 299, 300, 600]) };
  if (kind < 18) return { kind: 'wait', seconds: wait(m, random) };
  if (kind < 23)
    return {
      kind: 'activate',
      index: random.below(6) === 0 ? index(m, random) : m.nextActivation,
      by: other(m.roles.epochAdmin, random),
    };
  if (kind < 25) return { kind: 'close', index: index(m, random) };
  if (kind === 25) return { kind: 'guardian pause', by: other(m.roles.guardian, random) };
  if (kind < 34)
    return {
      ...{ kind: 'restake', who, pool, amount: deposit(m, who, pool, random) },
      index: random.below(8) === 0 ? index(m, random) : (m.active ?? 0),
      gatekeeper: random.below(3) === 0 ? null : other(m.roles.gatekeeper, random),
    };
  if (kind < 39) return { kind: 'unrestake', who, pool, amount: BigInt(random.below(40)) };
  return { kind: 'thaw', who, pool };
}
