import type { Findings } from './findings.ts';
import { CONTAINER_PREFIX } from './gate.ts';

/**
 * The block structure of a SIP, read in one pass.
 *
 * A SIP uses the part of Markdown that every reader understands alike: headings with `#` and fences with ``` or ~~~
 * start in column 1, outside lists and quotes; code is fenced. What CommonMark would also take for a heading or a
 * fence is refused with the remedy, so this reader and a full CommonMark one agree on every document that passes
 * (test/properties/sip-markdown.test.ts holds them against each other). A full parser is not used here because
 * none takes hostile text of 256 KiB in bounded time.
 */
export interface Outline {
  readonly headings: readonly Heading[];
  readonly fences: readonly Fence[];
  /** For each line, from index 0: whether it is prose (headings too), so neither a fence nor inside one. */
  readonly prose: readonly boolean[];
}

export interface Heading {
  /** From 1. */
  readonly line: number;
  readonly level: number;
  readonly text: string;
}

export interface Fence {
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** Line of the closing one; one past the last line where it is missing. */
  readonly closeLine: number;
  readonly closed: boolean;
  /** All that stands on the opening line, the fence characters included. */
  readonly opening: string;
  /** What follows the fence characters, trimmed. */
  readonly info: string;
}

/** A line that opens a code fence, once containers and blanks are off. */
export const FENCE_OPENING = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/;
const HEADING = /^(#{1,6})(?:[ \t]+(.*))?$/;

/** Reads headings and fences of canonical lines and refuses those that stand where readers disagree about them. */
export function readOutline(lines: readonly string[], findings: Findings): Outline {
  const headings: Heading[] = [];
  const fences: Fence[] = [];
  const prose: boolean[] = new Array(lines.length).fill(true);
  for (let i = 0; i < lines.length; i++) {
    const text = lines[i]!;
    const line = i + 1;
    const opening = FENCE_OPENING.exec(text);
    if (opening !== null) {
      const close = closingLine(lines, i, opening[1] ?? opening[3]!);
      const info = (opening[2] ?? opening[4] ?? '').trim();
      const closed = close < lines.length;
      fences.push({ line, closeLine: close + 1, closed, opening: text, info });
      checkFence(fences.at(-1)!, findings);
      prose.fill(false, i, close + 1);
      i = close;
      continue;
    }
    const heading = HEADING.exec(text);
    if (heading !== null) {
      headings.push({ line, level: heading[1]!.length, text: heading[2] ?? '' });
      continue;
    }
    checkPlacement(text, line, findings);
    checkUnderline(text, lines[i - 1] ?? '', i > 0 && prose[i - 1]!, line, findings);
  }
  return { headings, fences, prose };
}

/** Index of the line that closes the fence opened at `start`, or the number of lines. */
function closingLine(lines: readonly string[], start: number, fence: string): number {
  for (let i = start + 1; i < lines.length; i++) {
    const run = lines[i]!.replace(/^ {0,3}/, '');
    if (run.length >= fence.length && run[0] === fence[0] && isRun(run)) return i;
  }
  return lines.length;
}

function isRun(text: string): boolean {
  for (let i = 1; i < text.length; i++) if (text[i] !== text[0]) return false;
  return true;
}

function checkFence(fence: Fence, findings: Findings): void {
  const place = { line: fence.line, column: 1 };
  if (!fence.closed) {
    findings.error(
      place,
      'fence-open',
      'This code block is never closed, so it swallows the rest of the document.',
      `Put a line with ${/^(`+|~+)/.exec(fence.opening)?.[0] ?? '```'} alone below its last line.`,
    );
  }
  if (!/^[A-Za-z0-9+#._-]*$/.test(fence.info)) {
    findings.error(
      place,
      'fence-info',
      'A code block is named by one plain word, or not at all.',
      'Write for example ```json; letters, digits and + # . _ - are allowed.',
    );
  }
}

/** Headings and fences that are indented or inside a list, quote or footnote. */
function checkPlacement(text: string, line: number, findings: Findings): void {
  const prefix = CONTAINER_PREFIX.exec(text)?.[0] ?? '';
  if (prefix === '') return;
  const rest = text.slice(prefix.length);
  const place = { line, column: prefix.length + 1 };
  if (FENCE_OPENING.test(rest)) {
    findings.error(
      place,
      'fence-place',
      'A code block starts here that is indented or inside a list, a quote or a footnote.',
      'Let its fence start in column 1, with the list or quote ended before it.',
    );
  } else if (HEADING.test(rest)) {
    findings.error(
      place,
      'heading-place',
      'A heading stands here that is indented or inside a list, a quote or a footnote.',
      'Let the # start in column 1; where no heading is meant, write \\# or use a code block.',
    );
  }
}

/** Setext headings: text underlined with = or -. */
function checkUnderline(
  text: string,
  above: string,
  aboveIsProse: boolean,
  line: number,
  findings: Findings,
): void {
  if (!aboveIsProse || !/^[ \t>]*(?:=+|-+)$/.test(text)) return;
  if (HEADING.test(above) || /^[ \t>]*$/.test(above)) return;
  findings.error(
    { line, column: 1 },
    'heading-underlined',
    'This line turns the text above it into a heading.',
    'Write headings with #; for a dividing line leave a blank line above it.',
  );
}
