import { SQUADS_PROGRAM } from '../pda.ts';
import { checkAccounts } from './accounts.ts';
import { readConfigActions, wordsOfActions } from './config-actions.ts';
import { Refusal } from './refusal.ts';
import type { Reading, Step } from './review.ts';
import {
  action,
  agreed,
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
import { readProposedMessage, wordsOfMessage } from './vault-message.ts';

/** Making a transaction of the council, alone or together with the proposal to vote on it. */

/** Arguments: vault u8, ephemeral signers u8, message (u32 length), memo (option). */
export function vaultCreation(step: Step, next: Step | undefined, facts: Reading): Taken {
  const message = argumentsOf(step, (cursor) => {
    if (cursor.u8() !== 0) cursor.fail('vault 0', cursor.at - 1);
    if (cursor.u8() !== 0) cursor.fail('no ephemeral signer', cursor.at - 1);
    const bytes = cursor.take(cursor.u32());
    noMemo(cursor);
    return bytes;
  });
  const proposed = readProposedMessage(message, step, facts);
  const { number, rest } = proposed.announcement;
  const index = agreed(rest.councilTx, facts, step);
  const taken = creation(step, next, index, facts);
  const ofParts = (rest.parts ?? 1) > 1 ? `, part ${rest.part} of ${rest.parts},` : '';
  return action(
    'vault_transaction_create',
    `Propose SIP-${number}${ofParts} as transaction ${index}`,
    index,
    facts,
    { lines: wordsOfMessage(proposed), announcement: proposed.announcement, inner: proposed.inner, taken },
  );
}

/** Arguments: actions (vector), memo (option). They name no index: the proposal beside it does, or the caller. */
export function configCreation(step: Step, next: Step | undefined, facts: Reading): Taken {
  const actions = readConfigActions(step);
  const index = opens(next) ? agreed(proposalIndex(next), facts, next) : claimed(facts, step);
  const taken = creation(step, next, index, facts);
  return action(
    'config_transaction_create',
    `Propose a change of the council as transaction ${index}`,
    index,
    facts,
    { lines: wordsOfActions(actions), taken },
  );
}

/** Both creations take the same accounts. @returns how many instructions belong to it */
function creation(step: Step, next: Step | undefined, index: bigint, facts: Reading): 1 | 2 {
  checkAccounts(
    step,
    [
      multisig(facts, true),
      transaction(facts, index, true),
      member(facts, 'creator', false),
      member(facts, 'rent payer', true),
      SYSTEM,
    ],
    facts.roles,
  );
  if (!opens(next)) return 1;
  if (proposalIndex(next) !== index)
    throw new Refusal(
      'ARGUMENT_UNEXPECTED',
      next.at,
      'The proposal is opened for another transaction than the one created.',
    );
  checkProposal(next, index, facts);
  return 2;
}

export function proposalCreation(step: Step, facts: Reading): Taken {
  const index = agreed(proposalIndex(step), facts, step);
  checkProposal(step, index, facts);
  return action('proposal_create', `Open the proposal of transaction ${index}`, index, facts);
}

const opens = (next: Step | undefined): next is Step =>
  next !== undefined && next.program === SQUADS_PROGRAM && named(next, 'proposal_create');

/** Arguments: index u64, draft bool. */
const proposalIndex = (step: Step): bigint =>
  argumentsOf(step, (cursor) => {
    const index = cursor.u64();
    if (cursor.bool()) cursor.fail('a proposal that is active at once', cursor.at - 1);
    return index;
  });

function checkProposal(step: Step, index: bigint, facts: Reading): void {
  checkAccounts(
    step,
    [
      multisig(facts, false),
      proposal(facts, index),
      member(facts, 'creator', false),
      member(facts, 'rent payer', true),
      SYSTEM,
    ],
    facts.roles,
  );
}
