import { SECTION_NAMES, SECURITY_QUESTIONS, type SectionName } from '../document.ts';
import { parseSip } from '../parse.ts';
import { DOUBLE } from './double-catalog.ts';

export const MINT = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';

export const BLOCK = `\`\`\`actions
valid-until: 2026-12-15T00:00:00Z
actions:
  - action: double-list
    mint: ${MINT}
    symbol: JupSOL
    program: token
    decimals: 9
    cap: "250000"
\`\`\``;

const HEADER = `SIP: 8
Title: Whitelist JupSOL
Authors: Ada Example (@ada)
Status: Draft
Type: Standards Track
Category: Core
Created: 2026-09-16
Updated: 2026-09-17`;

export function sections(): Record<SectionName, string> {
  const texts = Object.fromEntries(SECTION_NAMES.map((name) => [name, `Text of ${name}.`]));
  return {
    ...(texts as Record<SectionName, string>),
    Specification: `One action.\n\n${BLOCK}\n\nNothing else changes.`,
    'Security Considerations': SECURITY_QUESTIONS.map((q) => `### ${q}\n\nAn answer in words.`).join('\n\n'),
  };
}

/** A valid document, with parts replaced. */
export function sample(
  change: {
    header?: string;
    sections?: Partial<Record<SectionName, string>>;
    replace?: readonly [string | RegExp, string];
  } = {},
): string {
  const all = { ...sections(), ...change.sections };
  const body = SECTION_NAMES.map((name) => `## ${name}\n\n${all[name]}\n`).join('\n');
  const text = `# Solayer Improvement Proposal (SIP)\n\n${change.header ?? HEADER}\n\n${body}`;
  return change.replace === undefined ? text : text.replace(...change.replace);
}

export const FILE = 'sips/sip-0008-whitelist-jupsol.md';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const parse = (text: string | Uint8Array, file = FILE) =>
  parseSip(typeof text === 'string' ? bytesOf(text) : text, file, { catalog: DOUBLE });

/** The codes of a document's findings, in order. */
export const codes = (text: string | Uint8Array, file = FILE): readonly string[] =>
  parse(text, file).findings.map((finding) => finding.code);
