import type { StepState } from '#governance/setup/judge.ts';
import type { SetupPlan } from '#governance/setup/plan.ts';
import type { Prepared } from '#governance/setup/prepare.ts';
import type { Facts } from '#governance/setup/read.ts';
import { inSol } from '#governance/words/amounts.ts';
import type { Paper } from '../paper.ts';

/** Setup in words. */

export function pairsOf({ target, request }: Prepared, facts: Facts) {
  return {
    programId: target.programId,
    programData: facts.programData as string,
    buffer: target.buffer ?? '',
    deployer: target.deployer as string,
    council: facts.councilAddress ?? '',
    vault: facts.vault ?? '',
    config: facts.configAddress as string,
    genesisHash: request.genesisHash,
  };
}

type Shown = StepState & { readonly actions?: readonly string[]; readonly signers?: readonly string[] };

export function explainSteps(paper: Paper, steps: readonly Shown[]): void {
  const { paint } = paper;
  const marks = {
    done: paint.green('done    '),
    begun: paint.yellow('begun   '),
    missing: paint.yellow('missing '),
    mismatch: paint.red('mismatch'),
  };
  for (const { name, state, detail, differences, actions = [], signers = [] } of steps) {
    paper.line(`${marks[state]}  ${name.padEnd(17)}  ${detail}`);
    for (const { field, expected, actual } of differences)
      paper.line(`          ${field}: expected ${expected}, on chain ${actual}`);
    for (const action of actions) paper.line(`          → ${action}`);
    if (signers.length > 0) paper.line(paint.dim(`          signed by ${[...new Set(signers)].join(', ')}`));
  }
}

export function explainCosts(paper: Paper, { costs, neededLamports, balanceLamports }: SetupPlan): void {
  if (costs.length === 0) return;
  paper.line();
  paper.table(
    ['step', 'what', 'lamports'],
    costs.map(({ step, what, lamports }) => [step, what, lamports]),
  );
  paper.line();
  paper.pairs([
    ['needed', `${neededLamports} lamports (${inSol(neededLamports)} SOL)`],
    ['deployer has', `${balanceLamports} lamports (${inSol(balanceLamports)} SOL)`],
  ]);
  if (balanceLamports < neededLamports)
    paper.line(paper.paint.red(`${inSol(neededLamports - balanceLamports)} SOL are missing.`));
}
