import { sha256 } from '@noble/hashes/sha2';
import { Keypair, PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { type Config, NO_KEY } from '#governance/restaking/accounts.ts';
import { buildInstruction } from '#governance/restaking/instructions.ts';
import { pinsOf, restakingPdas } from '#governance/restaking/pdas.ts';
import { Variant } from '#governance/restaking/plain.ts';
import type { Address, Pins } from '#governance/types.ts';
import { addressOf, Chain, succeeded } from './chain.ts';
import { Council, type CouncilOptions } from './council.ts';
import { PROGRAM_ID } from './ids.ts';
import type { Outcome } from './outcome.ts';

export const DAY = 86_400n;
export const pdas = restakingPdas(PROGRAM_ID);
export const FLOORS = { minThreshold: 2, minTimeLock: 300 };

export interface WorldOptions extends CouncilOptions {
  readonly floors?: typeof FLOORS;
  /** The program is there, `initialize` has not run. */
  readonly bare?: boolean;
}

/** What `begin_sip` says when a test does not say otherwise is what an honest console would say. */
export interface BeginOverrides {
  readonly digest?: Uint8Array;
  readonly part?: number;
  readonly parts?: number;
  readonly actions?: number;
  readonly notAfter?: bigint;
  readonly membersHash?: Uint8Array;
  readonly councilTx?: bigint;
  readonly accounts?: Readonly<Record<string, Address>>;
}

export type Build = (sip: number) => TransactionInstruction;

/**
 * A council of three (threshold 2, time lock 600 s), the program initialized with it, one keypair per role. One world at a
 * time: a new one clears the chain.
 */
export class World {
  readonly chain: Chain;
  readonly council: Council;
  readonly pins: Pins;
  readonly upgradeAuthority = Keypair.generate();
  readonly epochAdmin = Keypair.generate();
  readonly guardian = Keypair.generate();
  readonly gatekeeper = Keypair.generate();
  /** Has SOL and no role. */
  readonly outsider = Keypair.generate();
  private lastSip = 1;

  constructor(options: WorldOptions = {}) {
    this.chain = Chain.fresh();
    this.council = new Council(this.chain, options);
    this.pins = pinsOf(PROGRAM_ID, this.council.address);
    for (const key of [this.upgradeAuthority, this.epochAdmin, this.guardian, this.outsider])
      this.chain.airdrop(addressOf(key.publicKey), 10_000_000_000n);
    this.chain.setUpgradeAuthority(this.upgradeAuthority.publicKey);
    if (!options.bare) this.chain.must([this.initialize(options.floors)], [this.upgradeAuthority]);
  }

  initialize(
    floors = FLOORS,
    args: Readonly<Record<string, unknown>> = {},
    accounts: Readonly<Record<string, Address>> = {},
  ): TransactionInstruction {
    const payer = addressOf(this.upgradeAuthority.publicKey);
    return buildInstruction(
      'initialize',
      PROGRAM_ID,
      {
        payer,
        upgradeAuthority: payer,
        config: pdas.config,
        venueAccount: this.council.address,
        programData: this.chain.programData,
        ...accounts,
      },
      {
        args: {
          authority: this.council.vault,
          venue: new Variant('squads'),
          floors,
          epochAdmin: this.epochAdmin.publicKey,
          guardian: this.guardian.publicKey,
          gatekeeper: this.gatekeeper.publicKey,
          ...args,
        },
      },
    );
  }

  get config(): Config {
    const config = this.chain.read('Config', pdas.config);
    if (!config) throw new Error('not initialized');
    return config;
  }

  /** `councilTx` is the council's next index: take it right before `approved`. */
  begin(
    sip: number,
    actions: number,
    o: BeginOverrides = {},
    council = this.council,
  ): TransactionInstruction {
    const accounts = {
      authority: council.vaultAddress,
      config: pdas.config,
      sipRecord: pdas.sipRecord(sip),
      council: council.address,
      ...o.accounts,
    };
    const args = {
      number: sip,
      digest: o.digest ?? digestOf(sip),
      part: o.part ?? 1,
      parts: o.parts ?? 1,
      actions: o.actions ?? actions,
      notAfter: o.notAfter ?? this.chain.now + 30n * DAY,
      membersHash: o.membersHash ?? council.membersHash,
      councilTx: o.councilTx ?? council.nextIndex,
    };
    return buildInstruction('begin_sip', PROGRAM_ID, accounts, { args });
  }

  /** Proposed and approved; resolves to the transaction's index. */
  approved(sip: number, actions: readonly Build[], o: BeginOverrides = {}): bigint {
    const instructions = actions.map((build) => build(sip));
    return this.council.approved([this.begin(sip, instructions.length, o), ...instructions]);
  }

  /** A SIP from proposal to execution. */
  enact(sip: number, actions: readonly Build[], o: BeginOverrides = {}): Outcome {
    const index = this.approved(sip, actions, o);
    this.council.passTimeLock();
    return this.council.execute(index);
  }

  /** Numbers that no other call got, from 2 on. */
  nextSip(): number {
    this.lastSip += 1;
    return this.lastSip;
  }

  /** The next SIP; what it comes to. */
  bySip(...actions: readonly Build[]): Outcome {
    return this.enact(this.nextSip(), actions);
  }

  /** The next SIP, which a test needs to have run; its number. */
  done(...actions: readonly Build[]): number {
    const sip = this.nextSip();
    succeeded(this.enact(sip, actions));
    return sip;
  }
}

export function digestOf(sip: number): Uint8Array {
  return sha256(new TextEncoder().encode(`text of SIP-${sip}`));
}

export const key = (address: Address) => new PublicKey(address);
export const freshAddress = () => addressOf(Keypair.generate().publicKey);
export { addressOf, NO_KEY, succeeded };
