import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterOf, endpointOf, genesisOfMoniker } from './clusters.ts';
import { embeddedNetwork } from './schema.ts';
import { resolveSettings, SETTING_NAMES, SOURCES, variableOf } from './settings.ts';

describe('clusters', () => {
  it('know monikers and leave URLs alone', () => {
    expect(['m', 'mainnet-beta', 'd', 'http://x'].map(endpointOf)).toEqual([
      'https://api.mainnet-beta.solana.com',
      'https://api.mainnet-beta.solana.com',
      'https://api.devnet.solana.com',
      'http://x',
    ]);
    expect(genesisOfMoniker('http://x')).toBeUndefined();
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(endpointOf(name)).toBe(name);
      expect(genesisOfMoniker(name)).toBeUndefined();
    }
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
