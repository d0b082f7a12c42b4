import type { ImportView } from '#desktop/shared/views/index.ts';
import { looksLikePatch, readPatch } from '#governance/handoff/patch.ts';
import { exportHandoff } from '#governance/handoff/sipz.ts';
import type { Sip } from '#governance/sip/document.ts';
import { lintFiles } from '#governance/sip/lint.ts';
import type { Address } from '#governance/types.ts';
import { diffOf } from '../diff.ts';
import type { Handlers } from '../engine.ts';
import { gitHistory } from '../git.ts';
import { readHandoff, readText, type Stored } from '../store.ts';
import type { World } from '../world.ts';
import { findingView } from './sips.ts';

/** SIPs that come as files and go as files. What was handed in is kept by its digest before anything else happens. */
export const handIn = {
  async 'sips.import'({ world }, { name, base64 }) {
    const { documents } = world;
    await documents.reload();
    const given = readGiven(base64, name);
    const stored = await documents.store.keep(given);
    const { sip } = stored;
    const author = given.author ?? stored.author;
    const there = documents.library.byNumber(sip.header.sip);
    // A file of ours that is no SIP now may be somebody's work: it is mended, not replaced.
    const free = there === undefined && !documents.isOwn(sip.file);
    const state = free ? 'new' : there?.digest === sip.digest ? 'known' : 'taken';
    if (state === 'new') await documents.save(sip.file, stored.bytes);
    else await documents.reload();
    const { findings } = lintFiles([{ file: sip.file, bytes: stored.bytes }]);
    return {
      sip: sip.header.sip,
      title: sip.header.title,
      digest: sip.digest,
      author,
      authorName: author === null ? null : memberName(world, author),
      state,
      findings: findings.map(findingView),
      diff: state === 'taken' && there ? diffOf(there.text, sip.text) : [],
    } satisfies ImportView;
  },

  async 'sips.export'({ world, seat, outside }, { sip: number, form }) {
    const sip = world.documents.sip(number);
    const bytes = new TextEncoder().encode(sip.text);
    if (form === 'md') return { saved: await outside.save(sip.file, bytes) };
    const author = world.signer(seat, {
      title: `Hand in SIP-${number}: ${sip.header.title}`,
      verdict: null,
      digest: sip.digest,
      transactionIndex: null,
    });
    const file = await exportHandoff(bytes, author, () => ({ sip: number, digest: sip.digest }));
    return { saved: await outside.save(sip.file.replace(/\.md$/, '.sipz'), file) };
  },

  async 'sips.history'({ world: { documents } }, { sip: number }) {
    const sip = documents.sip(number);
    const folder = documents.sourceOf(sip);
    const history = folder === null ? null : await gitHistory(folder, sip.file);
    if (history === null) return null;
    const { commits, committed } = history;
    return {
      commits: commits.map((commit) => ({ ...commit })),
      uncommitted: committed === null ? null : diffOf(committed, sip.text),
    };
  },

  async 'sips.changes'({ world }, { sip: number }) {
    const { documents } = world;
    const sip = documents.sip(number);
    const announced = (await world.snapshot()).scan.transactions.filter(
      ({ announcement }) => announcement.number === number,
    );
    const what = (other: Sip): string => {
      const indexes = announced
        .filter(({ announcement }) => announcement.digest === other.digest)
        .map(({ transactionIndex }) => transactionIndex);
      return indexes.length > 0
        ? `Submitted as transaction ${indexes.join(', ')}`
        : 'Another text of this number';
    };
    return documents.others(sip).map((other) => ({
      what: what(other),
      digest: other.digest,
      author: documents.store.byDigest(other.digest)?.author ?? null,
      diff: diffOf(other.text, sip.text),
    }));
  },
} satisfies Partial<Handlers>;

/** A `.sipz`, a patch that adds a SIP, or the SIP itself; told apart by how it begins, never by its name. */
export function readGiven(base64: string, name: string): Stored {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  if (start.startsWith('{')) return readHandoff(bytes, name);
  return readText(looksLikePatch(start) ? readPatch(bytes, name).text : bytes, name);
}

function memberName({ seats, lastSnapshot, nameOf }: World, key: string): string | null {
  const seat = seats.find(({ publicKey, permissions }) => publicKey === key && permissions.length > 0);
  if (seat) return seat.name;
  const member = lastSnapshot()?.scan.council.members.some((one) => one.key === key);
  return member ? nameOf(key as Address) : null;
}
