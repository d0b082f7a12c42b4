import type { PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { generated } from '@sqds/multisig';
import { keyOf } from '../../chain/address.ts';
import type { Signer } from '../../chain/ports.ts';
import type { Address } from '../../types.ts';
import { configTransactionExecute, vaultTransactionExecute } from './instructions.ts';
import {
  type Landed,
  lacking,
  type NotDone,
  notDone,
  notLanded,
  sendStep,
  type VenueOptions,
  type VenuePorts,
} from './outcome.ts';
import { spendingLimitAddress } from './pdas.ts';
import { type Council, type CouncilTransaction, readCouncil, readTransaction } from './state.ts';
import { classify, type ProposalState } from './status.ts';

export type ExecuteOutcome =
  | { readonly kind: 'executed'; readonly landed: Landed }
  | { readonly kind: 'already-executed' }
  | NotDone;

export interface ExecuteRequest {
  readonly council: Address;
  readonly transactionIndex: bigint;
  /** A member with Execute; pays the fee. What the message makes inside is paid by the vault. */
  readonly member: Signer;
}

/** Runs an approved vault or config transaction once its time lock has passed on the chain's clock. */
export async function execute(
  ports: VenuePorts,
  request: ExecuteRequest,
  options: VenueOptions = {},
): Promise<ExecuteOutcome> {
  const { member, transactionIndex } = request;
  const council = await readCouncil(ports.rpc, request.council);
  const denied = lacking(council, member, 'execute');
  if (denied) return denied;
  const { transaction, proposal } = await readTransaction(ports.rpc, request.council, transactionIndex);
  const { unixTimestamp } = await ports.rpc.clock();
  const state = classify(council, proposal, transactionIndex, unixTimestamp);
  if (state.kind === 'executed') return { kind: 'already-executed' };
  const obstacle = obstacleTo(state, council);
  if (obstacle) return obstacle;
  const instruction = instructionFor(transaction, request, council);
  if ('kind' in instruction) return instruction;

  const outcome = await sendStep(
    ports,
    {
      council,
      transactionIndex,
      signer: member,
      instructions: [instruction],
      describe: `execute transaction ${transactionIndex}`,
      rentPayer: council.vault,
    },
    options,
  );
  if (outcome.kind === 'landed') return { kind: 'executed', landed: outcome };
  if (outcome.kind !== 'unknown') {
    const now = await readTransaction(ports.rpc, request.council, transactionIndex);
    if (now.proposal?.status.kind === 'executed') return { kind: 'already-executed' };
  }
  return notLanded(outcome);
}

function obstacleTo(state: ProposalState, council: Council): NotDone | undefined {
  const { transactionIndex } = state;
  if (state.kind === 'none') return notDone('PROPOSAL_NOT_FOUND', { transactionIndex });
  if (state.stale)
    return notDone('PROPOSAL_STALE', {
      transactionIndex,
      staleTransactionIndex: council.staleTransactionIndex,
    });
  if (state.kind === 'active')
    return notDone('PROPOSAL_NOT_APPROVED', {
      transactionIndex,
      status: state.kind,
      approvals: state.approvals,
      needed: state.needed,
    });
  if (state.kind !== 'approved')
    return notDone('PROPOSAL_WRONG_STATUS', { transactionIndex, status: state.kind, wanted: 'executed' });
  if (state.timeLockLeftSeconds > 0n)
    return notDone('TIME_LOCK_RUNNING', {
      transactionIndex,
      secondsLeft: state.timeLockLeftSeconds,
      executableAt: state.executableAt,
    });
  return undefined;
}

/** The account that Squads wants to make or close beside those of every config transaction. */
function spendingLimitOf(council: PublicKey, action: generated.ConfigAction): readonly PublicKey[] {
  if (action.__kind === 'AddSpendingLimit') return [spendingLimitAddress(council, action.createKey)];
  return action.__kind === 'RemoveSpendingLimit' ? [action.spendingLimit] : [];
}

/** With the accounts of the spending limits that its actions make or close. */
export function configExecution(
  { actions }: Extract<CouncilTransaction, { kind: 'config' }>,
  target: { readonly council: PublicKey; readonly transactionIndex: bigint; readonly member: PublicKey },
): TransactionInstruction {
  const spendingLimits = actions.flatMap((action) => spendingLimitOf(target.council, action));
  return configTransactionExecute({ ...target, spendingLimits });
}

function instructionFor(
  transaction: CouncilTransaction | null,
  { member, transactionIndex }: ExecuteRequest,
  council: Council,
): TransactionInstruction | NotDone {
  const target = { council: keyOf(council.address), transactionIndex, member: member.publicKey };
  if (transaction?.kind === 'config') return configExecution(transaction, target);
  if (transaction?.kind !== 'vault') return notDone('PROPOSAL_NOT_FOUND', { transactionIndex });
  if (transaction.message.addressTableLookups.length > 0)
    return notDone('LOOKUP_TABLE_PRESENT', { transactionIndex });
  if (transaction.ephemeralSigners > 0) return notDone('EPHEMERAL_SIGNER_PRESENT', { transactionIndex });
  return vaultTransactionExecute({ ...target, message: transaction.message });
}
