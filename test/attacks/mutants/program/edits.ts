/** Changes of a Rust file's text: what cargo-mutants lists, and what it does not see, since it stays out of macros. */

export interface Variant {
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
}

/** What stands in the place then. */
interface Written extends Variant {
  readonly text: string;
}

/** A place in a file that can be one of several things. */
export interface Site {
  readonly from: number;
  readonly to: number;
  readonly variants: readonly Variant[];
  /**
   * The place's text with a switch in it; the first variant has the number `first`, the others those behind it;
   * those of `without` are left out. */
  weave(first: number, without: ReadonlySet<number>): string;
}

/** As cargo-mutants compares, and the bounds beside it. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '==': ['!='],
  '!=': ['=='],
  '<': ['==', '>', '<='],
  '>': ['==', '<', '>='],
  '<=': ['>', '<'],
  '>=': ['<', '>'],
  '&&': ['||'],
  '||': ['&&'],
};

/** Position of the bracket that closes the one at `at`. The text is rustfmt's and has no brackets in strings. */
export function closing(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i += 1) {
    if ('([{'.includes(text[i]!)) depth += 1;
    if (')]}'.includes(text[i]!)) depth -= 1;
    if (depth === 0) return i;
  }
  throw new Error(`nothing closes the bracket at ${at}`);
}

/** Splits where `separator` stands outside of all brackets. */
export function splitOutside(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    if ('([{'.includes(text[i]!)) depth += 1;
    if (')]}'.includes(text[i]!)) depth -= 1;
    const found = depth === 0 ? separator.exec(text.slice(i)) : null;
    if (found?.index !== 0) continue;
    parts.push(text.slice(from, i));
    i += found[0].length - 1;
    from = i + 1;
  }
  return [...parts, text.slice(from)];
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A condition without one of its clauses. */
function clausesDropped(condition: string): Written[] {
  for (const operator of ['||', '&&']) {
    const clauses = splitOutside(condition, operator === '||' ? /^\s\|\|\s/ : /^\s&&\s/);
    if (clauses.length < 2) continue;
    return clauses.map((clause, dropped) => ({
      kind: 'clause dropped',
      original: oneLine(clause),
      replacement: '',
      text: clauses.filter((_, at) => at !== dropped).join(` ${operator} `),
    }));
  }
  return [];
}

/** rustfmt puts blanks around operators that compare, and none around those of generics. */
function operatorsReplaced(condition: string): Written[] {
  return [...condition.matchAll(/(?<=\s)(==|!=|<=|>=|<|>|&&|\|\|)(?=\s)/g)].flatMap(
    ({ 0: operator, index }) =>
      OPERATORS[operator]!.map((other) => ({
        kind: 'operator',
        original: operator,
        replacement: other,
        text: condition.slice(0, index) + other + condition.slice(index + operator.length),
      })),
  );
}

const removed = (condition: string): Written => ({
  kind: 'check removed',
  original: oneLine(condition),
  replacement: '',
  text: 'true',
});

/** One arm of a `match` for each text, by its number. */
export const armsOf = (first: number, texts: readonly string[], without: ReadonlySet<number>): string =>
  texts.map((text, i) => (without.has(first + i) ? '' : `${first + i} => ${text}, `)).join('');

const choice = (from: number, original: string, variants: readonly Written[]): Site => ({
  from,
  to: from + original.length,
  variants,
  weave: (first, without) => {
    const arms = armsOf(
      first,
      variants.map(({ text }) => text),
      without,
    );
    return `match crate::mutant::at(${first}) { ${arms}_ => ${original} }`;
  },
});

function inRequires(source: string): Site[] {
  return [...source.matchAll(/require!\(/g)].map(({ index }) => {
    const from = index + 'require!('.length;
    const [condition] = splitOutside(source.slice(from, closing(source, from - 1)), /^,/) as [string];
    return choice(from, condition, [
      removed(condition),
      ...clausesDropped(condition),
      ...operatorsReplaced(condition),
    ]);
  });
}

/** `require_keys_eq!(…)`, and calls of a guard whose answer is only whether it refuses. */
function guardsRemoved(source: string): Site[] {
  const calls = /^ *((?:require_keys_n?eq!|[\w.:]*\b(?:require_\w+|take|fill))\()/gm;
  return [...source.matchAll(calls)].flatMap(({ index, 0: whole, 1: call }) => {
    const from = index + whole.length - call!.length;
    const end = closing(source, from + call!.length - 1) + 1;
    const tail = /^\??;/.exec(source.slice(end))?.[0];
    if (tail === undefined) return [];
    const to = end + tail.length;
    const statement = source.slice(from, to);
    const variants = [{ kind: 'guard removed', original: oneLine(statement), replacement: '' }];
    const weave = (first: number) => `if crate::mutant::at(${first}) != ${first} { ${statement} }`;
    return [{ from, to, variants, weave }];
  });
}

/** `let clean = a && b;` is a check's condition by another name. */
function inConditions(source: string): Site[] {
  return [...source.matchAll(/let \w+ = ([^;{]*?\s&&\s[^;{]*);/g)].map(({ index, 0: whole, 1: condition }) =>
    choice(index + whole.length - 1 - condition!.length, condition!, clausesDropped(condition!)),
  );
}

/** Anchor's constraints that compare. */
function inConstraints(source: string): Site[] {
  return [...source.matchAll(/#\[account\(/g)].flatMap(({ index }) => {
    const open = index + '#[account('.length;
    const close = closing(source, open - 1);
    const field = /^\]\s*pub (\w+):/.exec(source.slice(close + 1))?.[1];
    if (field === undefined) return [];
    let at = open;
    return splitOutside(source.slice(open, close), /^,/).flatMap((part): Site[] => {
      const from = at + part.search(/\S|$/);
      at += part.length + 1;
      const found = /^(constraint|has_one|address) = ([\s\S]+?)( @ [\w:]+)?$/.exec(part.trim());
      if (found === null) return [];
      const [all, name, value, own] = found;
      const [held, code] = {
        constraint: [value, 'ConstraintRaw'],
        has_one: [`${field}.${value} == ${value}.key()`, 'ConstraintHasOne'],
        address: [`${field}.key() == ${value}`, 'ConstraintAddress'],
      }[name as 'constraint' | 'has_one' | 'address'];
      const error = own ?? ` @ anchor_lang::error::ErrorCode::${code}`;
      const variants = [{ kind: 'constraint removed', original: oneLine(all), replacement: '' }];
      const weave = (first: number) =>
        `constraint = (crate::mutant::at(${first}) == ${first} || ${held})${error}`;
      return [{ from, to: from + all.length, variants, weave }];
    });
  });
}

/** The checks of a file. Where a condition is in a `require!` of its own it is not looked at twice. */
export const checksIn = (source: string): readonly Site[] => [
  ...inRequires(source),
  ...guardsRemoved(source),
  ...inConditions(source),
  ...inConstraints(source),
];
