import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { PublicKey } from '@solana/web3.js';
import { generated, accounts as sdk } from '@sqds/multisig';
import { addressOf, keyOf } from '../../chain/address.ts';
import type { ChainReader, RawAccount } from '../../chain/ports.ts';
import { SipError } from '../../errors.ts';
import type { Address, MembersHash, UnixSeconds } from '../../types.ts';
import type { StoredMessage } from './message.ts';
import { proposalAddress, SQUADS_PROGRAM_ID, transactionAddress, vaultAddress } from './pdas.ts';

export type Permission = 'initiate' | 'vote' | 'execute';

export interface Member {
  readonly key: Address;
  readonly mask: number;
  readonly permissions: readonly Permission[];
}

export interface Council {
  readonly address: Address;
  readonly vault: Address;
  readonly createKey: Address;
  readonly threshold: number;
  readonly timeLockSeconds: number;
  /** Of the newest transaction; 0 when there is none. */
  readonly transactionIndex: bigint;
  /** This and every lower index is stale. */
  readonly staleTransactionIndex: bigint;
  /** Somebody who can change the council without a vote; null for none. */
  readonly configAuthority: Address | null;
  readonly rentCollector: Address | null;
  /** In stored order: by key. */
  readonly members: readonly Member[];
  readonly membersHash: MembersHash;
}

export type ProposalStatusKind =
  | 'draft'
  | 'active'
  | 'rejected'
  | 'approved'
  | 'executing'
  | 'executed'
  | 'cancelled';

export interface Proposal {
  readonly address: Address;
  readonly transactionIndex: bigint;
  readonly status: {
    readonly kind: ProposalStatusKind /** When it got there; null for executing. */;
    readonly at: UnixSeconds | null;
  };
  readonly approved: readonly Address[];
  readonly rejected: readonly Address[];
  readonly cancelled: readonly Address[];
  /** How many more votes of any kind the account has room for. */
  readonly room: number;
}

export type CouncilTransaction = { readonly address: Address; readonly index: bigint } & (
  | {
      readonly kind: 'vault';
      readonly creator: Address;
      readonly vaultIndex: number;
      readonly ephemeralSigners: number;
      readonly message: StoredMessage;
      /** The stored message and everything behind it in the account. */
      readonly messageBytes: Uint8Array;
    }
  | {
      readonly kind: 'config';
      readonly creator: Address;
      readonly actions: readonly generated.ConfigAction[];
    }
  | { readonly kind: 'batch'; readonly creator: Address }
  | { readonly kind: 'unreadable' }
);

export interface TransactionPair {
  readonly index: bigint;
  /** Null when there is none, or when it was closed. */
  readonly transaction: CouncilTransaction | null;
  readonly proposal: Proposal | null;
}

/** Two accounts each, and getMultipleAccounts takes 100. */
const PAIRS_PER_READ = 50n;
const PERMISSION_BITS: readonly (readonly [Permission, number])[] = [
  ['initiate', 1],
  ['vote', 2],
  ['execute', 4],
];

export function permissionsOf(mask: number): readonly Permission[] {
  return PERMISSION_BITS.flatMap(([permission, bit]) => (mask & bit ? [permission] : []));
}

/** SHA-256 over key ‖ mask of each member, in stored order: what begin_sip compares. */
export function membersHashOf(
  members: readonly { readonly key: Address; readonly mask: number }[],
): MembersHash {
  const hash = sha256.create();
  for (const { key, mask } of members) hash.update(keyOf(key).toBytes()).update(Uint8Array.of(mask));
  return bytesToHex(hash.digest()) as MembersHash;
}

/** @throws SipError NOT_A_COUNCIL and what the reader throws */
export async function readCouncil(reader: ChainReader, council: Address): Promise<Council> {
  const { accounts } = await reader.getAccounts([keyOf(council)]);
  return decodeCouncil(council, accounts[0] ?? null);
}

/** @throws SipError NOT_A_COUNCIL */
export function decodeCouncil(address: Address, account: RawAccount | null): Council {
  const refuse = (reason: string) => new SipError('NOT_A_COUNCIL', { address, reason });
  if (account === null) throw refuse('there is no such account');
  if (!account.owner.equals(SQUADS_PROGRAM_ID))
    throw refuse(`it belongs to program ${account.owner.toBase58()}`);
  if (!startsWith(account.data, generated.multisigDiscriminator))
    throw refuse('it is another account of Squads');
  let m: generated.Multisig;
  try {
    m = sdk.Multisig.deserialize(Buffer.from(account.data))[0];
  } catch (cause) {
    throw new SipError('NOT_A_COUNCIL', { address, reason: 'its data cannot be read' }, { cause });
  }
  const members = m.members.map(({ key, permissions: { mask } }) => ({
    key: addressOf(key),
    mask,
    permissions: permissionsOf(mask),
  }));
  return {
    address,
    vault: addressOf(vaultAddress(keyOf(address))),
    createKey: addressOf(m.createKey),
    threshold: m.threshold,
    timeLockSeconds: m.timeLock,
    transactionIndex: BigInt(m.transactionIndex.toString()),
    staleTransactionIndex: BigInt(m.staleTransactionIndex.toString()),
    configAuthority: m.configAuthority.equals(PublicKey.default) ? null : addressOf(m.configAuthority),
    rentCollector: m.rentCollector === null ? null : addressOf(m.rentCollector),
    members,
    membersHash: membersHashOf(members),
  };
}

