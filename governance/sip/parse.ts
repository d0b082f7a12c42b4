import { parseDay } from '../times.ts';
import type { UnixSeconds } from '../types.ts';
import { readActions } from './actions.ts';
import { findActionsBlock } from './actions-block.ts';
import { readOutline } from './blocks.ts';
import { canonicalLines } from './canonical.ts';
import type { ActionCatalog } from './catalog.ts';
import { digestOf } from './digest.ts';
import type { LintFinding, Sip } from './document.ts';
import { checkFileName } from './file-name.ts';
import { Findings, type Place } from './findings.ts';
import { passGate } from './gate.ts';
import { checkGuidance } from './guidance.ts';
import { readHeader } from './header.ts';
import { checkProse } from './inline.ts';
import { REGISTRY } from './registry-catalog.ts';
import { readSections } from './sections.ts';

export interface ParseOptions {
  /** The actions that are known; the product's registry unless a test brings its own. */
  readonly catalog?: ActionCatalog;
  /** An editor works on documents that still hold the template's guidance; everything else refuses them. */
  readonly allowGuidance?: boolean;
}

/** `parseSip` and what the rest of this folder wants to know besides. */
export interface Reading {
  readonly sip: Sip | null;
  readonly findings: readonly LintFinding[];
  /** The number in the header as far as it could be read, also where the SIP is null. */
  readonly number: number | undefined;
  /** Days of the header and times of the actions block, with the place of their first digit. */
  readonly times: readonly { readonly place: Place; readonly text: string }[];
}

/**
 * Reads a SIP from the bytes of its file. Never throws: what is wrong is in the findings, and `sip` is null exactly
 * when one of them is an error. Takes time linear in the bytes, whatever they are.
 */
export function parseSip(
  bytes: Uint8Array,
  file: string,
  options: ParseOptions = {},
): { sip: Sip | null; findings: readonly LintFinding[] } {
  const { sip, findings } = readSip(bytes, file, options);
  return { sip, findings };
}

export function readSip(bytes: Uint8Array, file: string, options: ParseOptions = {}): Reading {
  const findings = new Findings(file);
  try {
    const read = readText(bytes, file, options, findings);
    if (read.sip === null && findings.errors === 0) throw new Error('no SIP and no finding that says why');
    return { ...read, sip: findings.errors === 0 ? read.sip : null, findings: findings.list() };
  } catch (error) {
    findings.error(
      { line: 1, column: 1 },
      'parser-failed',
      `The parser broke its own promise on this file: ${error instanceof Error ? error.message : String(error)}.`,
      'Please report it with the file; until then, nothing is compiled from it.',
    );
    return { sip: null, findings: findings.list(), number: undefined, times: [] };
  }
}

function readText(
  bytes: Uint8Array,
  file: string,
  options: ParseOptions,
  findings: Findings,
): Omit<Reading, 'findings'> {
  const text = passGate(bytes, findings);
  if (text === undefined) return { sip: null, number: undefined, times: [] };
  const lines = canonicalLines(text);
  const { header, sip: number, days, end } = readHeader(lines, findings);
  checkFileName(file, number, findings);
  const outline = readOutline(lines, findings);
  checkProse(lines, outline.prose, findings);
  const sections = readSections(lines, outline, end, findings);
  if (!options.allowGuidance) checkGuidance(lines, outline.prose, findings);
  const block = findActionsBlock(lines, outline, sections, findings);
  const updated: UnixSeconds | undefined = header === undefined ? undefined : parseDay(header.updated);
  const actions =
    block === undefined
      ? undefined
      : readActions(
          lines.slice(block.line, block.closeLine - 1),
          block.line + 1,
          updated,
          options.catalog ?? REGISTRY,
          findings,
        );
  const times = [...days, ...(actions?.times ?? [])];
  if (header === undefined || actions === undefined || findings.errors > 0)
    return { sip: null, number, times };
  const sip: Sip = {
    file,
    text,
    header,
    sections: sections.map(({ name, markdown }) => ({ name, markdown })),
    validUntil: actions.validUntil,
    actions: actions.actions,
    digest: digestOf(bytes, file),
  };
  return { sip, number, times };
}
