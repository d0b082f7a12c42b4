import { PublicKey } from '@solana/web3.js';
import { addressOf, keyOf } from '../chain/address.ts';
import type { Address } from '../types.ts';
import { type Council, type Member, membersHashOf, permissionsOf } from '../venues/squads/state.ts';
import type { ConfigAction } from '../verify/index.ts';

/** What a config transaction would leave of the council, by Squads' own rules. Pure. */
export interface CouncilAfter {
  /** Null where it cannot be told, because which of two entries of one member goes is the program's chance. */
  readonly council: Council | null;
  /** Why Squads would refuse to execute it, or why nobody can tell; null where nothing is wrong. */
  readonly trouble: string | null;
  /** Everything proposed before it becomes stale. Spending limits and the rent collector leave it as it is. */
  readonly makesStale: boolean;
}

/** Of the multisig's `invariant`, squads-multisig-program 2.0.0: three months. */
const MOST_TIME_LOCK_SECONDS = 3 * 30 * 24 * 60 * 60;

const MAKES_STALE: ReadonlySet<ConfigAction['kind']> = new Set([
  'add-member',
  'remove-member',
  'change-threshold',
  'set-time-lock',
]);

/** Actions take effect in their order; whether what is left can be is asked once, at the end. */
export function councilAfter(council: Council, actions: readonly ConfigAction[]): CouncilAfter {
  const makesStale = actions.some(({ kind }) => MAKES_STALE.has(kind));
  let after = council;
  let stranger: string | null = null;
  for (const action of actions) {
    if (action.kind === 'remove-member') {
      const key = addressOfBytes(action.key);
      const entries = after.members.filter((one) => one.key === key).length;
      if (entries > 1)
        return { council: null, trouble: `it adds ${key}, a member already, and removes it`, makesStale };
      if (entries === 0) stranger ??= `it removes ${key}, which is no member`;
    }
    after = applied(after, action);
  }
  const members = [...after.members].sort(byKey);
  const left = { ...after, members, membersHash: membersHashOf(members) };
  return { council: left, trouble: stranger ?? brokenRule(left), makesStale };
}

function applied(council: Council, action: ConfigAction): Council {
  const { members } = council;
  switch (action.kind) {
    case 'add-member': {
      const { key, mask } = action.member;
      return {
        ...council,
        members: [...members, { key: addressOfBytes(key), mask, permissions: permissionsOf(mask) }],
      };
    }
    case 'remove-member': {
      const gone = addressOfBytes(action.key);
      return { ...council, members: members.filter(({ key }) => key !== gone) };
    }
    case 'change-threshold':
      return { ...council, threshold: action.threshold };
    case 'set-time-lock':
      return { ...council, timeLockSeconds: action.timeLockSeconds };
    case 'set-rent-collector':
      return { ...council, rentCollector: action.rentCollector && addressOfBytes(action.rentCollector) };
    case 'add-spending-limit':
    case 'remove-spending-limit':
      return council;
  }
}

function brokenRule({ members, threshold, timeLockSeconds }: Council): string | null {
  const keys = members.map(({ key }) => key);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) return `${twice} would be a member twice`;
  const nobody = (['initiate', 'execute', 'vote'] as const).find(
    (permission) => !members.some(({ permissions }) => permissions.includes(permission)),
  );
  if (nobody !== undefined) return `no member could ${nobody} any more`;
  const voters = members.filter(({ permissions }) => permissions.includes('vote')).length;
  if (threshold === 0) return 'the threshold would be 0';
  if (threshold > voters) return `the threshold would be ${threshold} of ${voters} voters`;
  if (timeLockSeconds > MOST_TIME_LOCK_SECONDS)
    return `the time lock would be longer than ${MOST_TIME_LOCK_SECONDS} seconds`;
  return null;
}

const addressOfBytes = (key: Uint8Array): Address => addressOf(new PublicKey(key));

/** Squads keeps them by the bytes of their keys. */
const byKey = (a: Member, b: Member): number =>
  Buffer.compare(keyOf(a.key).toBytes(), keyOf(b.key).toBytes());
