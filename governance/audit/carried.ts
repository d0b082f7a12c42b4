import { type TransactionInstruction, VersionedTransaction } from '@solana/web3.js';
import bs58 from 'bs58';
import { addressOf } from '../chain/address.ts';
import { isSignedBy } from '../handoff/offchain-message.ts';
import { openTransaction } from '../proposals/provenance.ts';
import type { Address, Pins } from '../types.ts';
import { instructionDiscriminator } from '../verify/discriminator.ts';
import {
  decodeWireMessage,
  encodeStoredMessage,
  proposalAddress,
  SQUADS_PROGRAM,
  transactionAddress,
} from '../verify/index.ts';

/** What the bytes of a transaction that was sent say by themselves: who signed what. */

export const STEPS = ['create', 'propose', 'approve', 'reject', 'cancel', 'execute', 'activate'] as const;
export type Step = (typeof STEPS)[number];

export interface Carried {
  /** Its first signature, which is its name. */
  readonly signature: string;
  readonly feePayer: Address;
  readonly overNonce: boolean;
  /** Steps on the subject, in order. */
  readonly steps: readonly { readonly step: Step; readonly who: Address }[];
  /** Programs of other instructions than those and the budget. */
  readonly besides: readonly Address[];
  /** Stored form of the message that a create step brings; null where it brings none. */
  readonly created: Uint8Array | null;
}

/** What a history is about: a council transaction, or an epoch. */
export interface Subject {
  readonly program: Address;
  /** Addresses of which a step has to name one, and where. */
  readonly accounts: readonly Address[];
}

export const councilSubject = ({ council }: Pins, transactionIndex: bigint): Subject => ({
  program: SQUADS_PROGRAM,
  accounts: [
    transactionAddress(council, transactionIndex).address,
    proposalAddress(council, transactionIndex).address,
  ],
});

interface Rule {
  readonly step: Step;
  /** Positions among the instruction's accounts. */
  readonly who: number;
  readonly subject: number;
}

/** Squads v4 and the restaking program, by their interfaces. */
const RULES: Readonly<Record<string, Rule>> = Object.fromEntries(
  (
    [
      ['vault_transaction_create', { step: 'create', who: 2, subject: 1 }],
      ['proposal_create', { step: 'propose', who: 2, subject: 1 }],
      ['proposal_approve', { step: 'approve', who: 1, subject: 2 }],
      ['proposal_reject', { step: 'reject', who: 1, subject: 2 }],
      ['proposal_cancel', { step: 'cancel', who: 1, subject: 2 }],
      ['proposal_cancel_v2', { step: 'cancel', who: 1, subject: 2 }],
      ['vault_transaction_execute', { step: 'execute', who: 3, subject: 1 }],
      ['activate_epoch', { step: 'activate', who: 0, subject: 2 }],
    ] as const
  ).map(([name, rule]) => [discriminatorText(instructionDiscriminator(name)), rule]),
);

const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111';
/** Discriminator, vault index, ephemeral signers; then the message with its length before it. */
const MESSAGE_LENGTH_AT = 10;

/** Undefined where the bytes are no transaction. */
export function carriedBy(bytes: Uint8Array, subject: Subject): Carried | undefined {
  try {
    const { feePayer, overNonce, instructions } = openTransaction(bytes);
    const found = instructions.map((instruction) => ({ instruction, rule: ruleOf(instruction, subject) }));
    const creation = found.find(({ rule }) => rule?.step === 'create');
    return {
      signature: bs58.encode(signedParts(bytes).signatures[0] ?? NOTHING),
      feePayer,
      overNonce,
      steps: found.flatMap(({ instruction, rule }) =>
        rule ? [{ step: rule.step, who: keyAt(instruction, rule.who) }] : [],
      ),
      besides: found.flatMap(({ instruction, rule }) => {
        const program = addressOf(instruction.programId);
        return rule || program === COMPUTE_BUDGET ? [] : [program];
      }),
      created: creation ? messageIn(creation.instruction.data) : null,
    };
  } catch {
    return undefined; // bytes of whoever wrote the document
  }
}

/** Keys whose ed25519 signature over the message does not hold, by strict verification; none where all do. */
export function falseSigners(bytes: Uint8Array): readonly Address[] {
  const { signatures, message } = signedParts(bytes);
  const { header, staticAccountKeys } = VersionedTransaction.deserialize(bytes).message;
  const signers = staticAccountKeys.slice(0, header.numRequiredSignatures).map(addressOf);
  return signers.filter((key, at) => !isSignedBy(key, bs58.encode(signatures[at] ?? NOTHING), message));
}

const NOTHING = new Uint8Array();

/** The message as it stands there, since that is what was signed: decoded and encoded again it could differ. */
function signedParts(bytes: Uint8Array) {
  const count = bytes[0] ?? 0; // fewer than 128 of them, so one length byte
  const signatures = Array.from({ length: count }, (_, at) => bytes.subarray(1 + 64 * at, 65 + 64 * at));
  return { signatures, message: bytes.subarray(1 + 64 * count) };
}

function ruleOf(instruction: TransactionInstruction, subject: Subject): Rule | undefined {
  const rule = RULES[discriminatorText(instruction.data)];
  if (rule === undefined || addressOf(instruction.programId) !== subject.program) return undefined;
  return subject.accounts.includes(keyAt(instruction, rule.subject)) ? rule : undefined;
}

const keyAt = ({ keys }: TransactionInstruction, at: number): Address =>
  keys[at] ? addressOf(keys[at].pubkey) : ('' as Address);

function discriminatorText(data: Uint8Array): string {
  return Buffer.from(data.subarray(0, 8)).toString('hex');
}

function messageIn(data: Uint8Array): Uint8Array | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const from = MESSAGE_LENGTH_AT + 4;
  const decoded = decodeWireMessage(data.subarray(from, from + view.getUint32(MESSAGE_LENGTH_AT, true)));
  return decoded.ok ? encodeStoredMessage(decoded.value) : null;
}
