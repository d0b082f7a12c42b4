import type { Trial } from '../proposals/trial.ts';
import type { Simulated } from './execution.ts';

/**
 * The endpoint's simulation of the same execution comes to something else than the run on this computer: one of the two
 * was given other accounts than the cluster has, or lies. Null while they agree, or where either can't be had as things
 * stand.
 */
export function contradictionOf(runs: readonly Simulated[], trial: Trial): string | null {
  const here = runs.find(({ transactionIndex }) => transactionIndex === trial.transactionIndex);
  if (here === undefined || trial.ok === null || here.assumed.length > 0) return null;
  const runsHere = here.failure === null;
  if (runsHere === trial.ok) return null;
  const [said, found] = runsHere ? ['fails', 'succeeds'] : ['succeeds', 'fails'];
  return `The endpoint says that executing transaction ${here.transactionIndex} ${said}, on this computer it ${found}. One of them does not have the accounts that the cluster has: sign nothing until it is known which.`;
}
