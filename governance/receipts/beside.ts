import type { Files } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { parseReceipts, placeOf, type Receipt, renderReceipts } from './receipt.ts';

/** Receipts beside the SIP file, as reasons are: one file for each member and digest. */

/** @param sipFile path of the SIP inside the folder of `files` */
export function receiptsFile(
  sipFile: string,
  { digest, member }: Pick<Receipt, 'digest' | 'member'>,
): string {
  return `${sipFile}.receipts.${digest}.${member}.jsonl`;
}

const NAME = /^(.+)\.receipts\.[0-9a-f]{64}\.[1-9A-HJ-NP-Za-km-z]{32,44}\.jsonl$/;

/** The SIP file that receipts of this name lie beside; undefined for a name of another kind. */
export function besideOf(path: string): string | undefined {
  return NAME.exec(path)?.[1];
}

/**
 * A later receipt about the same transaction takes the place of the earlier one.
 * @returns the file's name
 * @throws SipError RECEIPT_INVALID where the file that is there cannot be read; it is left alone. FILE_UNWRITABLE
 */
export async function keepReceipt(files: Files, sipFile: string, receipt: Receipt): Promise<string> {
  const path = receiptsFile(sipFile, receipt);
  const there = await files.read(path);
  const others = there === null ? [] : parseReceipts(there, path);
  const kept = others.filter((other) => placeOf(other) !== placeOf(receipt));
  await files.write(path, renderReceipts([...kept, receipt]));
  return path;
}

/**
 * One that somebody sent. It may be an old one: what its member said later about the same transaction stays.
 * @returns whether it was kept
 * @throws as keepReceipt
 */
export async function takeReceipt(files: Files, sipFile: string, receipt: Receipt): Promise<boolean> {
  const path = receiptsFile(sipFile, receipt);
  const there = await files.read(path);
  const others = there === null ? [] : parseReceipts(there, path);
  const same = others.find((other) => placeOf(other) === placeOf(receipt));
  if (same && same.chainTime >= receipt.chainTime) return false;
  await keepReceipt(files, sipFile, receipt);
  return true;
}

/** Of all members and digests. @throws SipError RECEIPT_INVALID, RECEIPT_TOO_NEW, FILE_UNREADABLE */
export async function readReceipts(
  files: Pick<Files, 'list' | 'read'>,
  sipFile: string,
): Promise<readonly Receipt[]> {
  const names = (await files.list('.')).filter((name) => besideOf(name) === sipFile).sort();
  const found: Receipt[] = [];
  for (const name of names) {
    const receipts = parseReceipts((await files.read(name)) ?? new Uint8Array(), name);
    const [first] = receipts;
    if (first === undefined || receiptsFile(sipFile, first) !== name)
      throw new SipError('RECEIPT_INVALID', { file: name, detail: 'its name says another member or text' });
    found.push(...receipts);
  }
  return found;
}
