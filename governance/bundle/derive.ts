import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { expectationsOf } from '../lifecycle/expected.ts';
import idl from '../restaking/generated/restaking.json' with { type: 'json' };
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import {
  type AccountBytes,
  decodeVaultTransaction,
  SQUADS_PROGRAM,
  type VaultTransaction,
} from '../verify/index.ts';
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
  const decoded = decodedIn(transaction);
  if (decoded === undefined) return { messageHash: null, instructions: [] };
  return {
    messageHash: messageHashOf(transaction),
    instructions: instructionLines(decoded.message, pins.programId),
  };
}

/** SHA-256 of the message as a vault transaction's account stores it; null where there is none to be read. */
export function messageHashOf(transaction: AccountBytes | null): string | null {
  const decoded = decodedIn(transaction);
  if (transaction === null || decoded === undefined) return null;
  return bytesToHex(sha256(transaction.data.subarray(...decoded.spans.message.whole)));
}

function decodedIn(transaction: AccountBytes | null): VaultTransaction | undefined {
  if (transaction === null || transaction.owner !== SQUADS_PROGRAM) return undefined;
  const decoded = decodeVaultTransaction(transaction.data);
  return decoded.ok ? decoded.value : undefined;
}
