import { TransactionMessage } from '@solana/web3.js';
import { addressOf } from '../chain/address.ts';
import { SIGNATURE_LAMPORTS } from '../chain/fee.ts';
import { BUFFER_HEADER_BYTES, PROGRAM_BYTES, PROGRAM_DATA_HEADER_BYTES } from '../chain/loader-accounts.ts';
import type { ChainReader } from '../chain/ports.ts';
import { PACKET_BYTES, transactionBytes } from '../chain/size.ts';
import { SipError } from '../errors.ts';
import { ACCOUNT_BYTES } from '../restaking/sizes.ts';
import type { Address } from '../types.ts';
import type { SetupAddresses } from './allow.ts';
import { missingChunks } from './chunks.ts';
import { judgeSteps, type StepName, type StepState } from './judge.ts';
import { addressesOf, type Prepared } from './prepare.ts';
import { type Facts, readFacts, requireSquads } from './read.ts';
import * as transactions from './transactions.ts';
import { chunkBytes } from './write-buffer.ts';

/** What apply will do from here on, and what it costs. Sends nothing. */

export interface Cost {
  readonly step: StepName;
  readonly what: string;
  readonly lamports: bigint;
}

export interface PlannedStep extends StepState {
  /** What will be sent; empty for a step that is done. */
  readonly actions: readonly string[];
  readonly transactions: number;
  readonly signers: readonly Address[];
}

export interface SetupPlan {
  readonly steps: readonly PlannedStep[];
  readonly facts: Facts;
  readonly addresses: SetupAddresses;
  readonly rent: transactions.RentOf;
  readonly costs: readonly Cost[];
  /** All costs, and what keeps the deployer's account rent-exempt. */
  readonly neededLamports: bigint;
  readonly balanceLamports: bigint;
}

/** Above what any of these transactions takes, for the priority fee. */
const COMPUTE_UNITS = 200_000n;
const WRITE_COMPUTE_UNITS = 3_000n;
/** Squads' Multisig account: fixed fields, then a key and a mask for each member. */
const COUNCIL_BYTES = 132;
const MEMBER_BYTES = 33;

/** @throws SipError SQUADS_MISSING, TRANSACTION_TOO_LARGE (more members than one transaction holds) and of the reader */
export async function planSetup(
  reader: ChainReader,
  prepared: Prepared,
  price?: bigint | undefined,
): Promise<SetupPlan> {
  const facts = await readFacts(reader, prepared.target);
  const states = judgeSteps(prepared.target, facts);
  const addresses = addressesOf(prepared, facts);
  const rent = await rents(reader, prepared);
  const costs: Cost[] = [];
  const steps = states.map((state): PlannedStep => {
    if (state.state === 'done' || state.state === 'mismatch')
      return { ...state, actions: [], transactions: 0, signers: [] };
    const { list, writes } = transactionsOf(state.name, { prepared, addresses, facts, rent, price });
    for (const { instructions, extraSigners } of list)
      requireFits(addresses, instructions, 1 + extraSigners.length, price);
    const signatures = list.reduce((sum, { extraSigners }) => sum + 1 + extraSigners.length, 0);
    costs.push(...rentOf(state.name, prepared, facts, rent));
    const fee = SIGNATURE_LAMPORTS * BigInt(signatures + writes);
    const units = COMPUTE_UNITS * BigInt(list.length) + WRITE_COMPUTE_UNITS * BigInt(writes);
    const priority = ((price ?? 0n) * units + 999_999n) / 1_000_000n;
    costs.push({ step: state.name, what: 'transaction fees', lamports: fee + priority });
    const actions = list.map(({ describe }) => describe);
    if (writes > 0) actions.splice(actions.length - 1, 0, `write ${writes} pieces of the program`);
    const signers = [addresses.deployer, ...list.flatMap((t) => t.extraSigners.map((s) => s.publicKey))];
    return { ...state, actions, transactions: list.length + writes, signers: signers.map(addressOf) };
  });
  const neededLamports = costs.reduce((sum, { lamports }) => sum + lamports, costs.length > 0 ? rent(0) : 0n);
  return { steps, facts, addresses, rent, costs, neededLamports, balanceLamports: facts.lamports.deployer };
}

/** @throws SipError INSUFFICIENT_LAMPORTS */
export function requireFunds({ neededLamports, balanceLamports, addresses }: SetupPlan): void {
  if (balanceLamports >= neededLamports) return;
  const reason = `it has ${balanceLamports}, what is left of the setup takes ${neededLamports}`;
  throw new SipError('INSUFFICIENT_LAMPORTS', { address: addressOf(addresses.deployer), reason });
}

