import { concat, toAddress } from '../bytes.ts';
import { accountDiscriminator } from '../discriminator.ts';
import { type ConfigAction, decodeConfigTransaction } from '../squads-accounts.ts';
import { Refusal } from './refusal.ts';
import type { Line, Step } from './review.ts';

/** What changes of the council a config transaction would make, and the words for them. */

const DISCRIMINATOR_BYTES = 8;
/** Multisig, creator, index and bump: what stands before the actions in the account. */
const HEAD_BYTES = 32 + 32 + 8 + 1;

/**
 * The argument is the account's vector of actions, byte for byte, with an absent memo behind it: read by the account's
 * decoder, so that both are understood alike.
 */
export function readConfigActions(step: Step): readonly ConfigAction[] {
  const unexpected = (at: number, wanted: string) =>
    new Refusal(
      'ARGUMENT_UNEXPECTED',
      step.at + at,
      `Its arguments are not what is signed here: ${wanted} was expected.`,
    );
  const last = step.data.length - 1;
  if (last < DISCRIMINATOR_BYTES || step.data[last] !== 0) throw unexpected(last, 'no memo');
  const account = concat([
    accountDiscriminator('ConfigTransaction'),
    new Uint8Array(HEAD_BYTES),
    step.data.subarray(DISCRIMINATOR_BYTES, last),
  ]);
  const read = decodeConfigTransaction(account);
  if (!read.ok) throw unexpected(read.at - HEAD_BYTES, read.wanted);
  const { actions } = read.value;
  if (actions.length === 0) throw unexpected(DISCRIMINATOR_BYTES, 'at least one action');
  return actions;
}

export const wordsOfActions = (actions: readonly ConfigAction[]): readonly Line[] => actions.flatMap(wordsOf);

const keyLine = (label: string, key: Uint8Array): Line => ({ label, value: toAddress(key), address: true });

const PERMISSIONS = [
  [1, 'initiate'],
  [2, 'vote'],
  [4, 'execute'],
] as const;

function permissionsOf(mask: number): string {
  const may = PERMISSIONS.flatMap(([bit, name]) => ((mask & bit) === 0 ? [] : [name]));
  return may.length === 0 ? 'nothing' : may.join(', ');
}

function wordsOf(action: ConfigAction): readonly Line[] {
  switch (action.kind) {
    case 'add-member':
      return [
        keyLine('Adds the member', action.member.key),
        { label: 'who may', value: permissionsOf(action.member.mask) },
      ];
    case 'remove-member':
      return [keyLine('Removes the member', action.key)];
    case 'change-threshold':
      return [{ label: 'Sets the threshold to', value: `${action.threshold}` }];
    case 'set-time-lock':
      return [{ label: 'Sets the time lock to', value: `${action.timeLockSeconds} seconds` }];
    case 'add-spending-limit':
      return [
        {
          label: 'Adds a spending limit',
          value: `${action.amountBaseUnits} base units, ${action.period}, from vault ${action.vaultIndex}`,
        },
        keyLine('of the mint', action.mint),
        keyLine('with the create key', action.createKey),
        ...action.members.map((key) => keyLine('spent by', key)),
        ...(action.destinations.length === 0
          ? [{ label: 'sent to', value: 'anywhere' }]
          : action.destinations.map((key) => keyLine('sent to', key))),
      ];
    case 'remove-spending-limit':
      return [keyLine('Removes the spending limit', action.spendingLimit)];
    case 'set-rent-collector':
      return action.rentCollector === null
        ? [{ label: 'Sets the rent collector to', value: 'nobody' }]
        : [keyLine('Sets the rent collector to', action.rentCollector)];
  }
}
