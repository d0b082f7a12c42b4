import { Keypair, type PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { accounts, type generated } from '@sqds/multisig';
import { addressOf, keyOf } from '#governance/chain/address.ts';
import { openJournal } from '#governance/chain/journal.ts';
import type { Rpc } from '#governance/chain/ports.ts';
import { sendTransaction } from '#governance/chain/send.ts';
import type { Address } from '#governance/types.ts';
import { type ExecuteOutcome, execute } from '#governance/venues/squads/execute.ts';
import {
  type ConfigAction,
  configTransactionCreate,
  multisigCreateV2,
  proposalCreate,
} from '#governance/venues/squads/instructions.ts';
import { compileVaultMessage } from '#governance/venues/squads/message.ts';
import type { VenuePorts } from '#governance/venues/squads/outcome.ts';
import {
  councilAddress,
  programConfigAddress,
  SQUADS_PROGRAM_ID,
  vaultAddress,
} from '#governance/venues/squads/pdas.ts';
import { type ProposeOutcome, propose } from '#governance/venues/squads/propose.ts';
import { readCouncil, readTransaction } from '#governance/venues/squads/state.ts';
import { classify, type ProposalState } from '#governance/venues/squads/status.ts';
import { castVote, type Vote, type VoteOutcome } from '#governance/venues/squads/vote.ts';
import { type LiteSvmRpc, liteSvmRpc } from './litesvm-rpc.ts';
import { keypairSigner, type MemoryPorts, memoryPorts } from './memory-ports.ts';
import { programPath } from './programs.ts';

type TestSigner = ReturnType<typeof keypairSigner>;

export interface SquadsWorld {
  readonly svm: LiteSvmRpc;
  readonly ports: VenuePorts;
  readonly memory: MemoryPorts;
  readonly council: Address;
  readonly vault: PublicKey;
  /** In seat order, as asked for; the chain stores them by key. */
  readonly seats: readonly TestSigner[];
  nextIndex(): Promise<bigint>;
  part(
    instructions: readonly TransactionInstruction[],
    index?: bigint,
  ): Promise<{
    transactionIndex: bigint;
    message: Uint8Array;
    accountMessage: Uint8Array;
  }>;
  /** Proposes by seat 0; resolves to the index. */
  proposed(instructions: readonly TransactionInstruction[]): Promise<bigint>;
  propose(
    instructions: readonly TransactionInstruction[],
    seat?: number,
    index?: bigint,
  ): Promise<ProposeOutcome>;
  vote(vote: Vote, seat: number, index: bigint): Promise<VoteOutcome>;
  /** Approvals up to the threshold, by the first seats. */
  approve(index: bigint): Promise<void>;
  execute(index: bigint, seat?: number): Promise<ExecuteOutcome>;
  /** A config transaction, all the way. */
  change(...actions: ConfigAction[]): Promise<void>;
  state(index: bigint): Promise<ProposalState>;
  send(
    signer: TestSigner,
    instructions: readonly TransactionInstruction[],
    ...extra: TestSigner[]
  ): Promise<void>;
  /** The same world through another Rpc, e.g. one that fails. */
  through(rpc: Partial<Rpc>): VenuePorts;
}

const ALL = 7;

/** A council on the real Squads program in a LiteSVM. */
export async function squadsWorld(
  options: {
    masks?: readonly number[];
    threshold?: number;
    timeLockSeconds?: number;
    vaultLamports?: bigint;
  } = {},
): Promise<SquadsWorld> {
  const masks = options.masks ?? [ALL, ALL, ALL];
  const svm = liteSvmRpc();
  svm.addProgram(SQUADS_PROGRAM_ID, programPath('squads'));
  const seats = masks.map(() => keypairSigner());
  for (const seat of seats) svm.airdrop(seat.publicKey, 10_000_000_000n);
  const treasury = Keypair.generate().publicKey;
  svm.airdrop(treasury, 1_000_000_000n);
  const [config] = accounts.ProgramConfig.fromArgs({
    authority: treasury,
    multisigCreationFee: 0,
    treasury,
    reserved: Array<number>(64).fill(0),
  } satisfies generated.ProgramConfigArgs).serialize();
  svm.setAccount({
    address: programConfigAddress(),
    owner: SQUADS_PROGRAM_ID,
    lamports: 10_000_000n,
    data: Uint8Array.from(config),
  });

  const memory = memoryPorts();
  const journal = await openJournal(memory);
  const ports: VenuePorts = { rpc: svm, journal, timer: memory.timer };
  const createKey = keypairSigner();
  const multisig = councilAddress(createKey.publicKey);
  const council = addressOf(multisig);
  const vault = vaultAddress(multisig);
  const first = seats[0] as TestSigner;

  const world: SquadsWorld = {
    svm,
    ports,
    memory,
    council,
    vault,
    seats,
    nextIndex: async () => (await readCouncil(svm, council)).transactionIndex + 1n,
    async part(instructions, index) {
      const { wire, stored } = compileVaultMessage(vault, instructions);
      return { transactionIndex: index ?? (await world.nextIndex()), message: wire, accountMessage: stored };
    },
    async proposed(instructions) {
      const outcome = await world.propose(instructions);
      if (outcome.kind !== 'proposed') throw new Error(`not proposed: ${show(outcome)}`);
      return outcome.transactionIndex;
    },
    propose: async (instructions, seat = 0, index) =>
      propose(ports, {
        council,
        part: await world.part(instructions, index),
        creator: seats[seat] as TestSigner,
      }),
    vote: (vote, seat, index) =>
      castVote(ports, { council, transactionIndex: index, vote, member: seats[seat] as TestSigner }),
    async approve(index) {
      const { threshold } = await readCouncil(svm, council);
      for (let seat = 0; seat < threshold; seat += 1) {
        const outcome = await world.vote('approve', seat, index);
        if (outcome.kind !== 'voted') throw new Error(`not approved: ${show(outcome)}`);
      }
    },
    execute: (index, seat = 0) =>
      execute(ports, { council, transactionIndex: index, member: seats[seat] as TestSigner }),
    async change(...actions) {
      const transactionIndex = await world.nextIndex();
      const target = { council: multisig, transactionIndex, creator: first.publicKey };
      await world.send(first, [configTransactionCreate({ ...target, actions }), proposalCreate(target)]);
      await world.approve(transactionIndex);
      svm.advance((await readCouncil(svm, council)).timeLockSeconds);
      const outcome = await world.execute(transactionIndex);
      if (outcome.kind !== 'executed') throw new Error(`not changed: ${show(outcome)}`);
    },
    async state(index) {
      const { proposal } = await readTransaction(svm, council, index);
      return classify(await readCouncil(svm, council), proposal, index, (await svm.clock()).unixTimestamp);
    },
    async send(signer, instructions, ...extraSigners) {
      const outcome = await sendTransaction(ports, { signer, extraSigners, instructions, describe: 'test' });
      if (outcome.kind !== 'landed') throw new Error(`not sent: ${show(outcome)}`);
    },
    through: (rpc) => ({ ...ports, rpc: { ...svm, ...rpc } }),
  };

  await world.send(
    first,
    [
      multisigCreateV2({
        createKey: createKey.publicKey,
        creator: first.publicKey,
        treasury,
        threshold: options.threshold ?? 2,
        timeLockSeconds: options.timeLockSeconds ?? 600,
        members: seats.map((seat, i) => ({ key: seat.publicKey, mask: masks[i] ?? ALL })),
      }),
    ],
    createKey,
  );
  svm.airdrop(keyOf(addressOf(vault)), options.vaultLamports ?? 5_000_000_000n);
  return world;
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));
}
