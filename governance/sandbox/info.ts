import type { Address } from '#governance/types.ts';

export type SeatPermission = 'initiate' | 'vote' | 'execute';

export interface KeyInfo {
  readonly publicKey: Address;
  readonly keypairPath: string;
}

export interface MemberInfo extends KeyInfo {
  readonly permissions: readonly SeatPermission[];
}

export interface LstInfo {
  readonly symbol: string;
  readonly mint: Address;
  /** null where the asset is not backed by an SPL-like stake pool. */
  readonly stakePool: Address | null;
}

export interface ProgramInfo {
  readonly name: string;
  readonly id: Address;
  readonly sha256: string;
  readonly origin: string;
}

/** What every embedded network says of itself, a bare one too. */
export interface NetworkInfo {
  readonly schemaVersion: 1;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  /** The network's own process; when it ends the network is gone. */
  readonly pid: number;
  /** In seat order; the last may only initiate. */
  readonly members: readonly MemberInfo[];
  readonly epochAdmin: KeyInfo;
  readonly guardian: KeyInfo;
  readonly gatekeeper: KeyInfo;
  readonly depositor: KeyInfo;
  readonly lsts: readonly LstInfo[];
  readonly programs: readonly ProgramInfo[];
}

/** What `sip sandbox` prints and sandbox.json holds. */
export interface SandboxInfo extends NetworkInfo {
  readonly programId: Address;
  readonly council: Address;
  readonly vault: Address;
}
