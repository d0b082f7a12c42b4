import type { ChainReader } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { readFacts } from '../proposals/judge.ts';
import type { SipLibrary } from '../proposals/library.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';
import { type Verification, type VerifyInput, verifyTransaction } from '../verify/index.ts';
import { derive } from './derive.ts';
import { BUNDLE_VERSION, type Bundle } from './document.ts';

/**
 * Reads one council transaction and puts it into a bundle with its text, whatever the verdict is.
 * @param tool version of this console
 * @throws SipError of the reader, BUNDLE_TEXT_MISSING
 */
export async function makeBundle(
  reader: ChainReader,
  pins: Pins,
  transactionIndex: bigint,
  texts: { readonly insistOn: Sip } | { readonly library: SipLibrary },
  tool: string,
): Promise<{ readonly bundle: Bundle; readonly verification: Verification }> {
  const { input, sip, slot } = await readFacts(reader, pins, transactionIndex, texts);
  if (sip === undefined) throw new SipError('BUNDLE_TEXT_MISSING', { transactionIndex });
  const genesisHash = (await reader.genesisHash()) as Address;
  return {
    bundle: bundleOf(input, sip, { genesisHash, slot, tool }),
    verification: verifyTransaction(input),
  };
}

/** The bundle of what was read. */
export function bundleOf(
  { pins, transactionIndex, accounts, clock }: VerifyInput,
  sip: Sip,
  read: { readonly genesisHash: Address; readonly slot: bigint; readonly tool: string },
): Bundle {
  const derived = derive(sip, pins, accounts.transaction);
  return {
    schemaVersion: BUNDLE_VERSION,
    tool: read.tool,
    genesisHash: read.genesisHash,
    slot: read.slot,
    chainTime: clock,
    programId: pins.programId,
    council: pins.council,
    vault: pins.vault,
    transactionIndex: Number(transactionIndex),
    sip: sip.header.sip,
    digest: sip.digest,
    text: new TextEncoder().encode(sip.text),
    idlHash: derived.idlHash,
    messageHash: derived.messageHash,
    accounts: {
      multisig: accounts.multisig,
      transaction: accounts.transaction,
      proposal: accounts.proposal,
      sipRecord: accounts.sipRecord,
      config: accounts.config ?? null,
    },
    instructions: [...derived.instructions],
    effect: [...derived.effect],
  };
}
