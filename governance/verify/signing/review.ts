import { sha256 } from '@noble/hashes/sha2';
import type { Address } from '../../types.ts';
import { hex, toAddress } from '../bytes.ts';
import { vaultAddress } from '../pda.ts';
import type { Announcement } from '../sip-bytes.ts';
import { Roles } from './accounts.ts';
import { readBudget, readMemo } from './budget.ts';
import { decodeTransactionMessage, type TransactionMessage } from './message.ts';
import { isOffchain } from './offchain.ts';
import { Refusal } from './refusal.ts';
import { readProgramInstruction } from './restaking.ts';
import { readSquads } from './squads.ts';
import { readStatement } from './statement.ts';

/** What is about to be signed, read from its bytes alone. */

export interface SigningPins {
  readonly programId: Address;
  readonly council: Address;
  readonly vault: Address;
}

export interface Facts {
  readonly pins: SigningPins;
  /** Whose signature is asked for. */
  readonly feePayer: Address;
  /** The transaction that the caller says a vote or an execution is about; null where the bytes themselves say it. */
  readonly transactionIndex: bigint | null;
}

/** The facts, and the roles that what has been read asks for. */
export interface Reading extends Facts {
  readonly roles: Roles;
}

export interface Line {
  readonly label: string;
  readonly value: string;
  /** A key, to be shown whole. */
  readonly address?: true;
}

/** An instruction inside a vault message that is being proposed. */
export interface InnerInstruction {
  readonly program: Address;
  /** Anchor name of the restaking program's instruction, else `unknown`. */
  readonly name: string;
  readonly accounts: number;
  readonly dataBytes: number;
}

export interface Action {
  readonly kind: string;
  /** A verb phrase: "Approve transaction 41". */
  readonly title: string;
  readonly lines: readonly Line[];
  readonly transactionIndex: bigint | null;
  readonly announcement: Announcement | null;
  readonly inner: readonly InnerInstruction[];
}

export interface Review extends Action {
  /** SHA-256 of the message, in the two forms that hardware wallets and tools show. */
  readonly messageHash: { readonly hex: string; readonly base58: string };
}

export type Reviewed =
  | { readonly ok: true; readonly review: Review }
  | { readonly ok: false; readonly code: RefusalCode; readonly at: number; readonly sentence: string };

export type RefusalCode =
  | 'PINS_INCONSISTENT'
  | 'MESSAGE_UNREADABLE'
  | 'FEE_PAYER_OTHER'
  | 'SIGNER_BESIDES'
  | 'PROGRAM_UNKNOWN'
  | 'INSTRUCTION_UNKNOWN'
  | 'INSTRUCTION_BESIDES'
  | 'INSTRUCTION_MISSING'
  | 'ACCOUNT_UNEXPECTED'
  | 'ARGUMENT_UNEXPECTED';

/** One instruction with its keys resolved. */
export interface Step {
  readonly program: Address;
  readonly accounts: readonly {
    readonly key: Address;
    readonly signer: boolean;
    readonly writable: boolean;
  }[];
  readonly data: Uint8Array;
  readonly at: number;
}

/**
 * The closed grammar: optional compute-unit limit, optional price, exactly one action (a proposal may follow the
 * creation of its own transaction), at most one memo. The fee payer is the only signer, but for the gatekeeper's
 * co-signature of a deposit. Besides transactions there are three statements, see statement.ts.
 */
