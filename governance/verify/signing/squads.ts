import type { Address } from '../../types.ts';
import { type Cursor, readExactly, sameBytes } from '../bytes.ts';
import { instructionDiscriminator } from '../discriminator.ts';
import { proposalAddress, SQUADS_PROGRAM, SYSTEM_PROGRAM, transactionAddress } from '../pda.ts';
import { checkAccounts, type Slot } from './accounts.ts';
import { Refusal } from './refusal.ts';
import type { Action, Reading, Step } from './review.ts';
import { readProposedMessage, wordsOfMessage } from './vault-message.ts';

/** Squads' instructions that are signed for: proposing a SIP, voting on it, executing it. */

type Taken = Action & { readonly taken: 1 | 2; readonly signers: 1 };

const named = (step: Step, name: string): boolean =>
  sameBytes(step.data.subarray(0, 8), instructionDiscriminator(name));

/** Undefined for another program. */
export function readSquads(step: Step, next: Step | undefined, facts: Reading): Taken | undefined {
  if (step.program !== SQUADS_PROGRAM) return undefined;
  if (named(step, 'vault_transaction_create')) return creation(step, next, facts);
  if (named(step, 'proposal_create')) {
    const index = proposalCreation(step, facts);
    return action('proposal_create', `Open the proposal of transaction ${index}`, index);
  }
  for (const [name, verb] of VOTES) if (named(step, name)) return vote(step, name, verb, facts);
  if (named(step, 'vault_transaction_execute')) return execution(step, facts);
  throw new Refusal(
    'INSTRUCTION_UNKNOWN',
    step.at,
    'This Squads instruction is none that is signed for here.',
  );
}

const action = (kind: string, title: string, index: bigint, more: Partial<Action> = {}): Taken => ({
  kind,
  title,
  lines: [],
  transactionIndex: index,
  announcement: null,
  inner: [],
  taken: 1,
  signers: 1,
  ...more,
});

/** Arguments: vault u8, ephemeral signers u8, message (u32 length), memo (option). */
function creation(step: Step, next: Step | undefined, facts: Reading): Taken {
  const args = argumentsOf(step, (cursor) => {
    const vault = cursor.u8();
    const ephemeral = cursor.u8();
    const message = cursor.take(cursor.u32());
    if (vault !== 0) cursor.fail('vault 0');
    if (ephemeral !== 0) cursor.fail('no ephemeral signer');
    if (cursor.u8() !== 0) cursor.fail('no memo');
    return message;
  });
  const proposed = readProposedMessage(args, step, facts);
  const index = proposed.announcement.councilTx;
  checkAccounts(
    step,
    [
      multisig(facts),
      { name: 'transaction', key: transactionAddress(facts.pins.council, index).address, writable: true },
      member(facts, 'creator', false),
      member(facts, 'rent payer'),
      SYSTEM,
    ],
    facts.roles,
  );
  const alone = next === undefined || next.program !== SQUADS_PROGRAM || !named(next, 'proposal_create');
  if (!alone && proposalCreation(next, facts) !== index)
    throw new Refusal(
      'ARGUMENT_UNEXPECTED',
      next.at,
      'The proposal is opened for another transaction than the one created.',
    );
  const { sip, part, parts } = proposed.announcement;
  const ofParts = parts === null || parts <= 1 ? '' : `, part ${part} of ${parts},`;
  return action('vault_transaction_create', `Propose SIP-${sip}${ofParts} as transaction ${index}`, index, {
    lines: wordsOfMessage(proposed),
    announcement: proposed.whole,
    inner: proposed.inner,
    ...(!alone && { taken: 2 }),
  } as Partial<Action>);
}

/** Arguments: index u64, draft bool. @returns the index */
function proposalCreation(step: Step, facts: Reading): bigint {
  const index = argumentsOf(step, (cursor) => {
    const value = cursor.u64();
    if (cursor.bool()) cursor.fail('a proposal that is active at once');
    return value;
  });
  checkAccounts(
    step,
    [
      { ...multisig(facts), writable: false },
      { name: 'proposal', key: proposalAddress(facts.pins.council, index).address, writable: true },
      member(facts, 'creator', false),
      member(facts, 'rent payer'),
      SYSTEM,
    ],
    facts.roles,
  );
  return index;
}

const VOTES = [
  ['proposal_approve', 'Approve'],
  ['proposal_reject', 'Reject'],
  ['proposal_cancel', 'Cancel'],
  ['proposal_cancel_v2', 'Cancel'],
] as const;

/** Arguments: memo (option). */
function vote(step: Step, name: string, verb: string, facts: Reading): Taken {
  argumentsOf(step, noMemo);
  const index = claimed(facts, step);
  checkAccounts(
    step,
    [
      { ...multisig(facts), writable: false },
      member(facts, 'member'),
      { name: 'proposal', key: proposalAddress(facts.pins.council, index).address, writable: true },
      ...(name === 'proposal_cancel_v2' ? [SYSTEM] : []),
    ],
    facts.roles,
  );
  return action(name, `${verb} transaction ${index}`, index);
}

/** No arguments; behind the four fixed accounts those of the message, none of which may sign anew. */
function execution(step: Step, facts: Reading): Taken {
  argumentsOf(step, () => null);
  const index = claimed(facts, step);
  const { council } = facts.pins;
  const slots = [
    { ...multisig(facts), writable: false },
    { name: 'proposal', key: proposalAddress(council, index).address, writable: true },
    { name: 'transaction', key: transactionAddress(council, index).address, writable: false },
    member(facts, 'member', false),
  ];
  checkAccounts(step, slots, facts.roles, 'any');
  const lines = step.accounts.slice(slots.length).map(({ key, writable }) => ({
    label: writable ? 'May change' : 'Reads',
    value: key,
    address: true as const,
  }));
  return action('vault_transaction_execute', `Execute transaction ${index}`, index, { lines });
}

/** A vote's bytes name the proposal's address only: the index that the caller says has to derive it. */
function claimed({ transactionIndex }: Reading, step: Step): bigint {
  if (transactionIndex !== null) return transactionIndex;
  throw new Refusal('ARGUMENT_UNEXPECTED', step.at, 'Nobody said which transaction this is about.');
}

const multisig = ({ pins }: Reading): Slot => ({ name: 'multisig', key: pins.council, writable: true });
const member = ({ feePayer }: Reading, name: string, writable = true): Slot => ({
  name,
  key: feePayer as Address,
  signer: true,
  writable,
});
const SYSTEM: Slot = { name: 'system program', key: SYSTEM_PROGRAM, writable: false };

const noMemo = (cursor: Cursor): null => {
  if (cursor.u8() !== 0) cursor.fail('no memo');
  return null;
};

function argumentsOf<T>(step: Step, decode: (cursor: Cursor) => T): T {
  const read = readExactly(step.data, (cursor) => {
    cursor.take(8);
    return decode(cursor);
  });
  if (read.ok) return read.value;
  throw new Refusal(
    'ARGUMENT_UNEXPECTED',
    step.at + read.at,
    `Its arguments are not what is signed here: ${read.wanted} was expected.`,
  );
}
