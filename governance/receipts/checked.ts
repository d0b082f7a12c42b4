import type { ChainReader, Files } from '../chain/ports.ts';
import { isSipError, type SipError } from '../errors.ts';
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import { readReceipts } from './beside.ts';
import { checkReceipt, readKnown } from './check.ts';
import type { ReceiptFault } from './faults.ts';
import type { Receipt } from './receipt.ts';

export interface CheckedReceipt {
  readonly receipt: Receipt;
  /** Empty where it is what it says. */
  readonly faults: readonly ReceiptFault[];
}

export interface ReceiptsAtHand {
  readonly receipts: readonly CheckedReceipt[];
  /** Why the files beside the text were not read; null where they were. */
  readonly problem: SipError | null;
}

/**
 * The receipts beside a SIP's file, each compared with the text, the pins and the chain. A file that is no receipt is a
 * problem to tell and stops nothing: receipts decide nothing.
 * @param files of the folder in which the SIP's file lies @throws SipError of the reader
 */
export async function checkedReceipts(
  reader: ChainReader,
  pins: Pins,
  sip: Sip,
  files: Pick<Files, 'list' | 'read'>,
  sipFile: string,
): Promise<ReceiptsAtHand> {
  let found: readonly Receipt[];
  try {
    found = await readReceipts(files, sipFile);
  } catch (error) {
    if (isSipError(error)) return { receipts: [], problem: error };
    throw error;
  }
  const receipts: CheckedReceipt[] = [];
  for (const receipt of found) {
    const known = await readKnown(reader, pins, receipt);
    // A text that changed since has a digest of its own: what was said of the old one says nothing here.
    receipts.push({ receipt, faults: checkReceipt(receipt, { ...known, sip }) });
  }
  return { receipts, problem: null };
}
