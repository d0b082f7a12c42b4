import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { expectationsOf } from '../lifecycle/expected.ts';
import idl from '../restaking/generated/restaking.json' with { type: 'json' };
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import { type AccountBytes, decodeVaultTransaction, SQUADS_PROGRAM } from '../verify/index.ts';
import { effectLines, instructionLines } from './lines.ts';

/** What a bundle says of its own content; whoever writes one and whoever checks one derive it here. */
export interface Derived {
  readonly idlHash: string;
  readonly messageHash: string | null;
  readonly instructions: readonly string[];
  readonly effect: readonly string[];
}

export const IDL_HASH: string = bytesToHex(sha256(utf8ToBytes(JSON.stringify(idl))));

export function derive(sip: Sip, pins: Pins, transaction: AccountBytes | null): Derived {
  return {
    idlHash: IDL_HASH,
    ...messageOf(transaction, pins),
    effect: effectLines(expectationsOf(sip, pins)),
  };
}

function messageOf(
  transaction: AccountBytes | null,
  pins: Pins,
): Pick<Derived, 'messageHash' | 'instructions'> {
  const nothing = { messageHash: null, instructions: [] };
  if (transaction === null || transaction.owner !== SQUADS_PROGRAM) return nothing;
  const decoded = decodeVaultTransaction(transaction.data);
  if (!decoded.ok) return nothing;
  const { message, spans } = decoded.value;
  return {
    messageHash: bytesToHex(sha256(transaction.data.subarray(...spans.message.whole))),
    instructions: instructionLines(message, pins.programId),
  };
}
