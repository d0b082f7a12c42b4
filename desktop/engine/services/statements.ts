import { folderFiles } from '#governance/adapters/files.ts';
import { keepChangeRequest } from '#governance/change-requests/beside.ts';
import { CHANGE_REQUEST_FAULTS, checkChangeRequest } from '#governance/change-requests/check.ts';
import { parseChangeRequests } from '#governance/change-requests/request.ts';
import { SipError } from '#governance/errors.ts';
import { takeReceipt } from '#governance/receipts/beside.ts';
import { checkReceipt } from '#governance/receipts/check.ts';
import { RECEIPT_FAULTS } from '#governance/receipts/faults.ts';
import { parseReceipts } from '#governance/receipts/receipt.ts';
import type { Handlers } from '../engine.ts';
import type { World } from '../world.ts';
import { knownOf } from './change-requests.ts';

/** Signed words that somebody sent as a file. Of one that is not what it says nothing is taken. */
export const statements = {
  async 'sips.import-statements'({ world }, { name, base64 }) {
    await world.documents.refresh();
    const content = new Uint8Array(Buffer.from(base64, 'base64'));
    return isReceipts(content) ? takeReceipts(world, content, name) : takeRequests(world, content, name);
  },
} satisfies Partial<Handlers>;

/** Told apart by what is in it, never by its name: of the two only a receipt has a verdict. */
function isReceipts(content: Uint8Array): boolean {
  const [line = ''] = new TextDecoder().decode(content).split('\n', 1);
  try {
    return Object.hasOwn(JSON.parse(line) as object, 'verdict');
  } catch {
    return false;
  }
}

async function takeRequests(world: World, content: Uint8Array, name: string) {
  const { documents } = world;
  const requests = parseChangeRequests(content, name);
  const known = await knownOf(world);
  // All lines of a file name one SIP.
  const sip = documents.sip(requests[0]?.sip ?? 0);
  const [fault] = requests.flatMap((request) => checkChangeRequest(request, sip, known).faults);
  if (fault !== undefined)
    throw new SipError('CHANGE_REQUEST_INVALID', { file: name, detail: CHANGE_REQUEST_FAULTS[fault.code] });
  for (const request of requests) await keepChangeRequest(folderFiles(documents.folder), sip.file, request);
  world.requests.forget();
  return { kind: 'requests' as const, sip: sip.header.sip, taken: requests.length };
}

/** What is said of the chain in it is compared where it is shown. */
async function takeReceipts({ documents, pins, genesisHash }: World, content: Uint8Array, name: string) {
  const receipts = parseReceipts(content, name);
  // All lines of a file name one text.
  const [first] = receipts;
  const sip = documents.library.byDigest(first?.digest ?? '');
  if (sip === undefined)
    throw new SipError('RECEIPT_TEXT_MISSING', { transactionIndex: first?.transactionIndex });
  const [fault] = receipts.flatMap((receipt) => checkReceipt(receipt, { ...pins, genesisHash, sip }));
  if (fault !== undefined)
    throw new SipError('RECEIPT_INVALID', { file: name, detail: RECEIPT_FAULTS[fault.code] });
  let taken = 0;
  for (const receipt of receipts)
    if (await takeReceipt(folderFiles(documents.folder), sip.file, receipt)) taken += 1;
  return { kind: 'receipts' as const, sip: sip.header.sip, taken };
}
