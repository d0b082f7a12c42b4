import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '#governance/actions/registry.ts';
import { isSipFile, lintFiles } from '#governance/sip/index.ts';
import { generatedSips } from './generated-sips.ts';
import { median } from './measure.ts';

describe('generated SIPs', () => {
  const files = generatedSips(200, 1);

  it('pass lint and hold every kind of action', () => {
    const { findings, sips } = lintFiles(files);
    expect(findings.slice(0, 3)).toEqual([]);
    expect(sips).toHaveLength(files.length);
    expect(new Set(sips.flatMap((sip) => sip.actions.map(({ kind }) => kind))).size).toBe(ACTIONS.length);
  });

  it('are as long as those of the repository', () => {
    const real = readdirSync('sips')
      .filter(isSipFile)
      .map((name) => statSync(join('sips', name)).size);
    const ours = median(files.map(({ bytes }) => bytes.length));
    expect(ours).toBeGreaterThan(Math.min(...real));
    expect(ours).toBeLessThan(Math.max(...real));
  });

  it('are the same for the same seed, others for another', () => {
    expect(generatedSips(3, 7)).toEqual(generatedSips(3, 7));
    expect(generatedSips(3, 7)).not.toEqual(generatedSips(3, 8));
  });
});
