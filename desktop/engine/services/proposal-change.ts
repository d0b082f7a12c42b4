import type { ChangeView, CouncilChangeView } from '#desktop/shared/views/index.ts';
import { type CouncilChangeReview, reviewChange } from '#governance/proposals/council-change.ts';
import type { World } from '../world.ts';
import { postureView } from './council.ts';
import type { Facts } from './proposal-facts.ts';

/** A transaction that changes the council itself; it belongs to no text. */

export interface FoundChange {
  /** Null where its bytes cannot be read. */
  readonly review: CouncilChangeReview | null;
}

/** Undefined for any other transaction. @param raw its account's data */
export async function changeIn(
  { pair }: Facts,
  raw: Uint8Array,
  world: World,
): Promise<FoundChange | undefined> {
  if (pair.transaction?.kind !== 'config') return undefined;
  const { scan, state } = await world.snapshot();
  return { review: reviewChange(raw, scan, state.config, world.documents.library) };
}

const UNREADABLE: CouncilChangeView = {
  ...{ readable: false, trouble: '', posture: [], makesStale: true, voids: [], hash: null, announcedBy: [] },
};

export function councilChangeView({ review }: FoundChange, { documents }: World): CouncilChangeView {
  if (review === null) return UNREADABLE;
  const { trouble, posture, makesStale, voids, hash, announcedBy } = review;
  const titleOf = (sip: number | null): string => {
    if (sip === null) return 'carries no SIP';
    const title = documents.library.byNumber(sip)?.header.title;
    return title === undefined ? `SIP-${sip}` : `SIP-${sip} · ${title}`;
  };
  return {
    readable: true,
    trouble: trouble ?? '',
    // What to do about them is not to let it come to that.
    posture: posture.map((one) => postureView({ ...one, remedy: '' })),
    makesStale,
    voids: voids.map(({ transactionIndex, sip }) => ({
      transactionIndex: transactionIndex.toString(),
      title: titleOf(sip),
    })),
    hash,
    announcedBy: announcedBy.map(({ header }) => header.sip),
  };
}

/** Before → after in the form in which a SIP's is shown. */
export const changesIn = ({ review }: FoundChange, { seats }: World): ChangeView[] =>
  (review?.changes ?? []).map(({ subject, address, field, before, after }) => ({
    account: seats.find(({ publicKey }) => publicKey === address)?.name ?? subject,
    ...{ address, field, before, after },
    source: '',
  }));
