import { SYSVAR_INSTRUCTIONS_PUBKEY, SystemProgram } from '@solana/web3.js';
import type { ChangeView, ProposalView } from '#desktop/shared/views/index.ts';
import { keyOf } from '#governance/chain/address.ts';
import { expectationsOf } from '#governance/lifecycle/expected.ts';
import { describeAll, instructionsIn, type LookedUp, lookedUpBy } from '#governance/proposals/effects.ts';
import { decodeAccount } from '#governance/restaking/accounts.ts';
import { restakingPdas } from '#governance/restaking/pdas.ts';
import type { Sip } from '#governance/sip/document.ts';
import { renderTime } from '#governance/times.ts';
import type { Pins } from '#governance/types.ts';
import type { World } from '../world.ts';
import type { Facts } from './proposal-facts.ts';

/** Fields that the text fixes, beside what the chain has now. */
export async function changesOf(sip: Sip, { pins, rpc }: World, executed: boolean): Promise<ChangeView[]> {
  const expectations = expectationsOf(sip, pins);
  const { accounts } = await rpc.getAccounts(expectations.map(({ account }) => keyOf(account)));
  return expectations.flatMap((expectation, at): ChangeView[] => {
    const { account, type, fields } = expectation;
    const present = decodeAccount(type, accounts[at] ?? null, pins.programId);
    const source = executed ? 'on chain now → as the text says' : 'on chain now → from the text';
    const base = { account: type, address: account, source };
    if (fields === null)
      return [
        {
          ...base,
          field: 'account',
          before: present === undefined ? 'does not exist' : 'exists',
          after: 'closed',
        },
      ];
    return Object.entries(fields).map(([field, value]) => ({
      ...base,
      field,
      before: present === undefined ? 'does not exist' : valueText(field, reach(present, field)),
      after: valueText(field, value),
    }));
  });
}

function reach(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

const UNLIMITED = (2n ** 64n - 1n).toString();

export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'bigint' && /At$/.test(field)) return renderTime(value);
  const text = String(value);
  return text === UNLIMITED ? 'no limit' : text;
}

/** What the bytes on chain say, drawn from the bytes. */
export function instructionsOf({ pair, sip }: Facts, { pins }: World): ProposalView['instructions'] {
  if (pair.transaction?.kind !== 'vault') return [];
  const all = instructionsIn(pair.transaction);
  const sentences = describeAll(pair.transaction, sip, pins);
  const { accountKeys, instructions: stored } = pair.transaction.message;
  const tables = lookedUpBy(pair.transaction);
  const named = namesOf(pins, sip?.header.sip);
  return all.map((instruction, at) => ({
    programId: instruction.programId.toBase58(),
    program: instruction.programId.toBase58() === pins.programId ? 'Restaking program' : 'Another program',
    describe: sentences[at] ?? '',
    keys: instruction.keys.map(({ pubkey, isSigner, isWritable: writable }, place) => ({
      pubkey: pubkey.toBase58(),
      name:
        named.get(pubkey.toBase58()) ??
        entryText(tables[(stored[at]?.accountIndexes[place] ?? 0) - accountKeys.length]),
      signer: isSigner,
      writable,
    })),
    dataHex: instruction.data.toString('hex'),
  }));
}

const entryText = (one: LookedUp | undefined): string =>
  one === undefined ? '' : `entry ${one.entry} of this lookup table`;

/** What a key is, where its address alone tells it; nothing is guessed for the others. */
function namesOf({ programId, council, vault }: Pins, sip: number | undefined): ReadonlyMap<string, string> {
  const pdas = restakingPdas(programId);
  return new Map<string, string>([
    [vault, 'council vault'],
    [council, 'council'],
    [programId, 'restaking program'],
    [pdas.config, 'config of the program'],
    ...(sip === undefined ? [] : [[pdas.sipRecord(sip), `record of SIP-${sip}`] as const]),
    [SYSVAR_INSTRUCTIONS_PUBKEY.toBase58(), 'instructions sysvar'],
    [SystemProgram.programId.toBase58(), 'system program'],
  ]);
}
