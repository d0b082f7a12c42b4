import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar } from 'yaml';
import { parseTime } from '../times.ts';
import { type Findings, type Place, quote } from './findings.ts';
import { type Places, passLines, passTokens, placesOf } from './yaml-gate.ts';

/**
 * The YAML of an actions block: block or flow mappings and lists of one-line scalars, nothing else of YAML.
 * A scalar's value is the text the reader sees: no escapes, no folding, no octal, no implied null.
 */
export type YamlValue =
  | string
  | number
  | boolean
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

export interface YamlReading {
  readonly value: YamlValue;
  /** Place of a value or of its key, by path from the top; falls back to the nearest node that exists. */
  place(path: readonly PropertyKey[], of?: 'key' | 'value'): Place;
  /** Every scalar that is a time, with the place of its first digit. */
  readonly times: readonly { readonly place: Place; readonly text: string }[];
}

/** Reads the lines of a block whose first line is line `firstLine` of the file; undefined after an error. */
export function readYaml(
  lines: readonly string[],
  firstLine: number,
  findings: Findings,
): YamlReading | undefined {
  const before = findings.errors;
  const source = `${lines.join('\n')}\n`;
  const places = placesOf(lines, firstLine);
  if (!passLines(lines, firstLine, source, findings) || !passTokens(source, places, findings))
    return undefined;
  const document = parseDocument(source, {
    version: '1.2',
    schema: 'core',
    merge: false,
    // The library compares every key with every other; ours go through a set.
    uniqueKeys: false,
    prettyErrors: false,
    stringKeys: false,
  });
  for (const fault of [...document.errors, ...document.warnings]) {
    findings.error(
      places(fault.pos[0]),
      'yaml-syntax',
      `The actions block is not YAML here: ${fault.message.split('\n')[0]?.replace(/[.:]$/, '')}.`,
      'Compare with the example in sips/template.md: two blanks of indentation, "key: value", "- " before each action.',
    );
  }
  if (findings.errors > before) return undefined;
  const reader = new Reader(places, findings);
  const value = reader.read(document.contents, []);
  return findings.errors > before || value === undefined ? undefined : reader.reading(value);
}

