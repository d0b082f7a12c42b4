import { folderFiles } from '#governance/adapters/files.ts';
import type { Audit } from '#governance/audit/document.ts';
import { readJournal } from '#governance/chain/journal.ts';
import { VERSION } from '#governance/cli/version.ts';
import { importHandoff } from '#governance/handoff/sipz.ts';
import { readReceipts } from '#governance/receipts/beside.ts';
import { MAX_RECEIPT_BYTES } from '#governance/receipts/receipt.ts';
import { readReasons } from '#governance/venues/squads/reasons.ts';
import type { Handlers } from '../engine.ts';
import { plainFiles } from '../plain-files.ts';
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
    const files = folderFiles(documents.folder);
    const [reasons, receipts, journal] = await Promise.all([
      readReasons(files, sip.file),
      readReceipts(plainFiles(documents.folder, MAX_RECEIPT_BYTES), sip.file),
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
