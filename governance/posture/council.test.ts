import { describe, expect, it } from 'vitest';
import type { Config } from '#governance/restaking/accounts.ts';
import type { Address } from '#governance/types.ts';
import type { Council } from '#governance/venues/squads/state.ts';
import { postureOf } from './council.ts';

const key = (letter: string) => letter.repeat(43) as Address;

describe('posture', () => {
  const all = ['initiate', 'vote', 'execute'] as const;
  const council = {
    address: key('c'),
    vault: key('v'),
    threshold: 3,
    timeLockSeconds: 172_800,
    configAuthority: null,
    rentCollector: null,
    members: ['1', '2', '3', '4', '5'].map((n) => ({ key: key(n), mask: 7, permissions: all })),
  } as unknown as Council;
  const config = {
    authority: key('v'),
    guard: { venueAccount: key('c'), floors: { minThreshold: 3, minTimeLock: 86_400 } },
  } as unknown as Config;
  const bad = (changed: Partial<Council>, of: Config | null = config) =>
    postureOf({ ...council, ...changed }, of ?? undefined)
      .filter(({ level, code }) => level !== 'ok' && code !== 'vault-holdings')
      .map(({ level, code }) => `${level} ${code}`);

  it('has nothing to say of a council that is hard to capture, but what the vault holds', () => {
    expect(bad({})).toEqual([]);
    expect(postureOf(council, config).at(-1)?.code).toBe('vault-holdings');
  });

  it('names each weakness', () => {
    expect(bad({ configAuthority: key('x') })).toEqual(['error config-authority']);
    expect(bad({ threshold: 1 })).toEqual([
      'error threshold-one',
      'error one-key-alone',
      'error below-floors',
    ]);
    expect(bad({ threshold: 2 }, null)).toEqual(['warning threshold-minority', 'warning program-unset']);
    expect(bad({ threshold: 5 })).toEqual(['warning no-key-to-spare']);
    expect(bad({ timeLockSeconds: 0 })).toEqual(['error no-time-lock', 'error below-floors']);
    expect(bad({ timeLockSeconds: 600 })).toEqual(['warning time-lock-short', 'error below-floors']);
    expect(bad({ address: key('d') })).toEqual(['error not-the-authority']);
    expect(bad({ rentCollector: key('v') })).toEqual(['warning rent-collector-vault']);
    expect(bad({ rentCollector: key('x') })).toEqual(['warning rent-collector']);
    const voters = council.members.map((member) => ({ ...member, mask: 2, permissions: ['vote'] as const }));
    expect(bad({ members: voters })).toEqual(['error no-coalition', 'error no-executor']);
  });
});
