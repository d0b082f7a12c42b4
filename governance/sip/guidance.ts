import { SECURITY_QUESTIONS, type SectionName } from './document.ts';
import type { Findings } from './findings.ts';

/** What `sip new` and the template put where the author writes; a SIP that still holds a line of it is refused. */
const MARK = '> Replace this:';

/** Guidance by section; for Security Considerations one text for each question. */
const TEXTS: Readonly<Record<SectionName, readonly string[]>> = {
  'Simple Summary': ['one or two sentences that a holder of the token understands.'],
  Abstract: ['about 200 words on what changes on chain: which accounts, from which value to which.'],
  Motivation: [
    'why the protocol needs this, who asked for it, and what happens if nothing is done. A proposal without a reason may be rejected outright.',
  ],
  Specification: [
    'each change in words, in the order of the actions below. State SOL or USD figures with their rate, slot and date; the block holds token amounts only.',
  ],
  'Test Cases': [
    'what was run (rehearsal, simulation) and what anyone can check on chain afterwards, with expected values. Mandatory for changes of the protocol.',
  ],
  Implementation: [
    'what has to exist before this can be executed (program version, pools, operators), and who does what once it is approved.',
  ],
  'Security Considerations': [
    'new dependencies, keys, privileges and failure modes, and who bears them.',
    'which guarantee becomes stronger or weaker, and for whose funds; the largest amount at risk.',
    'attacks on this change or on its like elsewhere, and for each what prevents or limits it.',
  ],
  References: ['links to audits, dashboards, the forum thread and earlier SIPs, each with what it shows.'],
};

/** Markdown of a section as a fresh document has it, without the actions block. */
export function guidanceFor(section: SectionName): string {
  const texts = TEXTS[section].map((text) => `${MARK} ${text}`);
  if (section !== 'Security Considerations') return texts.join('\n\n');
  return SECURITY_QUESTIONS.map((question, i) => `### ${question}\n\n${texts[i]}`).join('\n\n');
}

const KNOWN = new Set(Object.values(TEXTS).flat());

/** Whether a line is guidance: it has the mark, or is a text of the template without it. */
export function isGuidance(line: string): boolean {
  // In the header of the template the mark is the value of Title and Authors.
  const text = line.replace(/^(?:[> ]+|Title: |Authors: )/, '');
  return /^replace this:/i.test(text) || KNOWN.has(text);
}

/** One error for each line of guidance that still stands. */
export function checkGuidance(lines: readonly string[], prose: readonly boolean[], findings: Findings): void {
  lines.forEach((line, i) => {
    if (!prose[i] || !isGuidance(line)) return;
    findings.error(
      { line: i + 1, column: 1 },
      'guidance-left',
      'The text of the template still stands here.',
      'Write your own text in its place and delete this line.',
    );
  });
}
