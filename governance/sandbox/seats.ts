import type { KeyInfo, MemberInfo, SeatPermission } from './info.ts';
import type { KeyRing, SandboxKey } from './keys.ts';
import type { CouncilMember } from './squads.ts';

const MASK: Readonly<Record<SeatPermission, number>> = { initiate: 1, vote: 2, execute: 4 };
const VOTER: readonly SeatPermission[] = ['initiate', 'vote', 'execute'];
/** The standing seat through which LST protocols submit. */
const SUBMITTER: readonly SeatPermission[] = ['initiate'];

/** Keys that are no member's. `manager` is manager and staker of the seeded stake pools. */
const OFFICES = [
  'epoch-admin',
  'guardian',
  'gatekeeper',
  'depositor',
  'upgrade-authority',
  'pool-manager',
] as const;
type Office = (typeof OFFICES)[number];

export type SeatName = `member-${number}` | Office;

/** Key names, members first, in seat order, counted from 0. */
export const seatNames = (voters: number): readonly SeatName[] => [...memberNames(voters), ...OFFICES];

const memberNames = (voters: number): readonly SeatName[] =>
  Array.from({ length: voters + 1 }, (_, seat) => `member-${seat}` as const);

/** The council's seats: all voters may do everything, the one after them may only initiate. */
export function memberInfos(voters: number, ring: KeyRing<SeatName>): readonly MemberInfo[] {
  return memberNames(voters).map((name, seat) => ({
    ...keyInfo(ring.of(name)),
    permissions: seat < voters ? VOTER : SUBMITTER,
  }));
}

export const keyInfo = ({ publicKey, path }: SandboxKey): KeyInfo => ({ publicKey, keypairPath: path });

export function councilMembers(voters: number, ring: KeyRing<SeatName>): readonly CouncilMember[] {
  const infos = memberInfos(voters, ring);
  return memberNames(voters).map((name, seat) => ({
    key: ring.of(name).keypair.publicKey,
    mask: infos[seat]!.permissions.reduce((mask, permission) => mask | MASK[permission], 0),
  }));
}
