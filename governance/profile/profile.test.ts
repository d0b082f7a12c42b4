import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Config } from '#governance/restaking/accounts.ts';
import type { Address } from '#governance/types.ts';
import type { Council } from '#governance/venues/squads/state.ts';
import { clusterOf, endpointOf, genesisOfMoniker } from './clusters.ts';
import { postureOf } from './posture.ts';
import { embeddedNetwork } from './schema.ts';
import { resolveSettings, SETTING_NAMES, SOURCES, variableOf } from './settings.ts';

const key = (letter: string) => letter.repeat(43) as Address;

describe('clusters', () => {
  it('know monikers and leave URLs alone', () => {
    expect(['m', 'mainnet-beta', 'd', 'http://x'].map(endpointOf)).toEqual([
      'https://api.mainnet-beta.solana.com',
      'https://api.mainnet-beta.solana.com',
      'https://api.devnet.solana.com',
      'http://x',
    ]);
    expect(genesisOfMoniker('http://x')).toBeUndefined();
    expect(clusterOf(genesisOfMoniker('m') ?? '')).toBe('mainnet');
    expect(clusterOf('another')).toBe('local');
  });

  it('tell embedded networks by name', () => {
    expect(['embedded', 'embedded:second', 'live'].map(embeddedNetwork)).toEqual([
      'default',
      'second',
      undefined,
    ]);
  });
});

describe('settings', () => {
  it('come from the first source that has them', () => {
    const layer = fc.record({
      profile: fc.option(
        fc.string().map((value) => ({ value, where: 'w' })),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(fc.tuple(...SOURCES.map(() => layer)), (layers) => {
        const settings = resolveSettings(
          Object.fromEntries(SOURCES.map((source, at) => [source, layers[at]])),
        );
        const first = layers.findIndex((each) => each.profile !== undefined);
        expect(settings.profile?.source).toBe(SOURCES[first]);
        expect(settings.profile?.value).toBe(layers[first]?.profile?.value);
      }),
    );
    expect(SETTING_NAMES.map(variableOf)).toContain('SIP_COMPUTE_UNIT_PRICE');
  });
});

describe('posture', () => {
  const all = ['initiate', 'vote', 'execute'] as const;
  const council = {
    address: key('c'),
    vault: key('v'),
    threshold: 3,
    timeLockSeconds: 172_800,
    configAuthority: null,
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
    expect(bad({ threshold: 1 })).toEqual(['error threshold-one', 'error below-floors']);
    expect(bad({ threshold: 2 }, null)).toEqual(['warning threshold-minority', 'warning program-unset']);
    expect(bad({ threshold: 5 })).toEqual(['warning no-key-to-spare']);
    expect(bad({ timeLockSeconds: 0 })).toEqual(['error no-time-lock', 'error below-floors']);
    expect(bad({ timeLockSeconds: 600 })).toEqual(['warning time-lock-short', 'error below-floors']);
    expect(bad({ address: key('d') })).toEqual(['error not-the-authority']);
  });
});
