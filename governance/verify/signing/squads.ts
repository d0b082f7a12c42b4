import { SQUADS_PROGRAM } from '../pda.ts';
import { checkAccounts, type Slot } from './accounts.ts';
import { Refusal } from './refusal.ts';
import type { Line, Reading, Step } from './review.ts';
import { configCreation, proposalCreation, vaultCreation } from './squads-create.ts';
import {
  action,
  argumentsOf,
  claimed,
  member,
  multisig,
  named,
  noMemo,
  proposal,
  SYSTEM,
  type Taken,
  transaction,
} from './squads-parts.ts';

/** Squads' instructions that are signed for: proposing a SIP or a change of the council, voting, executing. */

const VOTES = [
  ['proposal_approve', 'Approve'],
  ['proposal_reject', 'Reject'],
  ['proposal_cancel', 'Cancel'],
  ['proposal_cancel_v2', 'Cancel'],
] as const;

/** Undefined for another program. */
export function readSquads(step: Step, next: Step | undefined, facts: Reading): Taken | undefined {
  if (step.program !== SQUADS_PROGRAM) return undefined;
  if (named(step, 'vault_transaction_create')) return vaultCreation(step, next, facts);
  if (named(step, 'config_transaction_create')) return configCreation(step, next, facts);
  if (named(step, 'proposal_create')) return proposalCreation(step, facts);
  for (const [name, verb] of VOTES) if (named(step, name)) return vote(step, name, verb, facts);
  if (named(step, 'vault_transaction_execute')) return vaultExecution(step, facts);
  if (named(step, 'config_transaction_execute')) return configExecution(step, facts);
  throw new Refusal(
    'INSTRUCTION_UNKNOWN',
    step.at,
    'This Squads instruction is none that is signed for here.',
  );
}

/** Arguments: memo (option). */
function vote(step: Step, name: string, verb: string, facts: Reading): Taken {
  argumentsOf(step, noMemo);
  const index = claimed(facts, step);
  checkAccounts(
    step,
    [
      multisig(facts, false),
      member(facts, 'member', true),
      proposal(facts, index),
      ...(name === 'proposal_cancel_v2' ? [SYSTEM] : []),
    ],
    facts.roles,
  );
  return action(name, `${verb} transaction ${index}`, index, facts);
}

/** No arguments; behind the four fixed accounts those of the message, none of which may sign anew. */
function vaultExecution(step: Step, facts: Reading): Taken {
  const index = claimed(facts, step);
  const slots = [
    multisig(facts, false),
    proposal(facts, index),
    transaction(facts, index, false),
    member(facts, 'member', false),
  ];
  return execution('vault_transaction_execute', `Execute transaction ${index}`, index, step, slots, facts);
}

/** No arguments; behind the six fixed accounts the spending limits that the change makes or closes. */
function configExecution(step: Step, facts: Reading): Taken {
  const index = claimed(facts, step);
  const slots = [
    multisig(facts, true),
    member(facts, 'member', false),
    proposal(facts, index),
    transaction(facts, index, false),
    member(facts, 'rent payer', true),
    SYSTEM,
  ];
  const title = `Execute transaction ${index}, a change of the council`;
  return execution('config_transaction_execute', title, index, step, slots, facts);
}

function execution(
  kind: string,
  title: string,
  index: bigint,
  step: Step,
  slots: readonly Slot[],
  facts: Reading,
): Taken {
  argumentsOf(step, () => null);
  checkAccounts(step, slots, facts.roles, 'any');
  const lines = step.accounts.slice(slots.length).map(
    ({ key, writable }): Line => ({
      label: `${key === facts.pins.vault ? 'Vault, ' : ''}${writable ? 'May change' : 'Reads'}`,
      value: key,
      address: true,
    }),
  );
  return action(kind, title, index, facts, { lines });
}
