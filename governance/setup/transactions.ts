import { type PublicKey, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import { addressOf, keyOf } from '../chain/address.ts';
import { BUFFER_HEADER_BYTES, LOADER, PROGRAM_BYTES } from '../chain/loader-accounts.ts';
import type { Signer } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { NO_KEY } from '../restaking/accounts.ts';
import { buildInstruction } from '../restaking/instructions.ts';
import { Variant } from '../restaking/plain.ts';
import { multisigCreateV2 } from '../venues/squads/instructions.ts';
import type { SetupAddresses } from './allow.ts';
import { maskOf } from './file.ts';
import type { StepName } from './judge.ts';
import { deployProgram, initializeBuffer, setUpgradeAuthority } from './loader.ts';
import type { Prepared } from './prepare.ts';
import type { Facts } from './read.ts';

/** The transactions of setup, one function each. The pieces of the program are in write-buffer.ts. */

export interface SetupTransaction {
  readonly step: StepName;
  readonly describe: string;
  readonly instructions: readonly TransactionInstruction[];
  /** Besides the deployer. */
  readonly extraSigners: readonly Signer[];
}

/** Rent-exempt minimum by length of data. */
export type RentOf = (bytes: number) => bigint;

export function createBuffer(p: Prepared, a: SetupAddresses, facts: Facts, rent: RentOf): SetupTransaction {
  const bytes = BUFFER_HEADER_BYTES + p.target.elf.length;
  return {
    step: 'program',
    describe: `create the buffer ${addressOf(a.buffer)}`,
    instructions: [
      ...newAccount(a.deployer, a.buffer, facts.lamports.buffer, rent(bytes), bytes),
      initializeBuffer(a.buffer, a.deployer),
    ],
    extraSigners: [p.bufferKey],
  };
}

/** @throws SipError PROGRAM_KEYPAIR_MISSING */
export function deploy(p: Prepared, a: SetupAddresses, facts: Facts, rent: RentOf): SetupTransaction {
  return {
    step: 'program',
    describe: `deploy the program ${p.target.programId}`,
    instructions: [
      ...newAccount(a.deployer, a.programId, facts.lamports.program, rent(PROGRAM_BYTES), PROGRAM_BYTES),
      deployProgram({
        programId: a.programId,
        buffer: a.buffer,
        authority: a.deployer,
        maxDataBytes: p.target.elf.length,
      }),
    ],
    extraSigners: [programKeyOf(p)],
  };
}

/** @throws SipError PROGRAM_KEYPAIR_MISSING */
export function programKeyOf({ request, target }: Prepared): Signer {
  if (request.programKey !== null) return request.programKey;
  throw new SipError('PROGRAM_KEYPAIR_MISSING', { programId: target.programId });
}

export function createCouncil(p: Prepared, a: SetupAddresses): SetupTransaction {
  const { members, threshold, timeLockSeconds } = p.target.file;
  return {
    step: 'council',
    describe: `create the council ${addressOf(a.council)}`,
    instructions: [
      multisigCreateV2({
        createKey: a.createKey,
        creator: a.deployer,
        treasury: a.treasury,
        threshold,
        timeLockSeconds,
        members: members.map(({ key, permissions }) => ({ key: keyOf(key), mask: maskOf(permissions) })),
      }),
    ],
    extraSigners: [p.createKey],
  };
}

export function initialize(p: Prepared, a: SetupAddresses): SetupTransaction {
  const { programId, deployer, file } = p.target;
  const accounts = {
    payer: deployer,
    upgradeAuthority: deployer,
    config: addressOf(a.config),
    venueAccount: addressOf(a.council),
    programData: addressOf(a.programData),
  };
  const args = {
    authority: a.vault,
    venue: new Variant('squads'),
    floors: { minThreshold: file.floors.minThreshold, minTimeLock: file.floors.minTimeLockSeconds },
    epochAdmin: keyOf(file.epochAdmin ?? NO_KEY),
    guardian: keyOf(file.guardian ?? NO_KEY),
    gatekeeper: keyOf(file.gatekeeper ?? NO_KEY),
  };
  return {
    step: 'initialize',
    describe: `initialize the program ${programId}`,
    instructions: [buildInstruction('initialize', programId, accounts, { args })],
    extraSigners: [],
  };
}

export function moveUpgradeAuthority(p: Prepared, a: SetupAddresses): SetupTransaction {
  return {
    step: 'upgrade-authority',
    describe: `give the upgrade authority of ${p.target.programId} to the vault ${addressOf(a.vault)}`,
    instructions: [setUpgradeAuthority(a.programId, a.deployer, a.vault)],
    extraSigners: [],
  };
}

export function fundVault(p: Prepared, a: SetupAddresses, facts: Facts): SetupTransaction {
  const lamports = p.target.file.vaultLamports - facts.lamports.vault;
  return {
    step: 'vault',
    describe: `send ${lamports} lamports to the vault ${addressOf(a.vault)}`,
    instructions: [SystemProgram.transfer({ fromPubkey: a.deployer, toPubkey: a.vault, lamports })],
    extraSigners: [],
  };
}

/** CreateAccount refuses an address that holds lamports, which anyone can send there: then by its three steps. */
function newAccount(
  deployer: PublicKey,
  address: PublicKey,
  has: bigint,
  needs: bigint,
  bytes: number,
): readonly TransactionInstruction[] {
  if (has === 0n)
    return [
      SystemProgram.createAccount({
        fromPubkey: deployer,
        newAccountPubkey: address,
        lamports: Number(needs),
        space: bytes,
        programId: LOADER,
      }),
    ];
  const lack = needs - has;
  return [
    ...(lack > 0n
      ? [SystemProgram.transfer({ fromPubkey: deployer, toPubkey: address, lamports: lack })]
      : []),
    SystemProgram.allocate({ accountPubkey: address, space: bytes }),
    SystemProgram.assign({ accountPubkey: address, programId: LOADER }),
  ];
}
