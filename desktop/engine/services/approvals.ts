import { folderFiles } from '#governance/adapters/files.ts';
import type { SipError } from '#governance/errors.ts';
import { approvalsOf } from '#governance/proposals/provenance.ts';
import { announcementOf } from '#governance/proposals/scan.ts';
import { checkedReceipts } from '#governance/receipts/checked.ts';
import { faultText } from '#governance/receipts/faults.ts';
import { readTransaction } from '#governance/venues/squads/state.ts';
import { distanceText } from '#governance/words/times.ts';
import type { Handlers } from '../engine.ts';
import { remedyOf } from '../remedies.ts';

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
    const { rpc, pins, documents, nameOf } = world;
    const index = BigInt(transactionIndex);
    const pair = await readTransaction(rpc, pins.council, index);
    const announced = announcementOf(pair);
    const sip = announced && documents.library.byDigest(announced.digest);
    const folder = sip && documents.folderOf(sip);
    if (!sip || folder === undefined) return { receipts: [], problem: null };
    const { receipts, problem } = await checkedReceipts(rpc, pins, sip, folderFiles(folder), sip.file);
    return {
      receipts: receipts
        .filter(({ receipt }) => BigInt(receipt.transactionIndex) === index)
        .map(({ receipt: { member, verdict, chainTime, tool }, faults }) => ({
          ...{ seat: nameOf(member), publicKey: member, verdict, at: Number(chainTime), tool },
          faults: faults.map(faultText),
        })),
      problem: problem && problemText(problem),
    };
  },
} satisfies Partial<Handlers>;

/** Without the path, which is nothing for the page. */
const problemText = (problem: SipError): string =>
  problem.code.startsWith('RECEIPT_')
    ? `${problem.message} ${remedyOf(problem)}`
    : 'The files beside the text cannot be read. Check the permissions of their folder.';
