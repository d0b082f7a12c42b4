import { armsOf, closing, type Site, type Variant } from './edits.ts';

/** What `cargo mutants --list --json` says of a mutant, as far as it is used. Lines and columns count from 1. */
export interface Listed {
  readonly file: string;
  readonly genre: string;
  readonly replacement: string;
  readonly span: Span;
  readonly function: { readonly function_name: string; readonly span: Span } | null;
}

interface Span {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

function offsetsIn(source: string): (at: Span['start']) => number {
  const starts = [0];
  for (let i = 0; i < source.length; i += 1) if (source[i] === '\n') starts.push(i + 1);
  return ({ line, column }) => starts[line - 1]! + column - 1;
}

/** cargo-mutants' changes of one file's functions, each a switch at the beginning of the function. */
export function listedIn(source: string, listed: readonly Listed[]): readonly Site[] {
  const offset = offsetsIn(source);
  const functions = new Map<number, Listed[]>();
  for (const mutant of listed) {
    if (mutant.function === null) continue;
    const start = offset(mutant.function.span.start);
    functions.set(start, [...(functions.get(start) ?? []), mutant]);
  }
  return [...functions].map(([start, mutants]) => {
    const end = offset(mutants[0]!.function!.span.end);
    const open = bodyOf(source, start);
    const named = mutants[0]!.function!.function_name;
    const variants: Variant[] = [];
    const returned: string[] = [];
    for (const { genre, replacement, span } of mutants) {
      const [from, to] = [offset(span.start), offset(span.end)];
      const whole = genre === 'FnValue';
      variants.push({
        kind: genre,
        original: whole ? named : source.slice(from, to),
        replacement: whole ? replacement : replacement || 'deleted',
      });
      returned.push(
        whole
          ? `return ${replacement}`
          : `return { ${source.slice(open + 1, from)}${replacement}${source.slice(to, end - 1)} }`,
      );
    }
    const weave = (first: number, without: ReadonlySet<number>) =>
      `match crate::mutant::at(${first}) { ${armsOf(first, returned, without)}_ => {} } `;
    return { from: open + 1, to: open + 1, variants, weave };
  });
}

/** The brace that opens the body of the function that begins at `start`. */
function bodyOf(source: string, start: number): number {
  let at = start;
  while (source[at] !== '{') at = source[at] === '(' ? closing(source, at) + 1 : at + 1;
  return at;
}
