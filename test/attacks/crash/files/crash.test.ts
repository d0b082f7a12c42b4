import { describe, expect, it } from 'vitest';
import { ATTACKS } from '../../attacks.ts';

/** A small slice of the attacks that start a process for each try; the full runs are `npm run attack`. */

const SEED = Number(process.env.SIP_SEED ?? 20261);
const COUNTS = { 'crash:kill': 4, 'crash:disk': 4, 'crash:power': 500 };

describe.each(Object.entries(COUNTS))(`%s, seed ${SEED}`, (name, count) => {
  it('loses and tears nothing, tells everything, and finds its planted defects', async () => {
    const attack = await ATTACKS[name]!();
    const outcome = await attack.run({ seed: SEED, from: 0, count, honest: 1 });
    expect(outcome.broken).toEqual([]);
    expect(outcome.refused).toEqual([]);
    expect(await attack.missedDefects(SEED)).toEqual([]);
  });
});
