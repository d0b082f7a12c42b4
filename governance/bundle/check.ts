import { textOf } from '../proposals/judge.ts';
import { pinsOf } from '../restaking/pdas.ts';
import type { Sip } from '../sip/document.ts';
import { parseUnnamed } from '../sip/parse-unnamed.ts';
import type { Address, UnixSeconds } from '../types.ts';
import { type Verification, verifyTransaction } from '../verify/index.ts';
import { derive } from './derive.ts';
import type { Bundle } from './document.ts';

/** Ways in which what a bundle says is not what follows from its text, its account bytes and this console's pins. */
export const FAULTS = {
  'council-not-pinned': 'the council is another than the one pinned here',
  'program-not-pinned': 'the program is another than the one pinned here',
  'genesis-not-pinned': 'it was read from another cluster than the one pinned here',
  'vault-false': 'the vault is not the one of this council',
  'sip-false': 'the text has another number',
  'digest-false': 'the text has another digest',
  'idl-false': 'it was written for another interface of the program than this console knows',
  'message-hash-false': 'the message on chain has another hash',
  'instructions-false': 'the message on chain does something else than these lines say',
  'effect-false': 'the text leaves something else on chain than these lines say',
} as const;
export type FaultCode = keyof typeof FAULTS;

export interface Fault {
  readonly code: FaultCode;
  readonly stated: string;
  readonly derived: string;
}

/** What whoever checks knows from elsewhere; the program and the council have to be known. */
export interface Pinned {
  readonly programId: Address;
  readonly council: Address;
  readonly genesisHash?: string | undefined;
}

export interface BundleCheck {
  readonly sip: Sip;
  /** Of the text and the account bytes alone. */
  readonly verification: Verification;
  readonly faults: readonly Fault[];
  /** As derived here, whatever the bundle says. */
  readonly messageHash: string | null;
  readonly instructions: readonly string[];
  readonly effect: readonly string[];
}

/**
 * Derives everything again from the text and the account bytes; nothing that the bundle says is used for that. The
 * verdict is on the pinned council and program.
 * @param file name for messages
 * @throws SipError SIP_INVALID where the text is no SIP
 */
export function checkBundle(bundle: Bundle, pinned: Pinned, file: string): BundleCheck {
  const sip = parseUnnamed(bundle.text, file);
  const pins = pinsOf(pinned.programId, pinned.council);
  const derived = derive(sip, pins, bundle.accounts.transaction);
  const faults: Fault[] = [];
  const compare = (code: FaultCode, stated: string, truth: string) => {
    if (stated !== truth) faults.push({ code, stated, derived: truth });
  };
  compare('council-not-pinned', bundle.council, pins.council);
  compare('program-not-pinned', bundle.programId, pins.programId);
  if (pinned.genesisHash !== undefined) compare('genesis-not-pinned', bundle.genesisHash, pinned.genesisHash);
  compare('vault-false', bundle.vault, pins.vault);
  compare('sip-false', `${bundle.sip}`, `${sip.header.sip}`);
  compare('digest-false', bundle.digest, sip.digest);
  compare('idl-false', bundle.idlHash, derived.idlHash);
  compare('message-hash-false', bundle.messageHash ?? 'none', derived.messageHash ?? 'none');
  compare('instructions-false', JSON.stringify(bundle.instructions), JSON.stringify(derived.instructions));
  compare('effect-false', JSON.stringify(bundle.effect), JSON.stringify(derived.effect));
  const verification = verifyTransaction({
    pins,
    transactionIndex: BigInt(bundle.transactionIndex),
    text: textOf(sip, pins),
    accounts: bundle.accounts,
    clock: bundle.chainTime as UnixSeconds,
  });
  const { messageHash, instructions, effect } = derived;
  return { sip, verification, faults, messageHash, instructions, effect };
}