export function reviewMessage(bytes: Uint8Array, facts: Facts): Reviewed {
  try {
    if (isOffchain(bytes)) return { ok: true, review: readStatement(bytes, facts) };
    return { ok: true, review: read(bytes, { ...facts, roles: new Roles() }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, code: error.code, at: error.at, sentence: error.message };
  }
}

function read(bytes: Uint8Array, facts: Reading): Review {
  const { council, vault } = facts.pins;
  const derived = vaultAddress(council, 0).address;
  if (derived !== vault)
    throw new Refusal('PINS_INCONSISTENT', 0, `${vault} is not the council's vault, which is ${derived}.`);
  const decoded = decodeTransactionMessage(bytes);
  if (!decoded.ok)
    throw new Refusal(
      'MESSAGE_UNREADABLE',
      decoded.at,
      `The bytes are no message that is signed here: byte ${decoded.at} should be ${decoded.wanted}.`,
    );
  const message = decoded.value;
  const payer = toAddress(message.keys[0]!);
  if (payer !== facts.feePayer)
    throw new Refusal('FEE_PAYER_OTHER', 4, `The fee payer is ${payer}, not the key that signs.`);

  const steps = stepsOf(message);
  const budget = readBudget(steps);
  const memo = readMemo(steps);
  const core = steps.slice(budget.taken, steps.length - memo.taken);
  const [first, second, third] = core;
  if (!first) throw new Refusal('INSTRUCTION_MISSING', bytes.length, 'The message does nothing.');
  if (third) throw new Refusal('INSTRUCTION_BESIDES', third.at, 'The message does more than one thing.');
  const action = readSquads(first, second, facts) ?? readProgramInstruction(first, facts);
  if (!action)
    throw new Refusal(
      'PROGRAM_UNKNOWN',
      first.at,
      `The program ${first.program} is none that is signed for here.`,
    );
  if (second && action.taken < 2)
    throw new Refusal('INSTRUCTION_BESIDES', second.at, 'The message does more than one thing.');
  checkSigners(message, [facts.feePayer, action.cosigner]);
  checkKeys(message, steps, facts.roles);
  const digest = sha256(bytes);
  const { taken: _, cosigner: __, ...rest } = action;
  return {
    ...rest,
    lines: [...rest.lines, ...budget.lines, ...memo.lines],
    messageHash: { hex: hex(digest), base58: toAddress(digest) },
  };
}

function stepsOf(message: TransactionMessage): readonly Step[] {
  const { keys, numSigners, numReadonlySigners, numReadonlyNonSigners } = message;
  const roleOf = (index: number) => ({
    key: toAddress(keys[index]!),
    signer: index < numSigners,
    writable:
      index < numSigners
        ? index < numSigners - numReadonlySigners
        : index < keys.length - numReadonlyNonSigners,
  });
  return message.instructions.map(({ programIndex, accounts, data, at }) => ({
    program: toAddress(keys[programIndex]!),
    accounts: [...accounts].map(roleOf),
    data,
    at,
  }));
}

/** No key but those that the action asks for. */
function checkSigners({ keys, numSigners }: TransactionMessage, wanted: readonly (Address | null)[]): void {
  const signers = keys.slice(0, numSigners).map(toAddress);
  const stranger = signers.find((key) => !wanted.includes(key));
  if (stranger !== undefined)
    throw new Refusal('SIGNER_BESIDES', 1, `The message wants the signature of ${stranger} too.`);
}

/** Every key but the payer's is used, and writable only where an instruction asks for it. */
function checkKeys(message: TransactionMessage, steps: readonly Step[], roles: Roles): void {
  const used = new Set<string>(
    steps.flatMap(({ program, accounts }) => [program, ...accounts.map(({ key }) => key)]),
  );
  const { keys, numSigners, numReadonlySigners, numReadonlyNonSigners } = message;
  for (let at = 1; at < keys.length; at++) {
    const key = toAddress(keys[at]!);
    const writable =
      at < numSigners ? at < numSigners - numReadonlySigners : at < keys.length - numReadonlyNonSigners;
    if (!used.has(key))
      throw new Refusal(
        'ACCOUNT_UNEXPECTED',
        5 + 32 * at,
        'The message names a key that nothing in it uses.',
      );
    if (writable && !roles.mayWrite(key))
      throw new Refusal(
        'ACCOUNT_UNEXPECTED',
        1,
        `The message lets ${key} be written, which nothing in it asks for.`,
      );
  }
}
