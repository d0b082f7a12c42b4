import type { LintFinding } from './document.ts';

/** A place in a file; both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A hostile file may hold a fault per byte; nobody reads more than this many. */
const MOST = 100;

/** Collects the findings of one file. Findings beyond the hundredth are counted, not kept. */
export class Findings {
  readonly #file: string;
  readonly #kept: LintFinding[] = [];
  readonly #seen = new Set<string>();
  #dropped = 0;
  #errors = 0;

  constructor(file: string) {
    this.#file = file;
  }

  error(place: Place, code: string, message: string, help: string): void {
    this.#errors += 1;
    this.#add({ file: this.#file, ...at(place), level: 'error', code, message, help });
  }

  warning(place: Place, code: string, message: string, help: string): void {
    this.#add({ file: this.#file, ...at(place), level: 'warning', code, message, help });
  }

  get errors(): number {
    return this.#errors;
  }

  /** True while another finding would still be kept: loops over hostile input may stop when it is false. */
  get open(): boolean {
    return this.#kept.length < MOST;
  }

  /** In reading order. */
  list(): readonly LintFinding[] {
    const sorted = [...this.#kept].sort((a, b) => a.line - b.line || a.column - b.column);
    const last = sorted.at(-1);
    if (this.#dropped === 0 || last === undefined) return sorted;
    const more: LintFinding = {
      file: this.#file,
      line: last.line,
      column: last.column,
      level: this.#errors > 0 ? 'error' : 'warning',
      code: 'findings-cut',
      message: `There are ${this.#dropped} further findings.`,
      help: 'Mend the ones above and lint again.',
    };
    return [...sorted, more];
  }

  #add(finding: LintFinding): void {
    // Two rules may look at the same place, as for a link definition that is also a plain address.
    const key = `${finding.line}:${finding.column}:${finding.code}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (this.open) this.#kept.push(finding);
    else this.#dropped += 1;
  }
}

function at(place: Place): Place {
  return { line: place.line, column: place.column };
}

/** The word of `words` that `found` was probably meant to be, or undefined. */
export function nearest(found: string, words: readonly string[]): string | undefined {
  const wanted = found.toLowerCase().slice(0, 64);
  let best: string | undefined;
  let bestDistance = 1 + Math.floor(wanted.length / 3);
  for (const word of words) {
    const d = distance(wanted, word.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [word, d];
  }
  return best;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Quotes a piece of the author's text for a message: short, and without what a terminal would obey. */
export function quote(text: string): string {
  const printable = text.replace(/[\p{C}\p{Z}]/gu, (c) => (c === ' ' ? c : '\u{fffd}'));
  const units = [...printable];
  return `"${units.length > 60 ? `${units.slice(0, 57).join('')}…` : printable}"`;
}
