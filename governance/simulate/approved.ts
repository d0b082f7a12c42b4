import type { RawAccount } from '../chain/ports.ts';
import { decodeProposal } from '../verify/index.ts';

/** A proposal as it will be when its execution is due. */

/** Discriminator, multisig, index: then the status, a byte for which and eight for when. */
const STATUS_AT = 8 + 32 + 8;
const APPROVED = 3;

/**
 * Nothing but the status differs, and the time of the approval where the time lock still runs: the votes are those there are.
 * @param dueAt latest unix time of an approval whose time lock has passed
 * @returns the account to use in its place, undefined where it can stay or can't be read
 */
export function asApproved(
  account: RawAccount | null,
  dueAt: bigint,
): { readonly account: RawAccount | undefined; readonly assumed: readonly string[] } {
  const proposal = account && decodeProposal(account.data);
  if (!account || !proposal?.ok) return { account: undefined, assumed: [] };
  const { status, since } = proposal.value;
  if (status === 'approved' && since !== null && since <= dueAt) return { account: undefined, assumed: [] };
  if (status !== 'active' && status !== 'draft' && status !== 'approved')
    return { account: undefined, assumed: [] };
  const data = Uint8Array.from(account.data);
  data[STATUS_AT] = APPROVED;
  new DataView(data.buffer).setBigInt64(STATUS_AT + 1, dueAt, true);
  const assumed =
    status === 'approved' ? ['the time lock has passed'] : ['it is approved', 'the time lock has passed'];
  return { account: { ...account, data }, assumed };
}
