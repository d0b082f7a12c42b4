import { SipError } from '../errors.ts';

export type TextFault = 'byte-order-mark' | 'utf8-invalid' | 'nul' | 'control-character';

/**
 * Strict UTF-8 without BOM, NUL and controls but TAB, LF, CR (step 1 of the digest).
 * Gives the text, or the first fault with its byte offset.
 */
export function decodeText(bytes: Uint8Array): { text: string } | { fault: TextFault; offset: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { fault: 'byte-order-mark', offset: 0 };
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { fault: 'utf8-invalid', offset: firstInvalid(bytes) };
  }
  const control = /[^\P{Cc}\t\n\r]/u.exec(text);
  if (control === null) return { text };
  return {
    fault: control[0] === '\0' ? 'nul' : 'control-character',
    offset: new TextEncoder().encode(text.slice(0, control.index)).length,
  };
}

/** Offset of the first byte that is not UTF-8: halves the range, since TextDecoder does not say where. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0;
  let beyond = bytes.length;
  while (beyond - valid > 1) {
    const middle = (valid + beyond) >> 1;
    // A stream decoder forgives a sequence that is only cut off, so a prefix fails only if it holds the fault.
    if (decodes(bytes.subarray(0, middle))) valid = middle;
    else beyond = middle;
  }
  return Math.max(0, beyond - 1);
}

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * Steps 2 to 4 of the digest: one kind of line end, NFC, no blanks at line ends.
 * The parser reads these lines too, so two files of one digest can never compile to different bytes.
 * Line numbers are those of the file.
 */
export function canonicalLines(text: string): string[] {
  return text.replace(/\r\n?/g, '\n').normalize('NFC').split('\n').map(withoutTrailingBlanks);
}

function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  return end === line.length ? line : line.slice(0, end);
}

/** `Key: value`, or `Key:` with nothing after it. */
export const HEADER_LINE = /^([A-Za-z][A-Za-z -]*):(?:[ \t]+(.*))?$/;

/** The run of `Key: value` lines after the H1 as [first, beyond], or undefined where the text starts otherwise. */
export function headerRun(lines: readonly string[]): readonly [number, number] | undefined {
  let first = 0;
  while (lines[first] === '') first += 1;
  if (!lines[first]?.startsWith('# ')) return undefined;
  first += 1;
  while (lines[first] === '') first += 1;
  let beyond = first;
  while (beyond < lines.length && HEADER_LINE.test(lines[beyond]!)) beyond += 1;
  return [first, beyond];
}

/** The lines that change while a SIP is decided, and so are no part of what is decided. */
const LIVING = new Set(['Status', 'Updated']);

/**
 * The bytes a SIP's digest is taken of.
 * @throws SipError SIP_INVALID where the bytes have no canonical form (not UTF-8, BOM, NUL, controls)
 */
export function canonicalBytes(bytes: Uint8Array, file = 'the document'): Uint8Array {
  const decoded = decodeText(bytes);
  if ('fault' in decoded) {
    throw new SipError('SIP_INVALID', { file, detail: `${FAULTS[decoded.fault]} at byte ${decoded.offset}` });
  }
  const lines = canonicalLines(decoded.text);
  const [first, beyond] = headerRun(lines) ?? [0, 0];
  const kept = lines.filter((line, i) => {
    const key = i >= first && i < beyond ? HEADER_LINE.exec(line)?.[1] : undefined;
    return key === undefined || !LIVING.has(key);
  });
  while (kept.at(-1) === '') kept.pop();
  return new TextEncoder().encode(`${kept.join('\n')}\n`);
}

const FAULTS: Record<TextFault, string> = {
  'byte-order-mark': 'it starts with a byte order mark',
  'utf8-invalid': 'it is not UTF-8',
  nul: 'it holds a NUL',
  'control-character': 'it holds a control character',
};
