import { getTransactionDecoder, type Address as KitAddress, type Lamports } from '@solana/kit';
import {
  ComputeBudgetProgram,
  type Keypair,
  PublicKey,
  Transaction,
  type TransactionInstruction,
} from '@solana/web3.js';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';
import type { RawAccount } from '#governance/chain/ports.ts';
import { type AccountType, type AccountTypes, decodeAccount } from '#governance/restaking/accounts.ts';
import type { Address } from '#governance/types.ts';
import { programPath } from '../../support/programs.ts';
import { LOADER_ID, PROGRAM_ID, SQUADS_ID, SYSTEM_ID } from './ids.ts';
import { errorIn, eventsIn, type Outcome } from './outcome.ts';
import { signed } from './signing.ts';

export const START = 1_800_000_000n;
const START_SLOT = 1_000n;
/** Where loader v3's ProgramData says who may upgrade: u8 option, then the key. */
const UPGRADE_AUTHORITY = 12;

const decoder = getTransactionDecoder();
const kit = (address: Address) => address as string as KitAddress;
export const addressOf = (key: PublicKey) => key.toBase58() as Address;

let shared: Chain | undefined;

/** A LiteSVM with the real Squads and our program; time and slot stand still until `advance`. */
export class Chain {
  readonly svm = new LiteSVM();
  private readonly prefunded = new Set<Address>();

  private constructor() {
    this.svm.addProgramFromFile(kit(SQUADS_ID), programPath('squads'));
    this.svm.addProgramFromFile(kit(PROGRAM_ID), programPath('restaking'));
  }

  /**
   * The one chain of this process without an account of our program, at START: loading the programs takes longer
   * than most tests. What was handed out before must not be used any more.
   */
  static fresh(): Chain {
    shared ??= new Chain();
    const ours = shared.svm
      .getProgramAccounts(kit(PROGRAM_ID))
      .map(({ address }) => address as string as Address);
    for (const address of [...ours, ...shared.prefunded])
      shared.setAccount(address, SYSTEM_ID, new Uint8Array(), 0n);
    shared.prefunded.clear();
    shared.setTime(START, START_SLOT);
    return shared;
  }

  get now(): bigint {
    return this.svm.getClock().unixTimestamp;
  }

  get slot(): bigint {
    return this.svm.getClock().slot;
  }

  /** At least one slot later, also for 0 seconds. */
  advance(seconds: number | bigint): void {
    this.setTime(this.now + BigInt(seconds), this.slot + 1n);
  }

  private setTime(unixTimestamp: bigint, slot: bigint): void {
    const clock = this.svm.getClock();
    clock.unixTimestamp = unixTimestamp;
    clock.slot = slot;
    this.svm.setClock(clock);
  }

  /** The first signer pays. */
  send(instructions: readonly TransactionInstruction[], signers: readonly Keypair[]): Outcome {
    const transaction = new Transaction().add(
      ComputeBudgetProgram.setComputeUnitLimit({ units: 1_400_000 }),
      ...instructions,
    );
    transaction.recentBlockhash = this.svm.latestBlockhash();
    transaction.feePayer = (signers[0] as Keypair).publicKey;
    const result = this.svm.sendTransaction(decoder.decode(signed(transaction.compileMessage(), signers)));
    this.svm.expireBlockhash();
    const failed = result instanceof FailedTransactionMetadata;
    const meta = failed ? result.meta() : result;
    const logs = meta.logs();
    return {
      ok: !failed,
      error: failed ? errorIn(logs, String(result.err())) : '',
      events: failed ? [] : eventsIn(logs),
      logs,
      computeUnits: meta.computeUnitsConsumed(),
    };
  }

  /** @throws where the transaction fails: for what a test only needs to be there */
  must(instructions: readonly TransactionInstruction[], signers: readonly Keypair[]): Outcome {
    return succeeded(this.send(instructions, signers));
  }

  account(address: Address): RawAccount | null {
    const account = this.svm.getAccount(kit(address));
    if (!account.exists) return null;
    return {
      address: new PublicKey(address),
      owner: new PublicKey(account.programAddress),
      lamports: account.lamports,
      data: new Uint8Array(account.data),
      executable: account.executable,
    };
  }

  read<T extends AccountType>(type: T, address: Address): AccountTypes[T] | undefined {
    return decodeAccount(type, this.account(address), PROGRAM_ID);
  }

  lamports(address: Address): bigint {
    return this.account(address)?.lamports ?? 0n;
  }

  airdrop(address: Address, lamports: bigint): void {
    this.svm.airdrop(kit(address), lamports as Lamports);
  }

  /** Rent-exempt unless told otherwise. */
  setAccount(address: Address, owner: Address, data: Uint8Array, lamports?: bigint): void {
    this.svm.setAccount({
      address: kit(address),
      programAddress: kit(owner),
      data,
      executable: false,
      lamports: (lamports ?? this.svm.minimumBalanceForRentExemption(BigInt(data.length))) as Lamports,
      space: BigInt(data.length),
    });
  }

  /** Lamports alone, as a stranger can send them to any address, rent-exempt or not. */
  prefund(address: Address, lamports: bigint): void {
    this.prefunded.add(address);
    this.setAccount(address, SYSTEM_ID, new Uint8Array(), lamports);
  }

  get programData(): Address {
    const program = new PublicKey(PROGRAM_ID).toBytes();
    return addressOf(PublicKey.findProgramAddressSync([program], new PublicKey(LOADER_ID))[0]);
  }

  setUpgradeAuthority(authority: PublicKey | null): void {
    const { data } = this.account(this.programData) as RawAccount;
    data[UPGRADE_AUTHORITY] = authority === null ? 0 : 1;
    data.set(authority?.toBytes() ?? new Uint8Array(32), UPGRADE_AUTHORITY + 1);
    this.setAccount(this.programData, LOADER_ID, data);
  }
}

export function succeeded(outcome: Outcome): Outcome {
  if (!outcome.ok) throw new Error(`${outcome.error}\n${outcome.logs.join('\n')}`);
  return outcome;
}
