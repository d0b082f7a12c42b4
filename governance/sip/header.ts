import { parseDay } from '../times.ts';
import { HEADER_LINE, headerRun } from './canonical.ts';
import { scriptsOf } from './characters.ts';
import {
  CATEGORIES,
  FIRST_SIP,
  HEADER_KEYS,
  type HeaderKey,
  LAST_SIP,
  type SipCategory,
  type SipHeader,
  type SipStatus,
  type SipType,
  STATUSES,
  TITLE_LINE,
  TYPES,
} from './document.ts';
import { type Findings, nearest, type Place, quote } from './findings.ts';

export interface HeaderReading {
  /** Undefined while an error stands. */
  readonly header: SipHeader | undefined;
  /** The number as far as it can be read, for the search for duplicates. */
  readonly sip: number | undefined;
  /** Days that are real, and where they stand: what a rebase shifts. */
  readonly days: readonly { readonly place: Place; readonly text: string }[];
  /** Index of the first line after the header. */
  readonly end: number;
}

interface Value {
  readonly text: string;
  readonly place: Place;
}

/** Reads H1 and the eight `Key: value` lines of canonical lines. */
export function readHeader(lines: readonly string[], findings: Findings): HeaderReading {
  const before = findings.errors;
  checkTitleLine(lines, findings);
  const run = headerRun(lines);
  if (run === undefined) return { header: undefined, sip: undefined, days: [], end: 0 };
  const [first, end] = run;
  const values = readValues(lines, first, end, findings);
  const next = lines[end];
  if (next !== undefined && next !== '' && !next.startsWith('#')) {
    findings.error(
      { line: end + 1, column: 1 },
      'header-line',
      `${quote(next)} is no "Key: value" line.`,
      'Write one blank after the colon, one line for each key, and a blank line after the last.',
    );
  }
  const sip = readNumber(values.get('SIP'), findings);
  checkTitle(values.get('Title'), findings);
  const status = choose(values.get('Status'), 'Status', STATUSES, findings);
  const type = choose(values.get('Type'), 'Type', TYPES, findings);
  const category = choose(values.get('Category'), 'Category', CATEGORIES, findings);
  const days = readDays(values, findings);
  const [title, authors] = [values.get('Title')?.text, values.get('Authors')?.text];
  const whole =
    findings.errors === before && sip !== undefined && title !== undefined && authors !== undefined;
  const header = whole
    ? {
        sip,
        title,
        authors,
        status: status as SipStatus,
        type: type as SipType,
        category: category as SipCategory,
        created: days[0]!.text,
        updated: days[1]!.text,
      }
    : undefined;
  return { header, sip, days: days.map(({ place, text }) => ({ place, text })), end };
}

function checkTitleLine(lines: readonly string[], findings: Findings): void {
  const at = Math.max(
    0,
    lines.findIndex((line) => line !== ''),
  );
  if (lines[at] === TITLE_LINE) return;
  findings.error(
    { line: at + 1, column: 1 },
    'title-line',
    `A SIP starts with its H1; here stands ${quote(lines[at] ?? '')}.`,
    `Let the first line be exactly "${TITLE_LINE}"; the proposal's own title goes to "Title:".`,
  );
}

function readValues(
  lines: readonly string[],
  first: number,
  end: number,
  findings: Findings,
): Map<HeaderKey, Value> {
  const values = new Map<HeaderKey, Value>();
  let highest = -1;
  for (let i = first; i < end; i++) {
    const [, key = '', text = ''] = HEADER_LINE.exec(lines[i]!) ?? [];
    const place = { line: i + 1, column: 1 };
    const index = HEADER_KEYS.indexOf(key as HeaderKey);
    if (index < 0) {
      const meant = nearest(key, HEADER_KEYS);
      findings.error(
        place,
        'header-unknown',
        `The header has no key ${quote(key)}.`,
        meant === undefined
          ? `Its keys are ${HEADER_KEYS.join(', ')}; anything else belongs into a section.`
          : `Did you mean "${meant}:"?`,
      );
      continue;
    }
    const known = HEADER_KEYS[index]!;
    if (values.has(known)) {
      findings.error(
        place,
        'header-duplicate',
        `"${known}:" stands twice.`,
        `Keep one; the first is on line ${values.get(known)!.place.line}.`,
      );
      continue;
    }
    if (index < highest) {
      findings.error(
        place,
        'header-order',
        `"${known}:" comes before "${HEADER_KEYS[highest]}:", not after it.`,
        `The order is ${HEADER_KEYS.join(', ')}.`,
      );
    }
    highest = Math.max(highest, index);
    if (text === '') {
      findings.error(place, 'header-empty', `"${known}:" has no value.`, HINTS[known]);
    }
    values.set(known, { text, place: { line: i + 1, column: lines[i]!.length - text.length + 1 } });
  }
  for (const key of HEADER_KEYS) {
    if (values.has(key)) continue;
    findings.error(
      { line: Math.max(1, end), column: 1 },
      'header-missing',
      `The header has no "${key}:".`,
      HINTS[key],
    );
  }
  return values;
}

