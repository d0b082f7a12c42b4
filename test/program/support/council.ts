import { sha256 } from '@noble/hashes/sha2';
import { Keypair, PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { accounts, generated, instructions as sdk } from '@sqds/multisig';
import type { Address } from '#governance/types.ts';
import {
  type ConfigAction,
  configTransactionCreate,
  configTransactionExecute,
  proposalApprove,
  proposalCreate,
  vaultTransactionCreate,
  vaultTransactionExecute,
} from '#governance/venues/squads/instructions.ts';
import { compileVaultMessage } from '#governance/venues/squads/message.ts';
import {
  councilAddress,
  programConfigAddress,
  transactionAddress,
  vaultAddress,
} from '#governance/venues/squads/pdas.ts';
import { addressOf, type Chain, succeeded } from './chain.ts';
import { SQUADS_ID } from './ids.ts';
import type { Outcome } from './outcome.ts';

const ALL_PERMISSIONS = 7;

export interface CouncilOptions {
  readonly masks?: readonly number[];
  readonly threshold?: number;
  readonly timeLock?: number;
  readonly configAuthority?: PublicKey;
  readonly vaultLamports?: bigint;
  /** Members whose keys no test holds, with all permissions. */
  readonly others?: readonly PublicKey[];
}

/** A council on the real Squads program. The first member proposes and executes. */
export class Council {
  readonly members: readonly Keypair[];
  readonly multisig: PublicKey;
  readonly vault: PublicKey;
  readonly address: Address;
  readonly vaultAddress: Address;

  constructor(
    readonly chain: Chain,
    options: CouncilOptions = {},
  ) {
    const masks = options.masks ?? [ALL_PERMISSIONS, ALL_PERMISSIONS, ALL_PERMISSIONS];
    this.members = masks.map(() => Keypair.generate());
    for (const member of this.members) chain.airdrop(addressOf(member.publicKey), 10_000_000_000n);
    const createKey = Keypair.generate();
    this.multisig = councilAddress(createKey.publicKey);
    this.vault = vaultAddress(this.multisig);
    this.address = addressOf(this.multisig);
    this.vaultAddress = addressOf(this.vault);
    chain.must(
      [
        sdk.multisigCreateV2({
          treasury: treasuryOf(chain),
          creator: this.first.publicKey,
          multisigPda: this.multisig,
          configAuthority: options.configAuthority ?? null,
          threshold: options.threshold ?? 2,
          members: [
            ...this.members.map(({ publicKey: key }, at) => ({ key, permissions: { mask: masks[at] ?? 0 } })),
            ...(options.others ?? []).map((key) => ({ key, permissions: { mask: ALL_PERMISSIONS } })),
          ],
          timeLock: options.timeLock ?? 600,
          createKey: createKey.publicKey,
          rentCollector: null,
        }),
      ],
      [this.first, createKey],
    );
    const lamports = options.vaultLamports ?? 5_000_000_000n;
    if (lamports > 0n) chain.airdrop(this.vaultAddress, lamports);
  }

  get first(): Keypair {
    return this.members[0] as Keypair;
  }

  get state(): accounts.Multisig {
    const data = this.chain.account(this.address)?.data ?? new Uint8Array();
    return accounts.Multisig.deserialize(Buffer.from(data))[0];
  }

  get nextIndex(): bigint {
    return BigInt(this.state.transactionIndex.toString()) + 1n;
  }

  get membersHash(): Uint8Array {
    return sha256(
      Uint8Array.from(
        this.state.members.flatMap(({ key, permissions }) => [...key.toBytes(), permissions.mask]),
      ),
    );
  }

  /** Proposed and approved up to the threshold of now; the wire message comes from `instructions` unless given. */
  approved(instructions: readonly TransactionInstruction[], wire?: Uint8Array): bigint {
    const message = wire ?? compileVaultMessage(this.vault, instructions).wire;
    const target = {
      council: this.multisig,
      transactionIndex: this.nextIndex,
      creator: this.first.publicKey,
    };
    this.inOne(
      target.transactionIndex,
      vaultTransactionCreate({ ...target, message }),
      proposalCreate(target),
    );
    return target.transactionIndex;
  }

  /** With the approvals behind: one transaction where people need several. */
  private inOne(transactionIndex: bigint, ...proposing: TransactionInstruction[]): void {
    const approvers = this.members.slice(0, this.state.threshold);
    const approvals = approvers.map(({ publicKey: member }) =>
      proposalApprove({ council: this.multisig, transactionIndex, member }),
    );
    this.chain.must([...proposing, ...approvals], approvers);
  }

  executeInstruction(transactionIndex: bigint, member = this.first.publicKey): TransactionInstruction {
    const address = addressOf(transactionAddress(this.multisig, transactionIndex));
    const data = this.chain.account(address)?.data ?? new Uint8Array();
    const { message } = generated.VaultTransaction.deserialize(Buffer.from(data))[0];
    return vaultTransactionExecute({
      council: this.multisig,
      transactionIndex,
      member,
      message,
    });
  }

  execute(transactionIndex: bigint): Outcome {
    return this.chain.send([this.executeInstruction(transactionIndex)], [this.first]);
  }

  passTimeLock(): void {
    this.chain.advance(this.state.timeLock);
  }

  /** Proposed, approved, time lock passed, executed. */
  run(instructions: readonly TransactionInstruction[], wire?: Uint8Array): Outcome {
    const index = this.approved(instructions, wire);
    this.passTimeLock();
    return this.execute(index);
  }

  /** A config transaction, all the way. */
  change(...actions: ConfigAction[]): void {
    const transactionIndex = this.nextIndex;
    const target = { council: this.multisig, transactionIndex, creator: this.first.publicKey };
    this.inOne(transactionIndex, configTransactionCreate({ ...target, actions }), proposalCreate(target));
    this.passTimeLock();
    const by = { council: this.multisig, transactionIndex, member: this.first.publicKey };
    succeeded(this.chain.send([configTransactionExecute(by)], [this.first]));
  }
}

/** Squads wants its ProgramConfig, which only its own deployer can create. */
function treasuryOf(chain: Chain): PublicKey {
  const address = addressOf(programConfigAddress());
  const existing = chain.account(address);
  if (existing) return accounts.ProgramConfig.deserialize(Buffer.from(existing.data))[0].treasury;
  const treasury = Keypair.generate().publicKey;
  chain.airdrop(addressOf(treasury), 1_000_000_000n);
  const reserved = Array<number>(64).fill(0);
  const config = accounts.ProgramConfig.fromArgs({
    authority: treasury,
    multisigCreationFee: 0,
    treasury,
    reserved,
  });
  chain.setAccount(address, SQUADS_ID, Uint8Array.from(config.serialize()[0]));
  return treasury;
}

export const keyFrom = (address: Address) => new PublicKey(address);
