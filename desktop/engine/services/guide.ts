import type { GuideView } from '#desktop/shared/views/index.ts';
import { SipError } from '#governance/errors.ts';
import type { DueStep } from '#governance/lifecycle/derive.ts';
import { trackSip } from '#governance/lifecycle/track.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { draftsOf } from '../drafts.ts';
import type { Handlers } from '../engine.ts';
import { firstSip, isFirstSip } from '../first-sip.ts';
import { heard } from '../heard.ts';
import { newDraft } from '../new-draft.ts';
import type { World } from '../world.ts';

/** A first SIP's whole way, on the network inside this computer alone: where it is, and what is next. */
export const guide = {
  async 'guide.read'({ world }) {
    if (world.sandbox === null) return null;
    const { documents, pins } = world;
    await documents.refresh();
    const saved = documents.library.sips.find(({ file }) => isFirstSip(file));
    if (saved === undefined) {
      const kept = (await draftsOf(world)).find(({ fileName }) => isFirstSip(fileName));
      return { ...NOTHING, stage: kept ? 'save' : 'draft', sip: kept?.sip ?? null };
    }
    const { snapshot } = await heard(world);
    if (snapshot === null) return null;
    const { status, due } = trackSip(snapshot, pins, saved);
    const found = stageOf(world, status, due, snapshot.scan.now);
    return found && { ...found, sip: saved.header.sip };
  },

  async 'guide.draft'({ world }) {
    if (world.sandbox === null)
      throw new SipError('USAGE', { detail: 'the guide is for the network inside this computer' });
    return newDraft(world, await nextFirstSip(world));
  },
} satisfies Partial<Handlers>;

async function nextFirstSip(world: World) {
  const { state, scan } = await world.snapshot();
  return firstSip(state.config?.nextEpoch ?? 0, scan.now);
}

const NOTHING = { transactionIndex: null, epoch: null, waitSeconds: 0, seats: [] };

/** Null where it went another way than the guide's: rejected, expired, withdrawn. */
function stageOf(
  world: World,
  status: string,
  due: readonly DueStep[],
  now: UnixSeconds,
): Omit<GuideView, 'sip'> | null {
  const next = due[0];
  const transactionIndex = next?.transactionIndex?.toString() ?? null;
  const waitSeconds = Math.max(0, Number((next?.notBefore ?? now) - now));
  const seats = world.seats.flatMap(({ id, publicKey }) =>
    next?.who.some((who) => who === publicKey) ? [id] : [],
  );
  const at = { transactionIndex, epoch: next?.epoch ?? null, waitSeconds, seats };
  switch (status) {
    case 'Draft':
    case 'Review':
      return { ...at, stage: 'submit' };
    case 'Submitted':
      return { ...at, stage: 'approve' };
    case 'Approved':
      return { ...at, stage: 'execute' };
    case 'Executed':
      return { ...at, stage: 'activate' };
    case 'Activated':
      return { ...NOTHING, stage: 'done' };
    default:
      return null;
  }
}
