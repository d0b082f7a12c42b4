import type { TransactionInstruction } from '@solana/web3.js';
import type { DecodeContext } from '../actions/action.ts';
import { ACTIONS } from '../actions/registry.ts';
import { describeForeign } from '../foreign/index.ts';
import { type DecodedInstruction, decodeInstruction } from '../restaking/instructions.ts';
import { renderTime } from '../times.ts';
import { plainInstruction, withMergedFlags } from './context.ts';

/** What one instruction does, from its bytes. Never a guess: an unknown one is called so. */
export function describeInstruction(
  instructions: readonly TransactionInstruction[],
  at: number,
  context: DecodeContext,
): string {
  const instruction = instructions[at];
  if (!instruction) return 'nothing';
  const decoded = decodeInstruction(instruction, context.pins.programId);
  if (decoded?.name === 'begin_sip') {
    const { number, part, parts, actions, notAfter } = decoded.args;
    return `Begin SIP-${number}, part ${part} of ${parts}, with ${actions} action(s), not after ${renderTime(notAfter as bigint)}`;
  }
  if (decoded?.name === 'accept_authority') return `Accept the authority offered by SIP-${decoded.args.sip}`;
  const merged = withMergedFlags(context.pins.vault, instructions);
  // Alone, so that the caps behind an epoch's terms are described one by one; an external record needs its neighbour.
  for (const window of [merged.slice(at, at + 1), merged.slice(at, at + 2)]) {
    const found = decodedAction(window, context);
    if (found) return found.sentence;
  }
  if (decoded) return ownText(decoded);
  const announced = at > 0 && decodedAction(merged.slice(at - 1, at + 1), context)?.taken === 2;
  return `${foreignText(instruction)}${announced ? ', announced by the record before it' : '. No record announces it'}`;
}

function decodedAction(
  window: readonly TransactionInstruction[],
  context: DecodeContext,
): { readonly sentence: string; readonly taken: number } | undefined {
  for (const module of ACTIONS) {
    const found = module.decode(window, 0, context);
    if (found) return { sentence: module.describe(found.params), taken: found.taken };
  }
  return undefined;
}

/** Of whatever nothing at hand says what it derives from: by name, with all that it says. */
function ownText({ name, args, accounts }: DecodedInstruction): string {
  const on = ON.flatMap((account) => (accounts[account] ? [`${account} ${accounts[account]}`] : []));
  const with_ = Object.entries(args).map(([argument, value]) => `${argument} ${valueText(value)}`);
  return `${name} of the restaking program${listed(' on ', on)}${listed(', with ', with_)}`;
}
/** Accounts that an instruction is about, by their names in the interface. */
const ON = ['pool', 'operator', 'epoch', 'epochCap'];
const listed = (before: string, parts: readonly string[]) =>
  parts.length === 0 ? '' : `${before}${parts.join(', ')}`;

function valueText(value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one === 'number'))
    return Buffer.from(value).toString('hex');
  if (typeof value !== 'object' || value === null) return `${value ?? 'none'}`;
  const inner: readonly (readonly [string, unknown])[] = Object.entries(value);
  return inner.map(([name, one]) => `${name} ${valueText(one)}`).join(' ');
}

function foreignText(instruction: TransactionInstruction): string {
  const { programId, keys, data } = plainInstruction(instruction);
  const accounts = keys.map(({ pubkey }) => pubkey);
  return (
    describeForeign({ programId, accounts, data }) ??
    `An instruction of the program ${programId} that this console cannot read, with ${accounts.length} account(s) and ${data.length} byte(s) of data`
  );
}
