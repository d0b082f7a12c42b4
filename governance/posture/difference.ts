import type { Config } from '../restaking/accounts.ts';
import type { Council } from '../venues/squads/state.ts';
import { postureOf } from './council.ts';
import type { PostureFinding } from './finding.ts';

/** What can be said of the council as it would be, and not of the council as it is; the gravest first. Pure. */
export function postureDifference(
  before: Council,
  after: Council,
  config: Config | undefined,
): readonly PostureFinding[] {
  const said = new Set(postureOf(before, config).map(({ level, message }) => `${level} ${message}`));
  const fresh = postureOf(after, config).filter(({ level, message }) => !said.has(`${level} ${message}`));
  return [...fresh].sort((a, b) => GRAVITY.indexOf(a.level) - GRAVITY.indexOf(b.level));
}

const GRAVITY: readonly PostureFinding['level'][] = ['error', 'unknown', 'warning', 'ok'];
