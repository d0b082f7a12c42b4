import type { Audit } from '#governance/audit/document.ts';
import { readJournal } from '#governance/chain/journal.ts';
import { VERSION } from '#governance/cli/version.ts';
import { importHandoff } from '#governance/handoff/sipz.ts';
import { readReceipts } from '#governance/receipts/beside.ts';
import { checkReceipt } from '#governance/receipts/check.ts';
import { MAX_RECEIPT_BYTES, type Receipt, receiptLine } from '#governance/receipts/receipt.ts';
import type { Sip } from '#governance/sip/document.ts';
import { readReasons } from '#governance/venues/squads/reasons.ts';
import { besideFiles, onceEach } from '../beside.ts';
import type { Documents } from '../documents.ts';
import type { Handlers } from '../engine.ts';
import { allReasons } from '../reasons.ts';
import type { Stored } from '../store.ts';

/** A SIP's whole way in one file for third parties. */
export const audit = {
  /** Nobody answers for it: what can't be derived is on the exporter's word, and `sip audit --sign` gives that. */
  async 'sips.audit'({ world, outside }, { sip: number }) {
    // It brings what reads a whole council; nobody needs it at the start.
    const { gatherAudit } = await import('#governance/audit/gather.ts');
    const { renderAudit } = await import('#governance/audit/document.ts');
    const { rpc, pins, documents } = world;
    const sip = documents.sip(number);
    const [reasons, receipts, journal] = await Promise.all([
      allReasons(documents, (files) => readReasons(files, sip.file)),
      receiptsOf(documents, sip),
      readJournal(world.files, world.journal),
    ]);
    const gathered = await gatherAudit(rpc, pins, sip, {
      text: new TextEncoder().encode(sip.text),
      handoff: handedIn(documents.store.byDigest(sip.digest)),
      ...{ reasons, receipts, journal, tool: VERSION },
    });
    const name = sip.file.replace(/\.md$/, '.audit.json');
    return { saved: await outside.save(name, renderAudit(gathered)) };
  },
} satisfies Partial<Handlers>;

/** What is forged is nobody's word; the Votes tab shows it. @throws SipError RECEIPT_INVALID, RECEIPT_TOO_NEW, FILE_UNREADABLE */
async function receiptsOf(documents: Documents, sip: Sip): Promise<readonly Receipt[]> {
  const found = await Promise.all(
    besideFiles(documents, MAX_RECEIPT_BYTES).map((files) => readReceipts(files, sip.file)),
  );
  return onceEach(found, receiptLine).filter((one) => checkReceipt(one, { sip }).length === 0);
}

/** Author and signature, where somebody handed this very text in. */
function handedIn(stored: Stored | undefined): Audit['handoff'] {
  if (!stored?.handoff) return null;
  const { sip } = stored;
  const { author, signature } = importHandoff(stored.handoff, sip.file, () => ({
    sip: sip.header.sip,
    digest: sip.digest,
  }));
  return { author, signature };
}
