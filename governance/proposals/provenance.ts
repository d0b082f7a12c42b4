import {
  SystemInstruction,
  SystemProgram,
  TransactionInstruction,
  VersionedTransaction,
} from '@solana/web3.js';
import { addressOf, keyOf } from '../chain/address.ts';
import type { ChainReader } from '../chain/ports.ts';
import type { Address, UnixSeconds } from '../types.ts';
import { proposalAddress, SQUADS_PROGRAM_ID } from '../venues/squads/pdas.ts';
import { instructionDiscriminator } from '../verify/discriminator.ts';

/** How an approval came about: an approval that was signed weeks ago is no opinion of today. */
export interface Provenance {
  readonly member: Address;
  /** Of the transaction that carried it. */
  readonly signature: string;
  readonly at: UnixSeconds | null;
  readonly feePayer: Address;
  /** It was sent over a durable nonce: nobody can say when it was signed. */
  readonly overNonce: boolean;
  /** Something else than votes on this proposal and budget was in the same transaction. */
  readonly besides: readonly Address[];
}

const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111';
const MOST = 200;

/**
 * From the proposal's history, oldest first; a member that approved twice is there twice. What the endpoint no longer
 * keeps is missing.
 * @throws SipError of the reader
 */
export async function approvalsOf(
  reader: ChainReader,
  council: Address,
  transactionIndex: bigint,
): Promise<readonly Provenance[]> {
  const proposal = proposalAddress(keyOf(council), transactionIndex);
  const history = await reader.signaturesFor(proposal, MOST);
  const found: Provenance[] = [];
  for (const { signature, err } of [...history].reverse()) {
    if (err !== null) continue;
    const record = await reader.transaction(signature);
    if (record === null) continue;
    found.push(
      ...approvalsIn(record.bytes, { signature, at: record.blockTime, proposal: addressOf(proposal) }),
    );
  }
  return found;
}

/** Of the instructions at the top: Squads refuses nothing that another program calls, but the console's own are there. */
function approvalsIn(
  bytes: Uint8Array,
  {
    signature,
    at,
    proposal,
  }: { readonly signature: string; readonly at: UnixSeconds | null; readonly proposal: Address },
): readonly Provenance[] {
  const { feePayer, overNonce, instructions } = openTransaction(bytes);
  const approvals = instructions.filter((instruction) => approves(instruction, proposal));
  const besides = instructions
    .filter((instruction) => !approvals.includes(instruction))
    .map(({ programId }) => addressOf(programId))
    .filter((program) => program !== COMPUTE_BUDGET);
  return approvals.flatMap(({ keys: [, member] }) =>
    member === undefined
      ? []
      : [
          {
            ...{ member: addressOf(member.pubkey), signature, at, besides },
            feePayer,
            overNonce,
          },
        ],
  );
}

export interface OpenTransaction {
  readonly feePayer: Address;
  /** It was sent over a durable nonce: nobody can say when it was signed. */
  readonly overNonce: boolean;
  /** Those at the top, in order. */
  readonly instructions: readonly TransactionInstruction[];
}

/** What a signed transaction carries. @throws Error where the bytes are no transaction */
export function openTransaction(bytes: Uint8Array): OpenTransaction {
  const { message } = VersionedTransaction.deserialize(bytes);
  const keys = message.staticAccountKeys;
  const instructions = message.compiledInstructions.map(
    ({ programIdIndex, accountKeyIndexes, data }) =>
      new TransactionInstruction({
        programId: keys[programIdIndex] ?? SystemProgram.programId,
        keys: accountKeyIndexes.map((index) => ({
          pubkey: keys[index] ?? SystemProgram.programId,
          isSigner: message.isAccountSigner(index),
          isWritable: message.isAccountWritable(index),
        })),
        data: Buffer.from(data),
      }),
  );
  const [first] = instructions;
  return {
    feePayer: addressOf(keys[0] ?? SystemProgram.programId),
    overNonce: first !== undefined && advancesNonce(first),
    instructions,
  };
}

const APPROVE = instructionDiscriminator('proposal_approve');

/** Accounts: multisig, member, proposal. */
function approves({ programId, data, keys }: TransactionInstruction, proposal: Address): boolean {
  const approve = APPROVE.every((byte, at) => data[at] === byte);
  const third = keys[2]?.pubkey;
  return (
    programId.equals(SQUADS_PROGRAM_ID) && approve && third !== undefined && addressOf(third) === proposal
  );
}

function advancesNonce(instruction: TransactionInstruction): boolean {
  if (!instruction.programId.equals(SystemProgram.programId)) return false;
  try {
    return SystemInstruction.decodeInstructionType(instruction) === 'AdvanceNonceAccount';
  } catch {
    return false; // another instruction of the System program than the SDK knows
  }
}