const HINTS: Readonly<Record<HeaderKey, string>> = {
  SIP: `Write the number the file name has, ${FIRST_SIP} or higher: "SIP: ${FIRST_SIP}".`,
  Title: 'Write what changes in one short line: "Title: Whitelist JupSOL".',
  Authors: 'Write who answers questions: "Authors: Ada Example (@ada), Solayer Labs".',
  Status: 'Write "Status: Draft" while you work on it.',
  Type: `Write one of ${TYPES.join(', ')}.`,
  Category: `Write one of ${CATEGORIES.join(', ')}.`,
  Created: 'Write the day the draft was begun: "Created: 2026-09-16".',
  Updated: 'Write the day of the last change: "Updated: 2026-09-16".',
};

function readNumber(value: Value | undefined, findings: Findings): number | undefined {
  if (value === undefined || value.text === '') return undefined;
  const number = /^[1-9]\d{0,3}$/.test(value.text) ? Number(value.text) : undefined;
  if (number !== undefined && number >= FIRST_SIP) return number;
  findings.error(
    value.place,
    'number-invalid',
    `${quote(value.text)} is no SIP number; numbers run from ${FIRST_SIP} to ${LAST_SIP}.`,
    number === 1
      ? "SIP-1 is Solayer's inflation schedule; take the next free number."
      : `Write it in plain digits without leading zeros: "SIP: ${FIRST_SIP}".`,
  );
  return number;
}

function checkTitle(value: Value | undefined, findings: Findings): void {
  if (value === undefined || value.text === '') return;
  const { text, place } = value;
  if (text.length < 4 || text.length > 80) {
    findings.error(
      place,
      'title-length',
      `The title has ${text.length} characters; it has 4 to 80.`,
      'Say in a few words what changes, and leave the why to the summary.',
    );
  }
  const [first, second] = [...scriptsOf(text)];
  if (first !== undefined && second !== undefined) {
    const [script, index] = second;
    findings.error(
      { line: place.line, column: place.column + index },
      'title-mixed-script',
      `The title mixes ${first[0]} and ${script} letters, which can look alike: ${quote(String.fromCodePoint(text.codePointAt(index)!))}.`,
      `Type the word again with a ${first[0]} keyboard.`,
    );
  } else if (text !== text.normalize('NFKC')) {
    const index = [...text].findIndex((char) => char !== char.normalize('NFKC'));
    findings.error(
      { line: place.line, column: place.column + [...text].slice(0, index).join('').length },
      'title-lookalike',
      `The title holds ${quote([...text][index] ?? '')}, a stylised form of an ordinary character.`,
      `Write ${quote(text.normalize('NFKC'))}.`,
    );
  }
}

const FOREIGN_WORDS: Readonly<Record<string, string>> = {
  Final: 'Write Draft or Review; instead of Final the chain says Executed, then Activated.',
  Accepted: 'Write Review; that the council approved it is read from the chain.',
  ERC: 'ERC comes from Ethereum and means nothing here; protocol changes are "Core".',
};

function choose<T extends string>(
  value: Value | undefined,
  key: 'Status' | 'Type' | 'Category',
  words: readonly T[],
  findings: Findings,
): T | undefined {
  if (value === undefined || value.text === '') return undefined;
  const word = words.find((w) => w === value.text);
  if (word !== undefined) return word;
  const meant = nearest(value.text, words);
  findings.error(
    value.place,
    `${key.toLowerCase()}-unknown`,
    `${quote(value.text)} is no ${key.toLowerCase()} of a SIP.`,
    FOREIGN_WORDS[value.text] ??
      (meant === undefined ? `Write one of ${words.join(', ')}.` : `Did you mean "${meant}"?`),
  );
  return undefined;
}

function readDays(values: ReadonlyMap<HeaderKey, Value>, findings: Findings) {
  const days = (['Created', 'Updated'] as const).flatMap((key) => {
    const value = values.get(key);
    if (value === undefined || value.text === '') return [];
    const seconds = parseDay(value.text);
    if (seconds !== undefined) return [{ key, ...value, seconds }];
    findings.error(
      value.place,
      'date-invalid',
      `${quote(value.text)} is no day of the calendar.`,
      `Write year, month and day as in "${key}: 2026-09-16".`,
    );
    return [];
  });
  const [created, updated] = days;
  if (created !== undefined && updated !== undefined && created.seconds > updated.seconds) {
    findings.error(
      updated.place,
      'date-order',
      `Updated (${updated.text}) lies before Created (${created.text}).`,
      'Set Updated to the day of the last change; it is never before Created.',
    );
  }
  return days;
}
