import { PublicKey } from '@solana/web3.js';
import { addressOf, keyOf } from '../chain/address.ts';
import type { Address } from '../types.ts';
import { spendingLimitAddress } from '../venues/squads/pdas.ts';
import type { Council, Member } from '../venues/squads/state.ts';
import type { ConfigAction } from '../verify/index.ts';
import { inSol } from './amounts.ts';
import { durationText } from './times.ts';

/** One value of the council before and after a config transaction. */
export interface CouncilChange {
  readonly subject: 'Council' | 'Member' | 'New member' | 'Spending limit';
  /** Of the council, the member, or the spending limit. */
  readonly address: Address;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What it leaves, net of what its actions undo among themselves; spending limits action by action, since what there is
 * of them stands in accounts of their own.
 */
export function councilChanges(
  before: Council,
  after: Council,
  actions: readonly ConfigAction[],
): readonly CouncilChange[] {
  const council = (field: string, was: string, is: string): readonly CouncilChange[] =>
    was === is ? [] : [{ subject: 'Council', address: before.address, field, before: was, after: is }];
  return [
    ...council('Threshold', decides(before), decides(after)),
    ...council('Time lock', lockText(before), lockText(after)),
    ...council('Rent collector', before.rentCollector ?? 'nobody', after.rentCollector ?? 'nobody'),
    ...memberChanges(before, after),
    ...actions.flatMap((action) => limitChanges(before.address, action)),
  ];
}

function decides({ threshold, members }: Council): string {
  const voters = members.filter(({ permissions }) => permissions.includes('vote')).length;
  return `${threshold} of ${voters} ${voters === 1 ? 'voter' : 'voters'}`;
}

const lockText = ({ timeLockSeconds }: Council): string =>
  timeLockSeconds === 0 ? 'none' : durationText(BigInt(timeLockSeconds));

function memberChanges(before: Council, after: Council): readonly CouncilChange[] {
  const keys = new Set([...before.members, ...after.members].map(({ key }) => key));
  return [...keys].flatMap((address): readonly CouncilChange[] => {
    const was = before.members.find(({ key }) => key === address);
    const is = after.members.find(({ key }) => key === address);
    const [old, young] = [was ? mayText(was) : 'not a member', is ? mayText(is) : 'no longer a member'];
    const subject = was ? 'Member' : 'New member';
    return old === young ? [] : [{ subject, address, field: 'May', before: old, after: young }];
  });
}

const mayText = ({ permissions }: Member): string =>
  permissions.length === 0 ? 'nothing' : permissions.join(', ');

const PERIODS = { 'one-time': 'once', day: 'each day', week: 'each week', month: 'each month' } as const;

function limitChanges(council: Address, action: ConfigAction): readonly CouncilChange[] {
  if (action.kind === 'remove-spending-limit')
    return [limitRow(keyText(action.spendingLimit), 'Allowance', 'as it stands', 'removed')];
  if (action.kind !== 'add-spending-limit') return [];
  const { createKey, mint, amountBaseUnits, period, vaultIndex, members, destinations } = action;
  const address = addressOf(spendingLimitAddress(keyOf(council), new PublicKey(createKey)));
  const sol = mint.every((byte) => byte === 0);
  const amount = sol ? `${inSol(amountBaseUnits)} SOL` : `${amountBaseUnits} base units`;
  const row = (field: string, after: string) => limitRow(address, field, 'does not exist', after);
  return [
    row('Without a vote', `${amount} ${PERIODS[period]} from vault ${vaultIndex}`),
    ...(sol ? [] : [row('Mint', keyText(mint))]),
    ...members.map((key) => row('Spent by', keyText(key))),
    ...(destinations.length === 0 ? [row('Sent to', 'anywhere')] : []),
    ...destinations.map((key) => row('Sent to', keyText(key))),
  ];
}

const limitRow = (address: Address, field: string, before: string, after: string): CouncilChange => ({
  subject: 'Spending limit',
  ...{ address, field, before, after },
});

const keyText = (key: Uint8Array): Address => addressOf(new PublicKey(key));
