import type { Fence, Outline } from './blocks.ts';
import type { Findings } from './findings.ts';
import type { SectionReading } from './sections.ts';

/** The one line that opens an actions block. */
export const ACTIONS_FENCE = '```actions';

/**
 * The one fence that holds the actions, or undefined after an error. Every fence and every line inside a fence that
 * someone could take for the start of an actions block counts, so that no reader finds another block than this one.
 */
export function findActionsBlock(
  lines: readonly string[],
  outline: Outline,
  sections: readonly SectionReading[],
  findings: Findings,
): Fence | undefined {
  const before = findings.errors;
  const candidates = candidateLines(lines, outline);
  const [first, ...others] = candidates;
  const real = outline.fences.filter((fence) => fence.opening === ACTIONS_FENCE);
  const block = real[0];
  const specification = sections.find((section) => section.name === 'Specification');
  if (first === undefined) {
    findings.error(
      { line: specification?.range[0] ?? 1, column: 1 },
      'actions-missing',
      'There is no actions block.',
      `Put one under "## Specification": a line ${ACTIONS_FENCE}, the YAML, and a line \`\`\`.`,
    );
    return undefined;
  }
  for (const line of candidates) {
    if (line === block?.line) continue;
    const sole = others.length === 0;
    findings.error(
      { line, column: 1 },
      sole ? 'actions-fence' : 'actions-duplicate',
      sole
        ? 'An actions block starts here, but not with the line every reader looks for.'
        : `This could be read as another actions block; the first is on line ${block?.line ?? first}.`,
      sole
        ? `Let the line be exactly ${ACTIONS_FENCE}, in column 1, and close it with \`\`\`.`
        : 'A SIP has exactly one: put all actions into one list, and show examples without the word "actions" after the fence.',
    );
  }
  if (block !== undefined && specification !== undefined) {
    const [start, beyond] = specification.range;
    if (block.line <= start || block.line > beyond) {
      findings.error(
        { line: block.line, column: 1 },
        'actions-section',
        'The actions block stands outside "## Specification".',
        'Move it there; its place in the section is free.',
      );
    }
  }
  for (const fence of outline.fences) {
    if (fence === block) continue;
    const inside = lines.slice(fence.line, fence.closeLine - 1);
    const at = inside.findIndex((line) => /^ *(?:- +)?action *: *\S|^ *actions *: *$/.test(line));
    if (at < 0) continue;
    findings.warning(
      { line: fence.line + 1 + at, column: 1 },
      'actions-lookalike',
      'This code block looks like actions but is not compiled.',
      'Say so in the text above it, or remove it.',
    );
  }
  return findings.errors === before && block?.closed ? block : undefined;
}

/** Lines, from 1, that open an actions block in the eyes of some reader. */
function candidateLines(lines: readonly string[], outline: Outline): readonly number[] {
  const candidates: number[] = [];
  for (const fence of outline.fences) {
    if (namesActions(fence.info)) candidates.push(fence.line);
    for (let line = fence.line + 1; line < fence.closeLine; line++) {
      const nested = /^[\s>*+.)\d-]*(?:`{3,}|~{3,})(.*)$/.exec(lines[line - 1]!);
      if (nested !== null && namesActions(nested[1]!)) candidates.push(line);
    }
  }
  lines.forEach((text, i) => {
    if (!outline.prose[i]) return;
    const nested = /^[^`~]*(?:`{3,}|~{3,})([^`]*)$/.exec(text);
    if (nested !== null && namesActions(nested[1]!)) candidates.push(i + 1);
  });
  return candidates.sort((a, b) => a - b);
}

/** Whether an info string says "actions" in any case, spelled with references or look-alike forms too. */
function namesActions(info: string): boolean {
  const folded = info
    .replace(/&#(\d{1,7});/g, (_, code: string) => char(Number(code)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => char(Number.parseInt(code, 16)))
    .replace(/\\/g, '')
    .normalize('NFKC')
    .toLowerCase();
  return /(?:^|[^a-z])actions?(?:[^a-z]|$)/.test(folded);
}

function char(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}
