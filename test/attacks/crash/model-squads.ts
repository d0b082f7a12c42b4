import { PublicKey, type VersionedMessage } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import type { RawAccount } from '#governance/chain/ports.ts';
import {
  messageOf,
  multisigBytes,
  multisigFields,
  transactionBytes,
  transactionFields,
  type World,
} from '#test/verify/world.ts';

/**
 * A model of Squads, as much of it as proposing, approving and executing take, with accounts as the SDK writes them. What
 * a transaction carries has no effect here. The real program is in test/chain; a million histories are too many for it.
 */

const SQUADS = squads.PROGRAM_ID;
const { generated } = squads;
const named = (name: string, discriminator: readonly number[]) =>
  [Buffer.from(discriminator).toString('hex'), name] as const;
const INSTRUCTIONS = new Map([
  named('create', generated.vaultTransactionCreateInstructionDiscriminator),
  named('open', generated.proposalCreateInstructionDiscriminator),
  named('approve', generated.proposalApproveInstructionDiscriminator),
  named('execute', generated.vaultTransactionExecuteInstructionDiscriminator),
]);

/** Codes of Anchor, of the system program and of Squads. */
const CONSTRAINT_SEEDS = 2006;
const IN_USE = 0;
const NOT_INITIALIZED = 3012;
const errorOf = (name: string): number => {
  for (let code = 6000; code < 6100; code += 1) if (generated.errorFromCode(code)?.name === name) return code;
  throw new Error(`Squads has no error ${name}`);
};
const ALREADY_APPROVED = errorOf('AlreadyApproved');
const INVALID_STATUS = errorOf('InvalidProposalStatus');

export interface Standing {
  readonly creator: PublicKey;
  /** The message as it was handed over. */
  readonly wire: Uint8Array;
  readonly proposal: null | {
    readonly status: 'Active' | 'Approved' | 'Executed';
    readonly approved: readonly PublicKey[];
  };
}

export type State = readonly Standing[];
export type Result = { readonly state: State } | { readonly failedAt: number; readonly code: number };

const memory = new Map<string, string>();
function addressText(council: PublicKey, index: number, what: 'transaction' | 'proposal'): string {
  const key = `${what}${index}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  const [found] =
    what === 'transaction'
      ? squads.getTransactionPda({ multisigPda: council, index: BigInt(index) })
      : squads.getProposalPda({ multisigPda: council, transactionIndex: BigInt(index) });
  memory.set(key, found.toBase58());
  return found.toBase58();
}

/** All of a message's instructions or none. @param world its council is the only one there is */
export function runMessage(
  world: World,
  threshold: number,
  before: State,
  message: VersionedMessage,
): Result {
  const keys = message.staticAccountKeys;
  let state = before;
  for (const [at, { programIdIndex, accountKeyIndexes, data }] of message.compiledInstructions.entries()) {
    if (!keys[programIdIndex]!.equals(SQUADS)) continue;
    const account = (position: number) => keys[accountKeyIndexes[position]!]!;
    const after = runInstruction(world, threshold, state, account, data);
    if (typeof after === 'number') return { failedAt: at, code: after };
    state = after;
  }
  return { state };
}

function runInstruction(
  world: World,
  threshold: number,
  state: State,
  account: (position: number) => PublicKey,
  data: Uint8Array,
): State | number {
  const name = INSTRUCTIONS.get(Buffer.from(data.subarray(0, 8)).toString('hex'));
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  if (name === 'create') {
    const next = state.length + 1;
    if (account(1).toBase58() !== addressText(world.council, next, 'transaction')) return CONSTRAINT_SEEDS;
    const wire = data.slice(14, 14 + view.getUint32(10, true));
    return [...state, { creator: account(2), wire, proposal: null }];
  }
  if (name === 'open') {
    const index = Number(view.getBigUint64(8, true));
    const standing = state[index - 1];
    if (standing === undefined) return NOT_INITIALIZED;
    if (standing.proposal !== null) return IN_USE;
    return replaced(state, index, { ...standing, proposal: { status: 'Active', approved: [] } });
  }
  if (name !== 'approve' && name !== 'execute') throw new Error('the model knows no such instruction');
  const proposal = account(name === 'approve' ? 2 : 1).toBase58();
  const index = 1 + state.findIndex((_, at) => addressText(world.council, at + 1, 'proposal') === proposal);
  const standing = state[index - 1];
  if (!standing?.proposal) return NOT_INITIALIZED;
  const { status, approved } = standing.proposal;
  if (name === 'execute') {
    if (status !== 'Approved') return INVALID_STATUS;
    return replaced(state, index, { ...standing, proposal: { status: 'Executed', approved } });
  }
  const member = account(1);
  if (status !== 'Active') return INVALID_STATUS;
  if (approved.some((key) => key.equals(member))) return ALREADY_APPROVED;
  const all = [...approved, member].sort((a, b) => Buffer.compare(a.toBuffer(), b.toBuffer()));
  const next = all.length >= threshold ? 'Approved' : 'Active';
  return replaced(state, index, { ...standing, proposal: { status: next, approved: all } });
}

const replaced = (state: State, index: number, standing: Standing): State =>
  state.map((one, at) => (at === index - 1 ? standing : one));

const written = new Map<string, RawAccount>();
function account(key: string, address: PublicKey, make: () => Uint8Array): RawAccount {
  const known = written.get(key);
  if (known) return known;
  const made = { address, owner: SQUADS, lamports: 5_000_000n, executable: false, data: make() };
  if (written.size > 5_000) written.clear();
  written.set(key, made);
  return made;
}

/** The accounts that stand for a state, by address. */
export function accountsOf(world: World, threshold: number, state: State): ReadonlyMap<string, RawAccount> {
  const found = new Map<string, RawAccount>();
  const put = (key: string, text: string, make: () => Uint8Array) =>
    found.set(text, account(`${threshold} ${key}`, new PublicKey(text), make));
  put(`council ${state.length}`, world.council.toBase58(), () =>
    multisigBytes({
      ...multisigFields(world),
      ...{ threshold, transactionIndex: state.length, staleTransactionIndex: 0 },
    }),
  );
  for (const [at, { creator, wire, proposal }] of state.entries()) {
    const index = at + 1;
    const key = `${index} ${creator.toBase58()} ${Buffer.from(wire).toString('latin1')}`;
    put(key, addressText(world.council, index, 'transaction'), () => {
      const bump = squads.getTransactionPda({ multisigPda: world.council, index: BigInt(index) })[1];
      const fields = { ...transactionFields(world), index: BigInt(index), bump, creator };
      return transactionBytes({ ...fields, message: messageOf(wire) });
    });
    if (proposal === null) continue;
    const votes = proposal.approved.map((one) => one.toBase58()).join(' ');
    put(`${index} ${proposal.status} ${votes}`, addressText(world.council, index, 'proposal'), () =>
      proposalBytes(world, index, proposal),
    );
  }
  return found;
}

function proposalBytes(world: World, index: number, { status, approved }: NonNullable<Standing['proposal']>) {
  const bytes = generated.Proposal.fromArgs({
    multisig: world.council,
    transactionIndex: index,
    status: { __kind: status, timestamp: Number(world.now) },
    bump: squads.getProposalPda({ multisigPda: world.council, transactionIndex: BigInt(index) })[1],
    approved: [...approved],
    rejected: [],
    cancelled: [],
  }).serialize()[0];
  const room = 8 + 32 + 8 + 9 + 1 + 3 * (4 + 32 * world.members.length);
  return Uint8Array.from([...bytes, ...new Uint8Array(room - bytes.length)]);
}
