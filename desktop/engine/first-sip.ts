import { SECURITY_QUESTIONS, type SectionName } from '#governance/sip/document.ts';
import { validUntilText } from '#governance/sip/edit-block.ts';
import type { DraftOf } from './new-draft.ts';

/** The first SIP of somebody who tries the console on a network of their own: a whole text, so that what counts is seen at once. */

const HOUR_SECONDS = 3_600n;
const DAY_SECONDS = 86_400n;

const TITLE = 'A first SIP';

/** Whether a document is one of these, by the name that it was given. */
export const isFirstSip = (fileName: string): boolean => /^sip-\d{4}-a-first-sip-/.test(fileName);

/** @param index of the epoch that is scheduled next @param now unix seconds of the chain */
export function firstSip(index: number, now: bigint): DraftOf {
  const opens = now - (now % HOUR_SECONDS) + 2n * HOUR_SECONDS;
  const [opensAt, closesAt] = [validUntilText(opens), validUntilText(opens + DAY_SECONDS)];
  return {
    title: `${TITLE}: schedule restaking Epoch ${index}`,
    authors: 'The author (@your_name)',
    status: 'Review',
    sections: sectionsOf(index, opensAt, closesAt),
    action: {
      kind: 'schedule-epoch',
      params: {
        ...{ index, 'opens-at': opensAt, 'closes-at': closesAt, access: 'open', withdrawals: 'on', caps: [] },
      },
    },
  };
}

const sectionsOf = (
  index: number,
  opensAt: string,
  closesAt: string,
): Readonly<Record<SectionName, string>> => ({
  'Simple Summary': `Open restaking to everybody for one day, with withdrawals.`,
  Abstract: `This proposal schedules restaking Epoch ${index}. On chain it creates one \`Epoch\` account with index ${index}: it opens at
${opensAt}, closes at ${closesAt}, its access is \`open\` and its withdrawals are \`on\`. It sets no cap, and an LST
without a cap takes no deposits, so that nothing is put at risk.`,
  Motivation: `To see a SIP go its whole way once: from this text to the bytes that are approved, and to the state that results.`,
  Specification: `Restaking Epoch ${index} is scheduled. What the council approves is compiled from the block below, and from nothing else:
change a value in it and the bytes are others.`,
  'Test Cases': `1. After execution \`Epoch\` ${index} is \`scheduled\`, opens at ${opensAt} and closes at ${closesAt}.
2. Activating it before it opens is refused with \`EpochNotOpen\`.
3. Once it is open the epoch admin activates it, and its status is \`active\`.`,
  Implementation: `The council approves and, once the time lock has passed, executes. The epoch admin activates the epoch when its window
has opened. Nothing else is needed.`,
  'Security Considerations': SECURITY_QUESTIONS.map(
    (question, at) => `### ${question}\n\n${ANSWERS[at]}`,
  ).join('\n\n'),
  References: `* The format of this document: \`sips/README.md\`.`,
});

/** To the three questions, in their order. */
const ANSWERS = [
  'None: no LST has a cap in this epoch, so that nothing comes in.',
  'Withdrawals are open from activation on, which lets whoever is in a pool leave it.',
  'A text that says one thing and bytes that do another: every console compiles the text again and compares.',
] as const;
