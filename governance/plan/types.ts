import type { Address, Digest, MembersHash } from '../types.ts';

/** A member of the council as it stands in the multisig account. */
export interface CouncilMember {
  readonly key: Address;
  /** Squads' permission mask: 1 initiate, 2 vote, 4 execute. */
  readonly mask: number;
}

export interface CompiledInstruction {
  readonly programId: Address;
  readonly keys: readonly {
    readonly pubkey: Address;
    readonly isSigner: boolean;
    readonly isWritable: boolean;
  }[];
  readonly data: Uint8Array;
  /** What it does, in one sentence. */
  readonly describe: string;
}

/** One vault transaction. `part` 0 is the acceptance of a hand-over by the new council. */
export interface CompiledPart {
  readonly part: number;
  readonly parts: number;
  readonly transactionIndex: bigint;
  readonly vaultIndex: 0;
  /** Argument of `vault_transaction_create` (SmallVec lengths). */
  readonly message: Uint8Array;
  /** As the program stores it (Borsh `Vec` lengths). */
  readonly accountMessage: Uint8Array;
  readonly instructions: readonly CompiledInstruction[];
}

export interface CompiledSip {
  readonly sip: number;
  readonly digest: Digest;
  readonly membersHash: MembersHash;
  readonly parts: readonly CompiledPart[];
}
