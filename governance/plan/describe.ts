import type { TransactionInstruction } from '@solana/web3.js';
import type { DecodeContext } from '../actions/action.ts';
import { ACTIONS } from '../actions/registry.ts';
import { decodeInstruction } from '../restaking/instructions.ts';
import { renderTime } from '../times.ts';

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
  // Alone, so that the caps behind an epoch's terms are described one by one; an external record needs its neighbour.
  for (const window of [instructions.slice(at, at + 1), instructions.slice(at, at + 2)]) {
    for (const module of ACTIONS) {
      const found = module.decode(window, 0, context);
      if (found) return module.describe(found.params);
    }
  }
  if (decoded) return `${decoded.name} of the restaking program`;
  return `An instruction of the program ${instruction.programId.toBase58()}, announced by the record before it`;
}
