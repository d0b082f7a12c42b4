import type { Signer } from '../chain/ports.ts';
import type { SendPorts } from '../chain/send.ts';
import type { Pins, UnixSeconds } from '../types.ts';

/** What a rehearsal acts on: an embedded network whose keys and clock it holds. */
export interface RehearsalWorld {
  readonly ports: SendPorts;
  readonly pins: Pins;
  /** Members that may vote and execute, in seat order. */
  readonly voters: readonly Signer[];
  /** The seat that can only initiate. */
  readonly submitter: Signer;
  readonly epochAdmin: Signer;
  readonly gatekeeper: Signer;
  readonly depositor: Signer;
  warpTo(unix: UnixSeconds): Promise<void>;
}

export async function nowIn({ ports }: RehearsalWorld): Promise<UnixSeconds> {
  return (await ports.rpc.clock()).unixTimestamp;
}

/** Travels only forward: a moment that has passed is left alone. */
export async function reach(world: RehearsalWorld, moment: bigint): Promise<void> {
  if ((await nowIn(world)) < moment) await world.warpTo(moment as UnixSeconds);
}
