import { sipFileName } from '#governance/sip/file-name.ts';
import { type NewSip, newSip } from '#governance/sip/new-sip.ts';
import { readSip } from '#governance/sip/parse.ts';
import { draftsOf, keepDraft } from './drafts.ts';
import type { World } from './world.ts';

const DAY_SECONDS = 86_400n;
/** As `sip new` chooses. */
const USUAL_VALID_DAYS = 60n;

export interface DraftOf extends Pick<NewSip, 'title' | 'authors' | 'sections' | 'status'> {
  readonly action: NewSip['actions'][number];
}

/** A new document with the next free number, kept at once. @throws SipError FILE_UNWRITABLE */
export async function newDraft(
  world: World,
  { action, ...of }: DraftOf,
): Promise<{ readonly text: string; readonly fileName: string }> {
  await world.documents.refresh();
  const numbers = world.documents.files.map(({ file, bytes }) => readSip(bytes, file).number ?? 0);
  const unsaved = (await draftsOf(world)).map(({ sip }) => sip);
  const sip = Math.max(1, ...numbers, ...unsaved) + 1;
  const now = await nowOf(world);
  const created = now - (now % DAY_SECONDS);
  const text = newSip({
    ...of,
    sip,
    type: 'Standards Track',
    category: 'Core',
    created: new Date(Number(created) * 1000).toISOString().slice(0, 10),
    validUntil: created + USUAL_VALID_DAYS * DAY_SECONDS,
    actions: [action],
  });
  const fileName = sipFileName(sip, of.title);
  await keepDraft(world, fileName, text);
  return { text, fileName };
}

/** The chain's time; where no chain answers this computer's: a draft's days bind nobody before it is linted and checked. */
async function nowOf({ rpc }: World): Promise<bigint> {
  try {
    return (await rpc.clock()).unixTimestamp;
  } catch {
    return BigInt(Math.floor(Date.now() / 1000));
  }
}
