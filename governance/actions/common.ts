import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import type { ChainReader } from '../chain/ports.ts';
import { NO_KEY, type RestakingPool } from '../restaking/accounts.ts';
import {
  buildInstruction,
  type DecodedInstruction,
  decodeInstruction,
  type InstructionName,
} from '../restaking/instructions.ts';
import type { Address } from '../types.ts';
import { type BuildContext, type CheckContext, type DecodeContext, error, type Finding } from './action.ts';

/** What several actions share; nothing here names one. */

/** An instruction that a SIP announces: authority, config and record are the same in all of them. */
export function sipInstruction(
  name: InstructionName,
  context: BuildContext,
  accounts: Readonly<Record<string, Address>> = {},
  args?: Readonly<Record<string, unknown>>,
): TransactionInstruction {
  const { pins, pdas, sip } = context;
  const base = { authority: pins.vault, config: pdas.config, sipRecord: pdas.sipRecord(sip.number) };
  return buildInstruction(name, pins.programId, { ...base, ...accounts }, args === undefined ? {} : { args });
}

/** The instruction at `at` when it is this program's `name`, else undefined. */
export function decodeNamed(
  name: InstructionName,
  instructions: readonly TransactionInstruction[],
  at: number,
  context: DecodeContext,
): DecodedInstruction | undefined {
  const instruction = instructions[at];
  const decoded = instruction && decodeInstruction(instruction, context.pins.programId);
  return decoded?.name === name ? decoded : undefined;
}

/** The mint behind the `pool` account of a decoded instruction. */
export function mintOf(decoded: DecodedInstruction, context: DecodeContext): Address | undefined {
  const mint = context.seedOf(decoded.accounts.pool as Address);
  return mint !== undefined && context.pdas.pool(mint) === decoded.accounts.pool ? mint : undefined;
}

export const keyOrNone = (text: string): PublicKey =>
  text === 'none' ? PublicKey.default : new PublicKey(text);
export const addressOrNone = (text: string): Address => (text === 'none' ? NO_KEY : (text as Address));
export const noneOr = (address: unknown): string => (address === NO_KEY ? 'none' : String(address));

/** The pool of a mint as it will be, with the label compared; findings where it is not there or named otherwise. */
export function checkPool(
  params: { readonly mint: Address; readonly symbol: string; readonly decimals?: number },
  context: CheckContext,
): { readonly pool: RestakingPool | undefined; readonly findings: readonly Finding[] } {
  const pool = context.view('RestakingPool', context.pdas.pool(params.mint));
  if (!pool) {
    const message = `${params.symbol} (${params.mint}) is not whitelisted`;
    return {
      pool,
      findings: [
        error('pool-not-whitelisted', message, 'Whitelist the LST first, in this SIP or an earlier one.'),
      ],
    };
  }
  const findings: Finding[] = [];
  if (pool.symbol !== params.symbol) {
    findings.push(
      error(
        'symbol-mismatch',
        `the pool of ${params.mint} is called ${pool.symbol}, not ${params.symbol}`,
        'Correct the symbol or the mint.',
      ),
    );
  }
  if (params.decimals !== undefined && pool.decimals !== params.decimals) {
    findings.push(
      error(
        'decimals-mismatch',
        `${pool.symbol} has ${pool.decimals} decimals, not ${params.decimals}`,
        `Write decimals: ${pool.decimals}.`,
      ),
    );
  }
  return { pool, findings };
}

export function checkNotRetired(pool: RestakingPool | undefined): readonly Finding[] {
  if (pool?.status !== 'retired') return [];
  return [
    error('pool-retired', `the pool of ${pool.symbol} is retired`, 'Open it first with set-pool-status.'),
  ];
}

/** What stands at an address, in the words of people. */
export async function kindOfAccount(
  reader: ChainReader,
  address: Address,
): Promise<{ owner: string; data: Uint8Array } | undefined> {
  const { accounts } = await reader.getAccounts([new PublicKey(address)]);
  const account = accounts[0];
  return account ? { owner: account.owner.toBase58(), data: account.data } : undefined;
}
