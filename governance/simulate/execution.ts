import { ComputeBudgetProgram, PublicKey, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import type { Expectation } from '../actions/action.ts';
import type { FieldDifference } from '../actions/confirm.ts';
import { confirmExpectations } from '../actions/confirm.ts';
import { addressOf, keyOf } from '../chain/address.ts';
import { decodeFailure, type TransactionFailure } from '../chain/decode-error.ts';
import type { ChainReader, RawAccount } from '../chain/ports.ts';
import { restakingErrorNames } from '../restaking/errors.ts';
import type { Pins, UnixSeconds } from '../types.ts';
import { configExecution } from '../venues/squads/execute.ts';
import { vaultTransactionExecute } from '../venues/squads/instructions.ts';
import { proposalAddress } from '../venues/squads/pdas.ts';
import { readCouncil, readTransaction } from '../venues/squads/state.ts';
import { bringAccounts } from './accounts.ts';
import { asApproved } from './approved.ts';
import { type Change, changesOf } from './changes.ts';
import { type LocalChain, localChain } from './svm.ts';

/** The exact execution of council transactions on this computer, from accounts as read: what it does, not what is promised. */

export interface Simulated {
  readonly transactionIndex: bigint;
  /** What was assumed to be so already: `approved`, `time lock passed`. */
  readonly assumed: readonly string[];
  readonly failure: TransactionFailure | null;
  readonly computeUnits: bigint;
  readonly logs: readonly string[];
  /** Of every account that the message names; empty when it fails. */
  readonly changes: readonly Change[];
}

export interface Simulation {
  /** In the order they were run; what follows a failure was not run. */
  readonly runs: readonly Simulated[];
  /** What the text promises and the runs did not leave; null where no text was given or a run failed. */
  readonly broken: readonly FieldDifference[] | null;
  readonly slot: bigint;
}

/** More than any message of a packet takes. */
const COMPUTE_UNITS = 1_400_000;
/** An executor pays the fee; whether they can is no part of what the transaction does. */
const FEE_LAMPORTS = 1_000_000_000n;

/**
 * @param indexes of transactions, run one after the other: the parts of a SIP
 * @param expectations of the text that all of them together bring about
 * @throws SipError of the reader; PROGRAM_UNREADABLE; NOT_A_COUNCIL
 */
export async function simulateExecution(
  reader: ChainReader,
  pins: Pins,
  indexes: readonly bigint[],
  expectations: readonly Expectation[] | null,
): Promise<Simulation> {
  const clock = await reader.clock();
  const chain = localChain(clock);
  const brought = new Set<string>();
  const bring = async (keys: readonly PublicKey[]) => {
    const missing = keys.filter((key) => !brought.has(key.toBase58()));
    for (const key of missing) brought.add(key.toBase58());
    await bringAccounts(reader, missing, chain);
  };
  const runs: Simulated[] = [];
  for (const index of indexes) {
    const run = await runOne(reader, pins, index, chain, clock.unixTimestamp, bring);
    runs.push(run);
    if (run.failure !== null) break;
  }
  const failed = runs.some(({ failure }) => failure !== null);
  if (expectations === null || failed) return { runs, broken: null, slot: clock.slot };
  await bring(expectations.map(({ account }) => keyOf(account)));
  const broken = await confirmExpectations(expectations, localReader(reader, chain), pins.programId);
  return { runs, broken, slot: clock.slot };
}

async function runOne(
  reader: ChainReader,
  pins: Pins,
  index: bigint,
  chain: LocalChain,
  now: UnixSeconds,
  bring: (keys: readonly PublicKey[]) => Promise<void>,
): Promise<Simulated> {
  const council = await readCouncil(reader, pins.council);
  const { transaction, proposal } = await readTransaction(reader, pins.council, index);
  const nothing = (reason: string): Simulated => ({
    ...{ transactionIndex: index, assumed: [], computeUnits: 0n, logs: [], changes: [] },
    failure: { code: 'TRANSACTION_FAILED', reason, logs: [] },
  });
  if (transaction?.kind !== 'vault' && transaction?.kind !== 'config')
    return nothing('the council has no vault or config transaction of this index');
  if (proposal === null) return nothing('its proposal has not been opened');
  if (transaction.kind === 'vault' && transaction.message.addressTableLookups.length > 0)
    return nothing('it uses lookup tables, which no text compiles to');
  const executor = council.members.find(({ permissions }) => permissions.includes('execute'));
  if (!executor) return nothing('no member of the council may execute');
  const member = new PublicKey(executor.key);
  const target = { council: keyOf(pins.council), transactionIndex: index, member };
  const instruction =
    transaction.kind === 'config'
      ? configExecution(transaction, target)
      : vaultTransactionExecute({ ...target, message: transaction.message });
  const keys = [...new Map(instruction.keys.map(({ pubkey }) => [pubkey.toBase58(), pubkey])).values()];
  await bring([...keys, instruction.programId]);

  const proposalKey = proposalAddress(keyOf(pins.council), index);
  const { account, assumed } = asApproved(chain.get(proposalKey), now - BigInt(council.timeLockSeconds));
  if (account) chain.put(account);
  pay(chain, member);
  const before = new Map(keys.map((key) => [key.toBase58(), chain.get(key)]));
  const message = new TransactionMessage({
    payerKey: member,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [ComputeBudgetProgram.setComputeUnitLimit({ units: COMPUTE_UNITS }), instruction],
  }).compileToV0Message();
  const { error, logs, computeUnits } = chain.run(new VersionedTransaction(message));
  const accounts = message.staticAccountKeys.map((key) => key.toBase58());
  const failure =
    error === null
      ? null
      : decodeFailure(error, logs, {
          ...{ feePayer: executor.key, rentPayer: pins.vault, accounts },
          programs: message.compiledInstructions.map(({ programIdIndex }) => accounts[programIdIndex] ?? ''),
          names: { [pins.programId]: restakingErrorNames },
        });
  const changes = failure
    ? []
    : keys
        // Its fee, and what was lent for it, are no effect.
        .filter((key) => !key.equals(member))
        .flatMap((key) =>
          changesOf(addressOf(key), before.get(key.toBase58()) ?? null, chain.get(key), pins.programId),
        );
  return { transactionIndex: index, assumed, failure, computeUnits, logs, changes };
}

function pay(chain: LocalChain, member: PublicKey): void {
  const account = chain.get(member);
  const empty = { address: member, owner: PublicKey.default, data: new Uint8Array(), executable: false };
  const rich: RawAccount = { ...(account ?? empty), lamports: (account?.lamports ?? 0n) + FEE_LAMPORTS };
  chain.put(rich);
}

/** The local accounts, behind the interface of a cluster's. */
function localReader(reader: ChainReader, chain: LocalChain): ChainReader {
  return {
    ...reader,
    getAccounts: async (keys) => ({ slot: 0n, accounts: keys.map((key) => chain.get(key)) }),
  };
}
