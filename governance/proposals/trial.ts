import {
  ComputeBudgetProgram,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { decodeFailure, type TransactionFailure } from '../chain/decode-error.ts';
import type { Rpc } from '../chain/ports.ts';
import { PACKET_BYTES } from '../chain/size.ts';
import { SipError } from '../errors.ts';
import { compileSip } from '../plan/compile.ts';
import { restakingErrorNames } from '../restaking/errors.ts';
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import { configExecution } from '../venues/squads/execute.ts';
import {
  proposalCreate,
  vaultTransactionCreate,
  vaultTransactionExecute,
} from '../venues/squads/instructions.ts';
import { bytesOf } from '../venues/squads/size.ts';
import { type Council, readTransaction } from '../venues/squads/state.ts';
import { classify } from '../venues/squads/status.ts';
import { stateText } from '../words/steps.ts';
import { judgeTransaction } from './judge.ts';
import type { SipLibrary } from './library.ts';
import { readSipRecord } from './parts.ts';

/** What an endpoint says would happen to one transaction, or why it cannot say. */
export interface Trial {
  readonly what: string;
  /** The transaction executed; null where it is a proposing. */
  readonly transactionIndex: bigint | null;
  readonly verdict: string | null;
  /** Null where it cannot be simulated now; then `because` says why. */
  readonly ok: boolean | null;
  readonly because: string | null;
  readonly computeUnits: bigint | null;
  readonly failure: TransactionFailure | null;
  readonly logs: readonly string[];
}

/** The exact execution of an approved transaction whose time lock has passed; before that it cannot be simulated. */
export async function tryExecution(
  rpc: Rpc,
  pins: Pins,
  council: Council,
  index: bigint,
  library: SipLibrary,
): Promise<Trial> {
  const { verification } = await judgeTransaction(rpc, pins, index, { library });
  const { transaction, proposal } = await readTransaction(rpc, pins.council, index);
  const { unixTimestamp } = await rpc.clock();
  const state = classify(council, proposal, index, unixTimestamp);
  const what = `executing transaction ${index}`;
  const { verdict } = verification;
  const no = (because: string): Trial => ({
    what,
    transactionIndex: index,
    verdict,
    ok: null,
    because,
    computeUnits: null,
    failure: null,
    logs: [],
  });
  if (transaction?.kind !== 'vault' && transaction?.kind !== 'config')
    return no('the council has no vault or config transaction of this index');
  if (transaction.kind === 'vault' && transaction.message.addressTableLookups.length > 0)
    return no('it uses lookup tables, which no text compiles to');
  if (state.kind !== 'approved' || !state.squadsAccepts)
    return no(
      `it is ${stateText(state, unixTimestamp)}; Squads runs it only when it is approved and its time lock has passed`,
    );
  const { sip, part } = verification;
  const done = sip === null ? undefined : await readSipRecord(rpc, pins, sip);
  if (part !== null && part > (done?.part ?? 0) + 1)
    return no(`part ${part - 1} of SIP-${sip} has to be executed first`);
  const executor = council.members.find(({ permissions }) => permissions.includes('execute'));
  if (!executor) return no('no member of the council may execute');
  const member = new PublicKey(executor.key);
  const target = { council: new PublicKey(pins.council), transactionIndex: index, member };
  const instruction =
    transaction.kind === 'config'
      ? configExecution(transaction, target)
      : vaultTransactionExecute({ ...target, message: transaction.message });
  return {
    what,
    transactionIndex: index,
    verdict,
    because: null,
    ...(await ask(rpc, pins, member, [instruction])),
  };
}

/** The first part only: the others follow from it. */
export async function tryProposing(rpc: Rpc, pins: Pins, council: Council, sip: Sip): Promise<Trial> {
  const index = council.transactionIndex + 1n;
  const { parts } = compileSip(sip, { pins, members: council.members, transactionIndex: index });
  const proposer = council.members.find(({ permissions }) => permissions.includes('initiate'));
  const first = parts[0];
  if (!proposer || !first)
    throw new SipError('NOT_A_COUNCIL', { address: pins.council, reason: 'no member may initiate' });
  const creator = new PublicKey(proposer.key);
  const target = { council: new PublicKey(pins.council), transactionIndex: index, creator };
  const both = [vaultTransactionCreate({ ...target, message: first.message }), proposalCreate(target)];
  const instructions = bytesOf(creator, both) <= PACKET_BYTES ? both : both.slice(0, 1);
  return {
    what: `proposing SIP-${sip.header.sip}, part 1 of ${parts.length}, as transaction ${index}`,
    transactionIndex: null,
    verdict: null,
    because:
      'the SIP is not before the council: its effect can be simulated once it is approved and the time lock has passed; until then "sip check" says what would make it fail',
    ...(await ask(rpc, pins, creator, instructions)),
  };
}

/** Unsigned: an endpoint then checks no signatures. */
async function ask(
  rpc: Rpc,
  pins: Pins,
  payer: PublicKey,
  instructions: readonly TransactionInstruction[],
): Promise<Pick<Trial, 'ok' | 'computeUnits' | 'failure' | 'logs'>> {
  const { blockhash } = await rpc.latestBlockhash();
  const message = new TransactionMessage({
    payerKey: payer,
    recentBlockhash: blockhash,
    instructions: [ComputeBudgetProgram.setComputeUnitLimit({ units: 1_400_000 }), ...instructions],
  }).compileToV0Message();
  const { err, logs, computeUnits } = await rpc.simulate(new VersionedTransaction(message).serialize());
  const accounts = message.staticAccountKeys.map((key) => key.toBase58());
  const hints = {
    feePayer: payer.toBase58(),
    rentPayer: pins.vault,
    accounts,
    programs: message.compiledInstructions.map(({ programIdIndex }) => accounts[programIdIndex] ?? ''),
    names: { [pins.programId]: restakingErrorNames },
  };
  return {
    ok: err === null,
    computeUnits,
    failure: err === null ? null : decodeFailure(err, logs, hints),
    logs,
  };
}
