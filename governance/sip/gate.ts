import { decodeText } from './canonical.ts';
import { type RefusedCharacter, refusedCharacters } from './characters.ts';
import type { Findings } from './findings.ts';

export const MAX_BYTES = 256 * 1024;
export const MAX_LINE = 4096;
/** A long SIP has a thousand; each line costs time, also an empty one. */
export const MAX_LINES = 10_000;
/** Combining marks on one letter. No script needs more than a few, and sorting them takes quadratic time. */
const MARKS = /\p{M}{17}/u;
/** Quote and list markers at the start of one line. */
const MAX_MARKERS = 12;
/** Columns before the last of them. */
const MAX_MARKER_COLUMN = 48;
/** Brackets open at once within one paragraph. */
const MAX_BRACKETS = 32;

/**
 * Everything that is refused before Markdown is looked at, from the raw bytes. Linear in their number.
 * Gives the text, or undefined after adding at least one error.
 */
export function passGate(bytes: Uint8Array, findings: Findings): string | undefined {
  const top = { line: 1, column: 1 };
  if (bytes.length > MAX_BYTES) {
    findings.error(
      top,
      'file-too-large',
      `The file has ${bytes.length} bytes; a SIP has at most ${MAX_BYTES} (256 KiB).`,
      'Shorten it, or move data into a file that it links to.',
    );
    return undefined;
  }
  if (bytes.length === 0) {
    findings.error(top, 'file-empty', 'The file is empty.', 'Start from sips/template.md or "sip new".');
    return undefined;
  }
  const decoded = decodeText(bytes);
  if ('fault' in decoded && decoded.fault === 'byte-order-mark') {
    findings.error(
      top,
      'byte-order-mark',
      'The file starts with a byte order mark.',
      'Save it as "UTF-8 without BOM".',
    );
    return undefined;
  }
  if ('fault' in decoded && decoded.fault === 'utf8-invalid') {
    const before = new TextDecoder('utf-8').decode(bytes.subarray(0, decoded.offset));
    findings.error(
      placeIn(before, before.length),
      'utf8-invalid',
      `The byte 0x${(bytes[decoded.offset] ?? 0).toString(16).padStart(2, '0')} at offset ${decoded.offset} is not UTF-8.`,
      'Save the file as UTF-8 and look at this place: a character was lost or cut.',
    );
    return undefined;
  }
  const text = 'text' in decoded ? decoded.text : new TextDecoder('utf-8').decode(bytes);
  const lines = text.split(/\r\n?|\n/);
  if (lines.length > MAX_LINES) {
    findings.error(
      { line: MAX_LINES, column: 1 },
      'too-many-lines',
      `The file has ${lines.length} lines; a SIP has at most ${MAX_LINES}.`,
      'Shorten it, or move data into a file that it links to.',
    );
    return undefined;
  }
  checkCharacters(text, findings);
  checkLines(lines, findings);
  return findings.errors === 0 ? text : undefined;
}

function checkCharacters(text: string, findings: Findings): void {
  let line = 1;
  let lineStart = 0;
  const ends = /\r\n?|\n/g;
  let end = ends.exec(text);
  for (const refused of refusedCharacters(text) as Iterable<RefusedCharacter>) {
    if (!findings.open) return;
    while (end !== null && end.index < refused.index) {
      line += 1;
      lineStart = ends.lastIndex;
      end = ends.exec(text);
    }
    const { code, message, help } = refused;
    findings.error({ line, column: refused.index - lineStart + 1 }, code, message, help);
  }
}

/** Quote marks, list markers, footnote labels and blanks at the start of a line: what can hold other blocks. */
export const CONTAINER_PREFIX = /^(?:[ \t]|>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\][]*\]:)*/;

function checkLines(lines: readonly string[], findings: Findings): void {
  let open = 0;
  lines.forEach((text, i) => {
    if (!findings.open) return;
    const line = i + 1;
    // Counting code points only where UTF-16 units exceed the limit keeps the common case free.
    const length = text.length > MAX_LINE ? [...text].length : text.length;
    if (length > MAX_LINE) {
      findings.error(
        { line, column: MAX_LINE + 1 },
        'line-too-long',
        `The line has ${length} characters; a line has at most ${MAX_LINE}.`,
        'Break it into several lines; Markdown joins the lines of a paragraph again.',
      );
      return;
    }
    const marks = MARKS.exec(text);
    if (marks !== null) {
      findings.error(
        { line, column: marks.index + 1 },
        'marks-stacked',
        'More than 16 combining marks are stacked on one character.',
        'Delete the marks and type the word again.',
      );
    }
    const prefix = (CONTAINER_PREFIX.exec(text)?.[0] ?? '').trimEnd();
    const markers = prefix.match(/[->+*.)]/g)?.length ?? 0;
    if (markers > MAX_MARKERS || prefix.length > MAX_MARKER_COLUMN) {
      findings.error(
        { line, column: 1 },
        'nesting-deep',
        `Quotes and lists are nested too deeply here (${markers} markers, the last in column ${prefix.length}).`,
        `Use at most ${MAX_MARKERS} markers on a line and none beyond column ${MAX_MARKER_COLUMN}.`,
      );
    }
    if (text.trim() === '') open = 0;
    for (const { 0: bracket, index } of text.matchAll(/[[\](){}]/g)) {
      if (!'[({'.includes(bracket)) {
        open = Math.max(0, open - 1);
        continue;
      }
      open += 1;
      if (open !== MAX_BRACKETS + 1) continue;
      findings.error(
        { line, column: index + 1 },
        'nesting-deep',
        `More than ${MAX_BRACKETS} brackets are open at once.`,
        'Close them, or put a blank line between the parts.',
      );
    }
  });
}

/** Where the index stands in the text. */
function placeIn(text: string, index: number): { line: number; column: number } {
  const lines = text.slice(0, index).split(/\r\n?|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
