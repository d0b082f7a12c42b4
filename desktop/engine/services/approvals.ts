import { folderFiles } from '#governance/adapters/files.ts';
import { VERSION } from '#governance/cli/version.ts';
import { SipError } from '#governance/errors.ts';
import { approvalsOf } from '#governance/proposals/provenance.ts';
import { announcementOf } from '#governance/proposals/scan.ts';
import { keepReceipt } from '#governance/receipts/beside.ts';
import { checkedReceipts } from '#governance/receipts/checked.ts';
import { faultText } from '#governance/receipts/faults.ts';
import { MAX_RECEIPT_BYTES, receiptLine, signReceipt } from '#governance/receipts/receipt.ts';
import { reviewTransaction } from '#governance/receipts/review.ts';
import type { Address } from '#governance/types.ts';
import { readTransaction } from '#governance/venues/squads/state.ts';
import { distanceText } from '#governance/words/times.ts';
import { besideFiles, onceEach } from '../beside.ts';
import type { Handlers } from '../engine.ts';
import { sentencesOf } from '../failure.ts';
import { sameSeat } from './same-seat.ts';

export const approvals = {
  /** Apart from reading a proposal: it asks for each transaction of its history. */
  async 'proposals.approvals'({ world }, { transactionIndex }) {
    const { rpc, pins, seats, nameOf } = world;
    const [found, { unixTimestamp: now }] = await Promise.all([
      approvalsOf(rpc, pins.council, BigInt(transactionIndex)),
      rpc.clock(),
    ]);
    return found.map(({ member, signature, at, feePayer, overNonce, besides }) => ({
      seat: seats.find(({ publicKey }) => publicKey === member)?.name ?? nameOf(member),
      publicKey: member,
      signature,
      when: at === null ? 'at a time that the endpoint does not know' : distanceText(at, now),
      warnings: [
        ...(overNonce ? ['Sent over a durable nonce: it may have been signed at any time before.'] : []),
        ...(feePayer === member ? [] : [`Paid for by another key, ${feePayer}.`]),
        ...(besides.length === 0
          ? []
          : [`In one transaction with something else, of ${besides.join(', ')}.`]),
      ],
    }));
  },

  /** Of this transaction, as they lie beside the file of its text. */
  async 'proposals.receipts'({ world }, { transactionIndex }) {
    const { rpc, pins, documents, seats, nameOf } = world;
    const index = BigInt(transactionIndex);
    const pair = await readTransaction(rpc, pins.council, index);
    const announced = announcementOf(pair);
    const sip = announced && documents.library.byDigest(announced.digest);
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
        .map(({ receipt: { member, verdict, chainTime, tool }, faults }) => ({
          ...{ publicKey: member, verdict, at: Number(chainTime), tool },
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
} satisfies Partial<Handlers>;
