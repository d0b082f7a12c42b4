import { expect, it } from 'vitest';
import type { InstructionName } from '#governance/restaking/instructions.ts';
import { guardianPause, pause } from './support/instructions.ts';
import { readmeTable } from './support/readme.ts';
import { scenarioOf } from './support/scenarios.ts';
import { addressOf, succeeded, World } from './support/world.ts';

/** The column "Blocked by pause" of programs/restaking/README.md, instruction by instruction. */

const rows = readmeTable('Instructions').map(
  (row) => [(row.Instruction ?? '').replaceAll('`', '') as InstructionName, row['Blocked by pause']] as const,
);

/** Runs before anything can be paused. */
const BEFORE = 'initialize';
/** Not blocked, but what it asks for is so already. */
const PAUSED_ALREADY = 'guardian_pause';

/** By SIP, which nothing ends; a guardian's where the instruction is that pause itself, which would say AlreadyPaused. */
function pauseBefore(w: World, name: InstructionName): void {
  if (w.config.pause !== 'off') return;
  if (name !== 'pause') w.done(pause(w));
  else succeeded(w.chain.send([guardianPause(addressOf(w.guardian.publicKey))], [w.guardian]));
}

it('says yes or no of every instruction', () => {
  expect(new Set(rows.map(([, blocked]) => blocked))).toEqual(new Set(['yes', 'no']));
  expect(rows.filter(([name]) => !scenarioOf(name)).map(([name]) => name)).toEqual([BEFORE]);
  expect(rows.filter(([, blocked]) => blocked === 'yes').map(([name]) => name)).toEqual([
    'activate_epoch',
    'restake',
  ]);
});

it.each(rows.filter(([name]) => name !== BEFORE))('%s, blocked by pause: %s', (name, blocked) => {
  const w = new World();
  const run = scenarioOf(name)?.(w);
  pauseBefore(w, name);
  const error = run?.().error;
  if (name === PAUSED_ALREADY) expect(error).toBe('AlreadyPaused');
  else expect(error).toBe(blocked === 'yes' ? 'Paused' : '');
});
