import { keyOf } from '../chain/address.ts';
import type { ChainReader } from '../chain/ports.ts';
import type { Address, UnixSeconds } from '../types.ts';
import { transactionAddress } from '../venues/squads/pdas.ts';
import { type Council, readTransactions } from '../venues/squads/state.ts';
import { classify, type ProposalState } from '../venues/squads/status.ts';
import { decodeConfigTransaction } from '../verify/index.ts';
import { wordsOfActions } from '../verify/signing/config-actions.ts';

/** A change of the council itself that is before it: members, threshold, time lock, spending limits. */
export interface PendingChange {
  readonly transactionIndex: bigint;
  readonly state: ProposalState;
  /** In words, from the account's bytes by the strict decoder; null where it cannot be read, which no one should approve. */
  readonly changes: readonly { readonly label: string; readonly value: string }[] | null;
  /** The time lock it would leave; null where it leaves that alone, or where it can't be read. */
  readonly timeLockSeconds: number | null;
}

/** Those that can still take effect, oldest first. @throws SipError of the reader */
export async function pendingChanges(
  reader: ChainReader,
  council: Council,
  now: UnixSeconds,
): Promise<readonly PendingChange[]> {
  const from = council.staleTransactionIndex + 1n;
  const pairs = await readTransactions(reader, council.address, { from, to: council.transactionIndex });
  const live = pairs.flatMap(({ index, transaction, proposal }) => {
    const state = classify(council, proposal, index, now);
    const open = state.kind === 'active' || state.kind === 'approved';
    return open && transaction?.kind === 'config' ? [{ transactionIndex: index, state }] : [];
  });
  if (live.length === 0) return [];
  const addresses = live.map(({ transactionIndex }) =>
    addressOfTransaction(council.address, transactionIndex),
  );
  const { accounts } = await reader.getAccounts(addresses);
  return live.map((one, at) => {
    const read = decodeConfigTransaction(accounts[at]?.data ?? new Uint8Array());
    if (!read.ok) return { ...one, changes: null, timeLockSeconds: null };
    const { actions } = read.value;
    const locks = actions.flatMap((action) =>
      action.kind === 'set-time-lock' ? [action.timeLockSeconds] : [],
    );
    return {
      ...one,
      changes: wordsOfActions(actions).map(({ label, value }) => ({ label, value })),
      timeLockSeconds: locks.at(-1) ?? null,
    };
  });
}

const addressOfTransaction = (council: Address, index: bigint) => transactionAddress(keyOf(council), index);
