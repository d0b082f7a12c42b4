import { basename, dirname, join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import type { ChainReader, Signer } from '#governance/chain/ports.ts';
import type { SipLibrary } from '#governance/proposals/library.ts';
import type { Receipt } from '#governance/receipts/receipt.ts';
import type { Address, Pins } from '#governance/types.ts';
import type { Verification } from '#governance/verify/index.ts';
import type { Context } from './context.ts';
import { tell } from './render/screen.ts';
import { VERSION } from './version.ts';

export interface Given {
  readonly receipt: Receipt;
  readonly verification: Verification;
  /** Where it was kept. */
  readonly file: string;
}

/**
 * Judges a transaction, shows what will be signed, signs it, and keeps it beside the text.
 * @param reader by the cluster's quorum
 * @throws SipError RECEIPT_TEXT_MISSING, RECEIPT_INVALID, NOT_A_MEMBER, FILE_UNWRITABLE, and of the reader
 */
export async function giveReceipt(
  context: Context,
  reader: ChainReader,
  pins: Pins,
  about: { readonly transactionIndex: bigint; readonly library: SipLibrary },
  key: Signer,
): Promise<Given> {
  const { reviewTransaction } = await import('#governance/receipts/review.ts');
  const { receiptStatement, signReceipt } = await import('#governance/receipts/receipt.ts');
  const { keepReceipt } = await import('#governance/receipts/beside.ts');
  const member = key.publicKey.toBase58() as Address;
  const { transactionIndex, library } = about;
  const reviewed = await reviewTransaction(reader, pins, transactionIndex, {
    library,
    member,
    tool: VERSION,
  });
  const { review, sip, verification } = reviewed;
  tell(context, 'Signed as a receipt, which approves nothing:');
  for (const line of receiptStatement(review).split('; ')) tell(context, `  ${line}`);
  const receipt = await signReceipt(review, key);
  const path = context.path(sip.file);
  const name = await keepReceipt(folderFiles(dirname(path)), basename(path), receipt);
  return { receipt, verification, file: join(dirname(path), name) };
}
