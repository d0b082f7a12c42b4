import { expect, it } from 'vitest';
import { sipFileName } from '#governance/sip/file-name.ts';
import { lintFiles } from '#governance/sip/lint.ts';
import { newSip } from '#governance/sip/new-sip.ts';
import { firstSip, isFirstSip } from './first-sip.ts';

const NOW = 1_795_906_123n;

it('is a whole document: the linter finds nothing in it, whatever the epoch', () => {
  for (const index of [0, 1, 4]) {
    const { action, ...of } = firstSip(index, NOW);
    const text = newSip({
      ...of,
      ...{ sip: 9, type: 'Standards Track', category: 'Core', created: '2026-11-28' },
      validUntil: NOW + 86_400n,
      actions: [action],
    });
    const file = sipFileName(9, of.title);
    expect(isFirstSip(file)).toBe(true);
    expect(lintFiles([{ file, bytes: new TextEncoder().encode(text) }]).findings).toEqual([]);
  }
});

it('opens at a whole hour that leaves time to vote and for the time lock', () => {
  const { params } = firstSip(0, NOW).action as { params: Record<string, string> };
  const opens = Date.parse(params['opens-at'] ?? '') / 1000;
  expect(opens % 3600).toBe(0);
  expect(opens - Number(NOW)).toBeGreaterThan(3600);
  expect(isFirstSip('sip-0002-whitelist-the-four-launch-lsts.md')).toBe(false);
});
