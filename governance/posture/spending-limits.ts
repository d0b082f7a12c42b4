import { PublicKey } from '@solana/web3.js';
import { accounts, types } from '@sqds/multisig';
import { addressOf, keyOf } from '../chain/address.ts';
import type { ChainReader } from '../chain/ports.ts';
import type { Address } from '../types.ts';
import { SQUADS_PROGRAM_ID } from '../venues/squads/pdas.ts';
import { ok, type PostureFinding, unknown, warning } from './finding.ts';

/** What members may take out of a vault without a vote. */
export interface SpendingLimit {
  readonly address: Address;
  readonly vaultIndex: number;
  /** Null for SOL. */
  readonly mint: Address | null;
  /** In the mint's smallest unit, lamports for SOL. */
  readonly amount: bigint;
  readonly period: 'once' | 'day' | 'week' | 'month';
  readonly delegates: readonly Address[];
  /** Empty: to anywhere. */
  readonly destinations: readonly Address[];
}

/** sha256("account:SpendingLimit"), first eight bytes. */
const DISCRIMINATOR = Uint8Array.of(10, 201, 27, 160, 218, 195, 222, 152);
const PERIODS = {
  [types.Period.OneTime]: 'once',
  [types.Period.Day]: 'day',
  [types.Period.Week]: 'week',
  [types.Period.Month]: 'month',
} as const;

/** Null where one can't be read. @throws SipError of the reader */
export async function readSpendingLimits(
  reader: ChainReader,
  council: Address,
): Promise<readonly SpendingLimit[] | null> {
  const found = await reader.getProgramAccounts(SQUADS_PROGRAM_ID, {
    memcmp: [{ offset: 0, bytes: Uint8Array.from([...DISCRIMINATOR, ...keyOf(council).toBytes()]) }],
  });
  try {
    return found.map(({ address, data }) => {
      const [limit] = accounts.SpendingLimit.deserialize(Buffer.from(data));
      return {
        address: addressOf(address),
        vaultIndex: limit.vaultIndex,
        mint: limit.mint.equals(PublicKey.default) ? null : addressOf(limit.mint),
        amount: BigInt(limit.amount.toString()),
        period: PERIODS[limit.period],
        delegates: limit.members.map(addressOf),
        destinations: limit.destinations.map(addressOf),
      };
    });
  } catch {
    return null;
  }
}

/** @param limits null where they could not be read */
export function spendingLimitFindings(limits: readonly SpendingLimit[] | null): readonly PostureFinding[] {
  if (limits === null)
    return [
      unknown(
        'spending-limits-unknown',
        'Whether anybody may spend from the vaults without a vote could not be read.',
        'Ask an endpoint that answers getProgramAccounts.',
      ),
    ];
  if (limits.length === 0)
    return [ok('no-spending-limits', 'Nobody may spend from the vaults without a vote.')];
  return limits.map(({ address, vaultIndex, mint, amount, period, delegates, destinations }) =>
    warning(
      `spending-limit-${address}`,
      `${delegates.join(' or ')} may take ${amount} ${mint === null ? 'lamports' : `units of ${mint}`} ${
        period === 'once' ? 'once' : `each ${period}`
      } from vault ${vaultIndex} without a vote, to ${destinations.length === 0 ? 'anywhere' : destinations.join(' or ')}.`,
      `Propose a config transaction that removes the spending limit ${address}, or keep nothing in that vault.`,
    ),
  );
}