const WHOLE = /^(?:0|[1-9][0-9]*)$/;
/** What some YAML reader somewhere takes for a number. */
const NUMBER_LIKE =
  /^[-+]?(?:\.?[0-9][0-9_,.']*(?:[eE][-+]?[0-9]+)?|0[xX][0-9A-Fa-f_]+|0[oObB][0-7_]+|\.(?:inf|Inf|INF)|[0-9]+(?::[0-5]?[0-9])+)$|^\.(?:nan|NaN|NAN)$/;
/** Nothing, and truth values in capitals. Words like "off" are text in YAML 1.2, and fields take them as text. */
const WORD_LIKE = /^(?:true|false|null|~)$/i;

class Reader {
  readonly #places: Places;
  readonly #findings: Findings;
  readonly #values = new Map<string, Place>();
  readonly #keys = new Map<string, Place>();
  readonly #times: { place: Place; text: string }[] = [];

  constructor(places: Places, findings: Findings) {
    this.#places = places;
    this.#findings = findings;
  }

  reading(value: YamlValue): YamlReading {
    return {
      value,
      times: this.#times,
      place: (path, of = 'value') => {
        for (let length = path.length; length >= 0; length--) {
          const id = pathId(path.slice(0, length));
          const exact = length === path.length && of === 'key' ? this.#keys.get(id) : undefined;
          const place = exact ?? this.#values.get(id);
          if (place !== undefined) return place;
        }
        return this.#places(0);
      },
    };
  }

  read(node: Node | null | undefined, path: readonly PropertyKey[]): YamlValue | undefined {
    const offset = node?.range?.[0] ?? 0;
    this.#values.set(pathId(path), this.#places(offset));
    if (isMap<Node, Node | null>(node)) return this.#map(node.items, path);
    if (isSeq<Node>(node)) {
      return node.items.flatMap((item, i) => {
        const value = this.read(item, [...path, i]);
        return value === undefined ? [] : [value];
      });
    }
    if (isScalar(node)) return this.#scalar(node, offset);
    this.#refuse(offset, 'yaml-empty', 'The actions block is empty.', 'Copy the block of sips/template.md.');
    return undefined;
  }

  #map(items: readonly Pair<Node, Node | null>[], path: readonly PropertyKey[]): YamlValue {
    const entries = new Map<string, YamlValue>();
    const seen = new Set<string>();
    for (const { key, value } of items) {
      const offset = key?.range?.[0] ?? 0;
      const name = isScalar(key) ? key.source : undefined;
      if (name === '<<') {
        this.#refuse(
          offset,
          'yaml-merge',
          'Merge keys are not used here.',
          'Write the fields out in each action.',
        );
        continue;
      }
      if (name === undefined || !/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
        this.#refuse(
          offset,
          'yaml-key',
          'A key is one word of letters, digits and hyphens.',
          'Write keys as in the template, for example "token-program:".',
        );
        continue;
      }
      this.#keys.set(pathId([...path, name]), this.#places(offset));
      if (seen.has(name)) {
        this.#refuse(
          offset,
          'yaml-duplicate-key',
          `"${name}:" stands twice in one mapping.`,
          'Keep one of them.',
        );
        continue;
      }
      seen.add(name);
      const read = this.read(value, [...path, name]);
      if (read !== undefined) entries.set(name, read);
    }
    // fromEntries defines own properties, so a key named like a prototype's member stays data.
    return Object.fromEntries(entries);
  }

  #scalar(node: Scalar, offset: number): YamlValue | undefined {
    const source = node.source ?? '';
    const end = node.range?.[1] ?? offset;
    const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    if (this.#places(offset).line !== this.#places(Math.max(offset, end - 1)).line) {
      this.#refuse(
        offset,
        'yaml-block-text',
        'This value runs over several lines.',
        'Write it on one line; check that its quotes are closed.',
      );
      return undefined;
    }
    // `source` of a double-quoted scalar is decoded; a shorter value than the text between the quotes had an escape.
    if (node.type === 'QUOTE_DOUBLE' && source.length !== end - offset - 2) {
      this.#refuse(
        offset,
        'yaml-escape',
        'Backslash escapes are not used here, since readers would see other text than is signed.',
        'Write the characters themselves; for a backslash or a quotation mark put the value in single quotes.',
      );
      return undefined;
    }
    if (parseTime(source) !== undefined) {
      const { line, column } = this.#places(offset);
      this.#times.push({ place: { line, column: column + (quoted ? 1 : 0) }, text: source });
    }
    return quoted ? source : this.#plain(source, offset);
  }

  #plain(source: string, offset: number): YamlValue | undefined {
    if (source === 'true') return true;
    if (source === 'false') return false;
    if (WHOLE.test(source) && Number.isSafeInteger(Number(source))) return Number(source);
    if (NUMBER_LIKE.test(source)) {
      const plain = plainDecimal(source);
      this.#refuse(
        offset,
        'number-form',
        `${quote(source)} could be read as another number, or lose digits.`,
        plain === undefined
          ? 'Write counts as whole numbers in plain digits, and amounts in quotes, such as "0.5".'
          : `Put amounts and addresses in quotes: "${plain}"; counts are whole numbers without leading zeros.`,
      );
      return undefined;
    }
    if (source === '') {
      this.#refuse(offset, 'yaml-empty', 'This key has no value.', 'Give it one, or leave the key out.');
      return undefined;
    }
    if (WORD_LIKE.test(source)) {
      this.#refuse(
        offset,
        'yaml-word',
        `${quote(source)} is a word that YAML gives a meaning of its own.`,
        'Write true or false in lower case; put it in quotes where text is meant; leave the key out where nothing is meant.',
      );
      return undefined;
    }
    return source;
  }

  #refuse(offset: number, code: string, message: string, help: string): void {
    this.#findings.error(this.#places(offset), code, message, help);
  }
}

/** A number without the marks that separate thousands; undefined where a mark could be a decimal sign. */
export function plainDecimal(text: string): string | undefined {
  if (/^[0-9]+(?:\.[0-9]+)?$/.test(text)) return text;
  return /^[0-9]{1,3}(?:[,_'][0-9]{3})+(?:\.[0-9]+)?$/.test(text) ? text.replace(/[,_']/g, '') : undefined;
}

function pathId(path: readonly PropertyKey[]): string {
  return path.map(String).join('\0');
}
