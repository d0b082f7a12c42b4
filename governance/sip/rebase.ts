import { SipError } from '../errors.ts';
import { DAY_SECONDS, inRange, parseDay, parseTime, renderDay, renderTime } from '../times.ts';
import type { Digest } from '../types.ts';
import { digestOf } from './digest.ts';
import type { SipFile } from './lint.ts';
import { type ParseOptions, type Reading, readSip } from './parse.ts';

export interface Rebased {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly before: Digest;
  readonly after: Digest;
}

/**
 * Shifts every time of a folder's SIPs by one whole number of days, so that Updated of the lowest number becomes
 * `today` (YYYY-MM-DD). Times are Created and Updated, and every scalar of the actions block that is a time.
 * All other bytes stay. Dates in prose stay too: which of them are plans and which are history only the author knows,
 * and prose compiles to nothing.
 *
 * @throws SipError SIP_INVALID for a file that is no valid SIP; REBASE_OUT_OF_RANGE beyond the years of four digits
 */
export function rebaseFolder(
  files: readonly SipFile[],
  today: string,
  options: ParseOptions = {},
): { readonly days: number; readonly files: readonly Rebased[] } {
  const target = parseDay(today);
  if (target === undefined)
    throw new SipError('USAGE', { detail: `${today} is no day in the form YYYY-MM-DD` });
  const readings = files.map((file) => ({ file, reading: readValid(file, options) }));
  const lowest = readings.reduce<Valid | undefined>(
    (least, { reading }) =>
      least === undefined || reading.sip.header.sip < least.sip.header.sip ? reading : least,
    undefined,
  );
  if (lowest === undefined) return { days: 0, files: [] };
  const shift = target - (parseDay(lowest.sip.header.updated) ?? target);
  const rebased = readings.map(({ file, reading }): Rebased => {
    const bytes = shiftBytes(file, reading, shift);
    return { file: file.file, bytes, before: reading.sip.digest, after: digestOf(bytes, file.file) };
  });
  return { days: Number(shift / DAY_SECONDS), files: rebased };
}

type Valid = Reading & { readonly sip: NonNullable<Reading['sip']> };

function readValid({ file, bytes }: SipFile, options: ParseOptions): Valid {
  const reading = readSip(bytes, file, options);
  const { sip } = reading;
  if (sip !== null) return { ...reading, sip };
  const first = reading.findings.find((finding) => finding.level === 'error');
  throw new SipError('SIP_INVALID', {
    file,
    detail: `line ${first?.line}: ${first?.message.replace(/\.$/, '') ?? 'unknown'}`,
  });
}

/**
 * The places are those of canonical lines, and count in the file itself too: line ends do not move lines, and before a
 * time stands nothing but ASCII on its line.
 */
function shiftBytes({ file, bytes }: SipFile, reading: Valid, shift: bigint): Uint8Array {
  // Splitting with a capture keeps the line ends, at odd indexes.
  const parts = reading.sip.text.split(/(\r\n?|\n)/);
  for (const { place, text } of reading.times) {
    const line = parts[(place.line - 1) * 2] ?? '';
    const start = place.column - 1;
    if (line.slice(start, start + text.length) !== text) {
      throw new SipError('INTERNAL', {
        detail: `the time ${text} is not where the parser saw it in ${file}`,
      });
    }
    parts[(place.line - 1) * 2] =
      line.slice(0, start) + shifted(text, shift, file) + line.slice(start + text.length);
  }
  return shift === 0n ? bytes : new TextEncoder().encode(parts.join(''));
}

function shifted(text: string, shift: bigint, file: string): string {
  const day = parseDay(text);
  const seconds = (day ?? parseTime(text) ?? 0n) + shift;
  if (!inRange(seconds)) throw new SipError('REBASE_OUT_OF_RANGE', { file, time: text });
  return day === undefined ? renderTime(seconds) : renderDay(seconds);
}
