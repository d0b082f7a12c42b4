import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils';
import { actionOf } from '../actions/registry.ts';
import { keyOf } from '../chain/address.ts';
import type { Sip } from '../sip/document.ts';
import type { Address } from '../types.ts';
import type { SipLibrary } from './library.ts';

/**
 * A text can announce a config transaction by the hash of its actions. That says what the text wants, and no more: the
 * transaction's bytes name no digest, so whoever repeats the actions later has the hash again. It is no verdict.
 */

/** DESIGN: "solayer-config-v1\0" ‖ multisig ‖ Borsh of the vector of actions, as the account holds it. */
export function hashOfChange(council: Address, actionBytes: Uint8Array): string {
  return bytesToHex(
    sha256(concatBytes(utf8ToBytes('solayer-config-v1\0'), keyOf(council).toBytes(), actionBytes)),
  );
}

/** The texts at hand that announce it, by number. */
export function textsAnnouncing({ sips }: SipLibrary, council: Address, hash: string): readonly Sip[] {
  return sips.filter(({ actions }) =>
    actions.some(({ kind, params }) => {
      const announced = actionOf(kind)?.announces?.(params);
      return announced?.multisig === council && announced.hash === hash;
    }),
  );
}
