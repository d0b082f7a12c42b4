import type { InboxRow } from '#desktop/shared/views/index.ts';
import type { ChangeRequest } from '#governance/change-requests/request.ts';
import type { DerivedStatus } from '#governance/lifecycle/derive.ts';
import type { Snapshot, TrackedSip } from '#governance/lifecycle/track.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { distanceText } from '#governance/words/times.ts';
import type { RequestsByDigest } from '../open-requests.ts';
import type { World } from '../world.ts';

/** Afterwards another text comes too late. */
const OPEN: ReadonlySet<DerivedStatus> = new Set(['Draft', 'Review', 'Submitted', 'Approved']);

/**
 * Texts that wait for an answer of their author. Whose a text is its signature says; of one that nobody signed nobody
 * knows, so everybody but who asked may be its author. A new text has another digest, and nothing is asked of that.
 * @param me the key that signs
 */
export function requestRows(
  tracked: readonly TrackedSip[],
  requests: RequestsByDigest,
  snapshot: Snapshot,
  world: World,
  me: string | undefined,
): InboxRow[] {
  const members = snapshot.scan.council.members.map(({ key }) => key as string);
  return tracked.flatMap(({ sip, status }): InboxRow[] => {
    const author = world.documents.store.byDigest(sip.digest)?.author ?? null;
    const asked = (requests.get(sip.digest) ?? []).filter(({ reviewer }) => reviewer !== me);
    // A member's before anybody else's.
    const [first] = [...asked.filter(({ reviewer }) => members.includes(reviewer)), ...asked];
    if (first === undefined || !OPEN.has(status) || (author !== null && author !== me)) return [];
    const isMember = members.includes(first.reviewer);
    const tone = isMember ? 'warn' : 'plain';
    const others = new Set(asked.map(({ reviewer }) => reviewer)).size - 1;
    return [
      {
        id: `requests-${sip.header.sip}`,
        symbol: '✎',
        tone,
        title: `SIP-${sip.header.sip} · ${sip.header.title}`,
        detail: askedText(first, isMember, others, snapshot.scan.now, world),
        chip: { text: 'Changes asked for', tone },
        verb: 'Read',
        primary: false,
        route: `sip/${sip.header.sip}`,
      },
    ];
  });
}

/** Who asks, and since when. */
function askedText(
  { reviewer, chainTime }: ChangeRequest,
  isMember: boolean,
  others: number,
  now: UnixSeconds,
  { seats, nameOf }: World,
): string {
  const name = seats.find(({ publicKey }) => publicKey === reviewer)?.name ?? nameOf(reviewer);
  const who = isMember ? name : `${name}, no member of this council,`;
  // Its signer may have made the time up.
  const when = distanceText(chainTime < now ? chainTime : now, now);
  const more = others === 0 ? '' : ` So did ${others === 1 ? '1 other' : `${others} others`}.`;
  return `${who} asked for changes to its text ${when}.${more}`;
}
