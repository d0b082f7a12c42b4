import { addressOf, keyOf } from '../../chain/address.ts';
import type { Signer } from '../../chain/ports.ts';
import { PACKET_BYTES } from '../../chain/size.ts';
import type { Address } from '../../types.ts';
import { proposalCreate, vaultTransactionCreate } from './instructions.ts';
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
import { proposalAddress, transactionAddress, VAULT_INDEX } from './pdas.ts';
import { bytesOf } from './size.ts';
import { type Council, readCouncil, readTransaction, type TransactionPair } from './state.ts';

/** A minute: finality takes 32 blocks, some 13 seconds. */
const SHOWN_WITHIN_LOOKS = 60;
const BETWEEN_LOOKS_MS = 1_000;

/** One part of a compiled SIP, as far as proposing needs it. */
export interface ProposablePart {
  readonly transactionIndex: bigint;
  /** Wire form. */
  readonly message: Uint8Array;
  /** Stored form of the same message. */
  readonly accountMessage: Uint8Array;
}

export type ProposeOutcome =
  | {
      readonly kind: 'proposed';
      readonly transactionIndex: bigint;
      readonly transaction: Address;
      readonly proposal: Address;
      /** One transaction, two when create and propose did not fit together, none from an earlier run. */
      readonly landed: readonly Landed[];
    }
  /** These very bytes stand at this index with a proposal, from an earlier run or another member. */
  | {
      readonly kind: 'already-proposed';
      readonly transactionIndex: bigint;
      readonly transaction: Address;
      readonly proposal: Address;
    }
  /** Another transaction has the index: compile again for `next`. */
  | { readonly kind: 'index-taken'; readonly next: bigint }
  /** The council is not there yet: an earlier part is missing. */
  | { readonly kind: 'index-not-reached'; readonly next: bigint }
  | NotDone;

/**
 * Makes the vault transaction and its proposal, together when they fit a packet. Can be run again after any
 * interruption: what stands on chain is found, and only what is missing is sent.
 * @param request.creator a member with Initiate; pays fee and rent
 */
export async function propose(
  ports: VenuePorts,
  request: { readonly council: Address; readonly part: ProposablePart; readonly creator: Signer },
  options: VenueOptions = {},
): Promise<ProposeOutcome> {
  const { part, creator } = request;
  const index = part.transactionIndex;
  const council = await readCouncil(ports.rpc, request.council);
  const denied = lacking(council, creator, 'initiate');
  if (denied) return denied;
  const next = council.transactionIndex + 1n;
  if (index > next) return { kind: 'index-not-reached', next };

  const step = (instructions: Parameters<typeof sendStep>[1]['instructions'], what: string) =>
    sendStep(
      ports,
      { council, transactionIndex: index, signer: creator, instructions, describe: what },
      options,
    );
  const target = { council: keyOf(council.address), transactionIndex: index, creator: creator.publicKey };
  const create = vaultTransactionCreate({ ...target, message: part.message });
  const open = proposalCreate(target);
  const landed: Landed[] = [];

  if (index === next) {
    const together = bytesOf(creator.publicKey, [create, open]) <= PACKET_BYTES;
    const outcome = await step(together ? [create, open] : [create], `propose transaction ${index}`);
    if (outcome.kind === 'landed') landed.push(outcome);
    if (outcome.kind !== 'landed') {
      // Somebody may have been faster, with another transaction or with this one.
      const now = await standing(ports, request.council, part);
      if (now.kind === 'absent' || outcome.kind === 'unknown') return notLanded(outcome);
      if (now.kind === 'foreign') return { kind: 'index-taken', next: now.next };
    }
  }

  const now = await shown(ports, request.council, part);
  if (now.kind === 'absent')
    return notDone(
      'ENDPOINT_DOWN',
      { endpoint: 'in use', reason: 'it does not show a transaction that has landed' },
      { sent: 'yes' },
    );
  if (now.kind === 'foreign') return { kind: 'index-taken', next: now.next };
  const addresses = {
    transactionIndex: index,
    transaction: addressOf(transactionAddress(keyOf(council.address), index)),
    proposal: addressOf(proposalAddress(keyOf(council.address), index)),
  };
  if (now.proposed)
    return landed.length > 0
      ? { kind: 'proposed', ...addresses, landed }
      : { kind: 'already-proposed', ...addresses };
  // Squads opens no proposal for a stale transaction.
  if (now.stale) return { kind: 'index-taken', next: now.next };
  const outcome = await step([open], `open the proposal of transaction ${index}`);
  if (outcome.kind === 'landed') return { kind: 'proposed', ...addresses, landed: [...landed, outcome] };
  const after = await standing(ports, request.council, part);
  if (after.kind === 'ours' && after.proposed && outcome.kind !== 'unknown')
    return { kind: 'already-proposed', ...addresses };
  return notLanded(outcome);
}

type Standing =
  | { readonly kind: 'absent'; readonly next: bigint }
  | { readonly kind: 'foreign'; readonly next: bigint }
  | { readonly kind: 'ours'; readonly next: bigint; readonly proposed: boolean; readonly stale: boolean };

/** What was seen to land is shown later where accounts are read as finalized, or from a node that is behind. */
async function shown(ports: VenuePorts, address: Address, part: ProposablePart): Promise<Standing> {
  for (let look = 1; ; look += 1) {
    const now = await standing(ports, address, part);
    if (now.kind !== 'absent' || look === SHOWN_WITHIN_LOOKS) return now;
    await ports.timer.sleep(BETWEEN_LOOKS_MS);
  }
}

/** What has the part's index now. */
async function standing({ rpc }: VenuePorts, address: Address, part: ProposablePart): Promise<Standing> {
  const index = part.transactionIndex;
  // In this order: a council that counts the transaction is followed by an answer that has it.
  const council: Council = await readCouncil(rpc, address);
  const pair = await readTransaction(rpc, address, index);
  const next = council.transactionIndex + 1n;
  if (index > council.transactionIndex) return { kind: 'absent', next };
  if (!isPart(pair, part)) return { kind: 'foreign', next };
  return {
    kind: 'ours',
    next,
    proposed: pair.proposal !== null,
    stale: index <= council.staleTransactionIndex,
  };
}

/** Whether the transaction on chain is the part, byte for byte. */
function isPart({ transaction }: TransactionPair, part: ProposablePart): boolean {
  return (
    transaction?.kind === 'vault' &&
    transaction.vaultIndex === VAULT_INDEX &&
    transaction.ephemeralSigners === 0 &&
    transaction.messageBytes.length === part.accountMessage.length &&
    transaction.messageBytes.every((byte, i) => byte === part.accountMessage[i])
  );
}
