import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { folderFiles } from '#governance/adapters/files.ts';
import { VERSION } from '#governance/cli/version.ts';
import { SipError } from '#governance/errors.ts';
import { announcementOf } from '#governance/proposals/scan.ts';
import { keepReceipt, readReceipts, receiptsFile } from '#governance/receipts/beside.ts';
import { checkedReceipts } from '#governance/receipts/checked.ts';
import { faultText } from '#governance/receipts/faults.ts';
import {
  MAX_RECEIPT_BYTES,
  type Receipt,
  receiptLine,
  renderReceipts,
  signReceipt,
} from '#governance/receipts/receipt.ts';
import { reviewTransaction } from '#governance/receipts/review.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Address } from '#governance/types.ts';
import { readTransaction } from '#governance/venues/squads/state.ts';
import { besideFiles, onceEach, orElse } from '../beside.ts';
import type { Handlers } from '../engine.ts';
import { sentencesOf } from '../failure.ts';
import type { World } from '../world.ts';
import { sameSeat } from './same-seat.ts';

/** What members' consoles found, signed. Kept beside the documents, and read in every folder of them. */
export const receipts = {
  /** Of this transaction, as they lie beside the file of its text. */
  async 'proposals.receipts'({ world }, { transactionIndex }) {
    const { rpc, pins, documents, seats, nameOf } = world;
    const index = BigInt(transactionIndex);
    const sip = await textOf(world, index);
    if (!sip) return { receipts: [], problem: null };
    const found = await Promise.all(
      besideFiles(documents, MAX_RECEIPT_BYTES).map((files) =>
        checkedReceipts(rpc, pins, sip, files, sip.file),
      ),
    );
    const problem = found.find((one) => one.problem !== null)?.problem ?? null;
    return {
      receipts: onceEach(
        found.map(({ receipts }) => receipts),
        ({ receipt }) => receiptLine(receipt),
      )
        .filter(({ receipt }) => BigInt(receipt.transactionIndex) === index)
        .map(({ receipt, receipt: { member, verdict, chainTime, tool }, faults }) => ({
          ...{ id: idOf(receipt), publicKey: member, verdict, at: Number(chainTime), tool },
          seat: seats.find(({ publicKey }) => publicKey === member)?.name ?? nameOf(member),
          faults: faults.map(faultText),
        })),
      problem: problem && sentencesOf(problem),
    };
  },

  async 'proposals.give-receipt'(engine, { transactionIndex, seat }) {
    sameSeat(engine, seat);
    const { world } = engine;
    const { documents, pins, seats } = world;
    await documents.refresh();
    const index = BigInt(transactionIndex);
    const me = seats.find(({ id }) => id === engine.seat);
    if (me === undefined)
      throw new SipError('USAGE', { detail: 'nobody signs here: choose a key at the lower left' });
    const { review, sip, verification } = await reviewTransaction(world.agreed, pins, index, {
      library: documents.library,
      member: me.publicKey as Address,
      tool: VERSION,
    });
    const member = world.signer(engine.seat, {
      title: `Review receipt for transaction ${index}, SIP-${sip.header.sip}: ${sip.header.title}`,
      verdict: verification.verdict,
      digest: sip.digest,
      transactionIndex: index,
    });
    const receipt = await signReceipt(review, member);
    await keepReceipt(folderFiles(documents.folder), sip.file, receipt);
    return {
      sentence: `Gave a receipt for transaction ${index}, verdict ${review.verdict}. It is kept beside the document and approves nothing.`,
      line: `SIP-${sip.header.sip}, transaction ${index}: reviewed by ${receipt.member}, verdict ${review.verdict}, digest ${sip.digest}.`,
      signatures: [receipt.signature],
    };
  },

  /** As a file for others, where main's dialog says. */
  async 'proposals.export-receipt'({ world, outside }, { transactionIndex, id }) {
    const { documents } = world;
    const sip = await textOf(world, BigInt(transactionIndex));
    const found = sip
      ? await Promise.all(
          besideFiles(documents, MAX_RECEIPT_BYTES).map((files) => orElse(readReceipts(files, sip.file), [])),
        )
      : [];
    const receipt = found.flat().find((one) => idOf(one) === id);
    if (!sip || receipt === undefined)
      throw new SipError('USAGE', { detail: 'this receipt no longer lies here' });
    return { saved: await outside.save(receiptsFile(sip.file, receipt), renderReceipts([receipt])) };
  },
} satisfies Partial<Handlers>;

/** The text that a transaction names, as far as it is at hand. @throws SipError of the reader */
async function textOf({ rpc, pins, documents }: World, index: bigint): Promise<Sip | undefined> {
  const announced = announcementOf(await readTransaction(rpc, pins.council, index));
  return announced && documents.library.byDigest(announced.digest);
}

/** Of all that it says; a signature may stand under something else. */
const idOf = (receipt: Receipt): string => bytesToHex(sha256(receiptLine(receipt)));
