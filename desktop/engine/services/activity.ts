import { type IntentState, readJournal } from '#governance/chain/journal.ts';
import type { Handlers } from '../engine.ts';

const ADVICE: Readonly<Record<IntentState['state'], string>> = {
  open: 'It was not signed. Nothing of it can have left this computer.',
  dropped: 'Nothing was sent: it was not signed, or too late.',
  unsettled:
    'It may still take effect. The next thing you send settles it first: the same bytes are sent again until their fate is known.',
  landed: '',
  failed: 'The chain refused it. Mend what the error named, then try again.',
  expired: 'It can no longer take effect. Try again.',
};

export const activity = {
  /** Newest first. */
  async 'activity.read'({ world }) {
    const intents = await readJournal(world.files, world.journal);
    return [...intents].reverse().map(({ seq, intent, attempts, state }) => ({
      seq,
      what: intent.what,
      state,
      signature: attempts.at(-1)?.signed.signature ?? null,
      advice: ADVICE[state],
    }));
  },
  async 'activity.settle'({ world }) {
    // The journal is settled before anything else is sent; here there is nothing else.
    await world.sending(async () => undefined);
    return {};
  },
} satisfies Partial<Handlers>;
