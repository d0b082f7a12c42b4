import { CST, Lexer } from 'yaml';
import { type Findings, type Place, quote } from './findings.ts';

/** What is refused of an actions block before the recursive YAML parser sees it: size, depth, and most of YAML. */

/** Room for some 150 actions; the YAML library needs about 20 ms for each KiB of the worst text. */
const MAX_CHARACTERS = 32 * 1024;
const MAX_INDENT = 24;
const MAX_FLOW_DEPTH = 4;

export type Places = (offset: number) => Place;

export function placesOf(lines: readonly string[], firstLine: number): Places {
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  return (at) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: firstLine + low, column: at - (starts[low] ?? 0) + 1 };
  };
}

export function passLines(
  lines: readonly string[],
  firstLine: number,
  source: string,
  findings: Findings,
): boolean {
  const before = findings.errors;
  if (source.length > MAX_CHARACTERS) {
    findings.error(
      { line: firstLine, column: 1 },
      'actions-too-large',
      `The actions block has ${source.length} characters; it has at most ${MAX_CHARACTERS}.`,
      'Split the proposal into several SIPs.',
    );
    return false;
  }
  lines.forEach((text, i) => {
    if (!findings.open) return;
    const foreign = /[^\x20-\x7e]/.exec(text);
    if (foreign !== null) {
      const tab = foreign[0] === '\t';
      findings.error(
        { line: firstLine + i, column: foreign.index + 1 },
        tab ? 'yaml-tab' : 'actions-not-ascii',
        tab ? 'YAML does not take tabs.' : `The actions block is plain ASCII; ${quote(foreign[0])} is not.`,
        tab ? 'Use blanks.' : 'Write it in plain letters here; the prose may hold any script.',
      );
    }
    const indent = text.length - text.trimStart().length;
    if (indent > MAX_INDENT) {
      findings.error(
        { line: firstLine + i, column: indent + 1 },
        'yaml-deep',
        `This line is indented by ${indent} blanks; actions need no more than a few.`,
        'Indent by two blanks for each level.',
      );
    }
  });
  return findings.errors === before;
}

const REFUSED_TOKENS: Readonly<Record<string, readonly [code: string, what: string, help: string]>> = {
  anchor: ['yaml-anchor', 'an anchor', 'Write the value out each time; quote text that starts with &.'],
  alias: ['yaml-alias', 'an alias', 'Write the value out each time; quote text that starts with *.'],
  tag: [
    'yaml-tag',
    'a tag',
    'Leave it out: each action knows the type of its fields; quote text that starts with !.',
  ],
  'directive-line': ['yaml-directive', 'a directive', 'Leave the % line out.'],
  'doc-start': ['yaml-documents', 'a second document', 'Leave the --- out: all actions stand in one list.'],
  'doc-end': ['yaml-documents', 'the end of a document', 'Leave the ... out.'],
  'explicit-key-ind': ['yaml-key', 'a key in the long form', 'Write "key: value".'],
  'block-scalar-header': ['yaml-block-text', 'text over several lines', 'Write the value on one line.'],
  'flow-error-end': [
    'yaml-syntax',
    'a bracket that is not closed',
    'Close it, or write the list with "- " lines.',
  ],
  'byte-order-mark': ['yaml-syntax', 'a byte order mark', 'Delete it.'],
};

const KEYLESS = ['yaml-key', 'a colon without a key', 'Write "key: value".'] as const;
const KEY_TOKENS: ReadonlySet<string> = new Set(['plain', 'double-quoted-scalar', 'single-quoted-scalar']);

/** A look at the tokens before the recursive parser sees them: what is refused anyway, and depth. */
export function passTokens(source: string, places: Places, findings: Findings): boolean {
  const before = findings.errors;
  let offset = 0;
  let depth = 0;
  let plainNext = false;
  let keyBefore = false;
  for (const token of new Lexer().lex(source)) {
    if (!findings.open) break;
    const type: string | null = plainNext ? 'plain' : CST.tokenType(token);
    plainNext = type === 'scalar';
    if (type === 'doc-mode' || type === 'scalar') continue;
    // Without a key before it, each colon opens a mapping inside the last: deep, and never meant.
    const keyless = type === 'map-value-ind' && !keyBefore;
    const refused = keyless ? KEYLESS : type === null ? undefined : REFUSED_TOKENS[type];
    if (type !== 'space') keyBefore = type !== null && KEY_TOKENS.has(type);
    if (refused !== undefined) {
      const [code, what, help] = refused;
      findings.error(
        places(offset),
        code,
        `Here stands ${what}, which the actions block does not have.`,
        help,
      );
    }
    if (type === 'flow-map-start' || type === 'flow-seq-start') depth += 1;
    if (type === 'flow-map-end' || type === 'flow-seq-end') depth -= 1;
    if (depth > MAX_FLOW_DEPTH) {
      findings.error(
        places(offset),
        'yaml-deep',
        `More than ${MAX_FLOW_DEPTH} brackets are nested here.`,
        'Write lists with "- " lines.',
      );
      return false;
    }
    if (type !== 'flow-error-end') offset += token.length;
  }
  return findings.errors === before;
}