function transactionsOf(
  name: StepName,
  at: {
    readonly prepared: Prepared;
    readonly addresses: SetupAddresses;
    readonly facts: Facts;
    readonly rent: transactions.RentOf;
    readonly price: bigint | undefined;
  },
): { list: readonly transactions.SetupTransaction[]; writes: number } {
  const { prepared, addresses, facts, rent, price } = at;
  switch (name) {
    case 'program': {
      const { elf } = prepared.target;
      const there = facts.buffer.kind === 'buffer' ? facts.buffer.elf : new Uint8Array();
      const size = chunkBytes(addresses.deployer, addresses.buffer, price);
      const create =
        facts.buffer.kind === 'none' ? [transactions.createBuffer(prepared, addresses, facts, rent)] : [];
      const list = [...create, transactions.deploy(prepared, addresses, facts, rent)];
      return { list, writes: missingChunks(elf, there, size).length };
    }
    case 'council':
      return { list: [transactions.createCouncil(prepared, addresses)], writes: 0 };
    case 'initialize':
      return { list: [transactions.initialize(prepared, addresses)], writes: 0 };
    case 'upgrade-authority':
      return { list: [transactions.moveUpgradeAuthority(prepared, addresses)], writes: 0 };
    case 'vault':
      return { list: [transactions.fundVault(prepared, addresses, facts)], writes: 0 };
  }
}

/** The buffer's rent comes back at deployment, before the program's is taken: it counts only as what is there already. */
function rentOf(
  name: StepName,
  { target }: Prepared,
  facts: Facts,
  rent: transactions.RentOf,
): readonly Cost[] {
  const cost = (what: string, lamports: bigint): Cost => ({ step: name, what, lamports });
  switch (name) {
    case 'program': {
      const back = facts.buffer.kind === 'buffer' ? facts.lamports.buffer : 0n;
      return [
        cost('rent of the program data', rent(PROGRAM_DATA_HEADER_BYTES + target.elf.length)),
        cost('rent of the program account', rent(PROGRAM_BYTES)),
        ...(back > 0n ? [cost('back from the buffer', -back)] : []),
      ];
    }
    case 'council':
      return [
        cost('rent of the council', rent(COUNCIL_BYTES + MEMBER_BYTES * target.file.members.length)),
        cost("Squads' creation fee", requireSquads(facts).creationFeeLamports),
      ];
    case 'initialize':
      return [cost('rent of the configuration', rent(ACCOUNT_BYTES.Config))];
    case 'upgrade-authority':
      return [];
    case 'vault':
      return [cost('to the vault', target.file.vaultLamports - facts.lamports.vault)];
  }
}

/** Asks for every length that setup will need, so that what is planned is pure. */
async function rents(reader: ChainReader, { target }: Prepared): Promise<transactions.RentOf> {
  const { elf, file } = target;
  const lengths = [
    0,
    PROGRAM_BYTES,
    BUFFER_HEADER_BYTES + elf.length,
    PROGRAM_DATA_HEADER_BYTES + elf.length,
    COUNCIL_BYTES + MEMBER_BYTES * file.members.length,
    ACCOUNT_BYTES.Config,
  ];
  const lamports = await Promise.all(lengths.map((bytes) => reader.minimumBalanceLamports(bytes)));
  const known = new Map(lengths.map((bytes, at) => [bytes, lamports[at]]));
  return (bytes) => {
    const found = known.get(bytes);
    if (found === undefined)
      throw new SipError('INTERNAL', { detail: `the rent of ${bytes} bytes was not asked for` });
    return found;
  };
}

/** @throws SipError TRANSACTION_TOO_LARGE */
function requireFits(
  { deployer }: SetupAddresses,
  instructions: transactions.SetupTransaction['instructions'],
  signatures: number,
  price: bigint | undefined,
): void {
  const recentBlockhash = '11111111111111111111111111111111';
  const message = new TransactionMessage({
    payerKey: deployer,
    recentBlockhash,
    instructions: [...instructions],
  }).compileToV0Message();
  // chain/send.ts adds the budget program's key and its one or two instructions.
  const budget = 32 + 8 + (price === undefined ? 0 : 12);
  const bytes = transactionBytes(message) + budget;
  if (message.header.numRequiredSignatures !== signatures)
    throw new SipError('INTERNAL', { detail: 'a setup transaction wants another number of signatures' });
  if (bytes > PACKET_BYTES) throw new SipError('TRANSACTION_TOO_LARGE', { bytes, limit: PACKET_BYTES });
}