/** Transactions and proposals of the indexes from..to, both included, in that order. */
export async function readTransactions(
  reader: ChainReader,
  council: Address,
  range: { readonly from: bigint; readonly to: bigint },
): Promise<readonly TransactionPair[]> {
  const multisig = keyOf(council);
  const pairs: TransactionPair[] = [];
  for (let first = range.from; first <= range.to; first += PAIRS_PER_READ) {
    const indexes: bigint[] = [];
    for (let i = first; i <= range.to && i < first + PAIRS_PER_READ; i += 1n) indexes.push(i);
    const keys = indexes.flatMap((i) => [transactionAddress(multisig, i), proposalAddress(multisig, i)]);
    const { accounts } = await reader.getAccounts(keys);
    for (const [n, index] of indexes.entries())
      pairs.push({
        index,
        transaction: decodeTransaction(index, accounts[2 * n] ?? null),
        proposal: decodeProposal(accounts[2 * n + 1] ?? null),
      });
  }
  return pairs;
}

export async function readTransaction(
  reader: ChainReader,
  council: Address,
  index: bigint,
): Promise<TransactionPair> {
  const [pair] = await readTransactions(reader, council, { from: index, to: index });
  return pair ?? { index, transaction: null, proposal: null };
}

function decodeTransaction(index: bigint, account: RawAccount | null): CouncilTransaction | null {
  // Anyone can send lamports to an address before the program makes its account there.
  if (account === null || !account.owner.equals(SQUADS_PROGRAM_ID)) return null;
  const at = { address: addressOf(account.address), index };
  const data = Buffer.from(account.data);
  try {
    if (startsWith(data, generated.vaultTransactionDiscriminator)) {
      const t = sdk.VaultTransaction.deserialize(data)[0];
      // disc 8, multisig 32, creator 32, index 8, three bytes, then the vec of ephemeral signer bumps
      const messageAt = 8 + 32 + 32 + 8 + 3 + 4 + t.ephemeralSignerBumps.length;
      return {
        ...at,
        kind: 'vault',
        creator: addressOf(t.creator),
        vaultIndex: t.vaultIndex,
        ephemeralSigners: t.ephemeralSignerBumps.length,
        message: t.message,
        messageBytes: account.data.slice(messageAt),
      };
    }
    if (startsWith(data, generated.configTransactionDiscriminator)) {
      const t = sdk.ConfigTransaction.deserialize(data)[0];
      return { ...at, kind: 'config', creator: addressOf(t.creator), actions: t.actions };
    }
    if (startsWith(data, generated.batchDiscriminator))
      return { ...at, kind: 'batch', creator: addressOf(sdk.Batch.deserialize(data)[0].creator) };
  } catch {
    // falls through: what the SDK cannot read is nothing to act on
  }
  return { ...at, kind: 'unreadable' };
}

const STATUS_KINDS: Readonly<Record<generated.ProposalStatus['__kind'], ProposalStatusKind>> = {
  Draft: 'draft',
  Active: 'active',
  Rejected: 'rejected',
  Approved: 'approved',
  Executing: 'executing',
  Executed: 'executed',
  Cancelled: 'cancelled',
};

function decodeProposal(account: RawAccount | null): Proposal | null {
  if (account === null || !account.owner.equals(SQUADS_PROGRAM_ID)) return null;
  if (!startsWith(account.data, generated.proposalDiscriminator)) return null;
  const address = addressOf(account.address);
  const [p, used] = readProposal(account.data, address);
  const { status } = p;
  return {
    address,
    transactionIndex: BigInt(p.transactionIndex.toString()),
    status: {
      kind: STATUS_KINDS[status.__kind],
      at: 'timestamp' in status ? (BigInt(status.timestamp.toString()) as UnixSeconds) : null,
    },
    approved: p.approved.map(addressOf),
    rejected: p.rejected.map(addressOf),
    cancelled: p.cancelled.map(addressOf),
    room: Math.floor((account.data.length - used) / 32),
  };
}

function readProposal(data: Uint8Array, address: Address): [generated.Proposal, number] {
  try {
    return sdk.Proposal.deserialize(Buffer.from(data));
  } catch (cause) {
    // The program writes what it can read: somebody between it and us has changed the bytes.
    throw new SipError(
      'ENDPOINT_DOWN',
      { endpoint: 'in use', reason: `it garbles the proposal ${address}` },
      { cause },
    );
  }
}

function startsWith(data: Uint8Array, discriminator: readonly number[]): boolean {
  return discriminator.every((byte, i) => data[i] === byte);
}
