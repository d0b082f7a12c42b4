import { readFileSync } from 'node:fs';
import type { Mutant } from '../mutant.ts';
import { checksIn, type Site } from './edits.ts';
import { type Listed, listedIn } from './listed.ts';

/**
 * All mutants of the program in one binary, since to build one takes longer than to test it: which is switched on is
 * read from a field of the clock that nothing else looks at.
 */

export interface Woven {
  /** Text by path within the project. */
  readonly files: ReadonlyMap<string, string>;
  readonly mutants: readonly Mutant[];
  /** Numbers of a place's mutants, by the number that the place logs when it is come by. */
  readonly places: ReadonlyMap<number, readonly string[]>;
}

const SOURCES = 'programs/restaking/src';
/** Above every number that the clock has by itself. */
const FIRST = 1_000;

export const SWITCH = {
  /** In the clock's field, it makes every place that is come by log its number. */
  show: 0xffff_ffff_ffff_ffffn,
  /** In front of the number in such a log. */
  mark: 'mutants from ',
} as const;

const MODULE = `//! Which mutant is switched on.
use anchor_lang::prelude::*;

#[inline(never)]
pub fn at(place: u64) -> u64 {
    let on = Clock::get().map_or(0, |clock| clock.leader_schedule_epoch);
    if on == ${SWITCH.show} {
        msg!("${SWITCH.mark}{}", place);
    }
    on
}
`;

function woven(
  source: string,
  sites: readonly (Site & { readonly first: number })[],
  unviable: ReadonlySet<number>,
): string {
  let text = '';
  let at = 0;
  for (const site of [...sites].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (site.from < at) throw new Error(`two places overlap at ${site.from}`);
    text += source.slice(at, site.from) + site.weave(site.first, unviable);
    at = site.to;
  }
  return text + source.slice(at);
}

/**
 * @param listed by cargo-mutants @param files paths within the project of what is looked at
 * @param unviable mutants that do not compile
 */
export function weave(
  listed: readonly Listed[],
  files: readonly string[],
  unviable: ReadonlySet<number>,
): Woven {
  const mutants: Mutant[] = [];
  const places = new Map<number, string[]>();
  const texts = new Map<string, string>();
  let next = FIRST;
  for (const file of files) {
    const source = readFileSync(file, 'utf8');
    const of = listed.filter((mutant) => mutant.file === file);
    const sites = [...checksIn(source), ...listedIn(source, of)].map((site) => {
      const first = next;
      next += site.variants.length;
      const line = source.slice(0, site.from).split('\n').length;
      const at = source.split('\n')[line - 1]!.trim();
      const ids = site.variants.map((variant, i) => {
        mutants.push({ id: `${first + i}`, file, line, at, ...variant });
        return `${first + i}`;
      });
      places.set(first, ids);
      return { ...site, first };
    });
    texts.set(file, woven(source, sites, unviable));
  }
  const library = `${SOURCES}/lib.rs`;
  texts.set(
    library,
    (texts.get(library) ?? readFileSync(library, 'utf8')).replace(
      'pub mod state;',
      'pub mod mutant;\npub mod state;',
    ),
  );
  texts.set(`${SOURCES}/mutant.rs`, MODULE);
  return { files: texts, mutants, places };
}

/** The mutant at whose text the compiler points; undefined where it points elsewhere. Line and column count from 1. */
export function mutantAt(text: string, line: number, column: number): number | undefined {
  const before = text.split('\n').slice(0, line);
  before[line - 1] = before[line - 1]!.slice(0, column);
  const found = [...before.join('\n').matchAll(/\b(\d{4,}) (?:=>|\{|\|\|) /g)].at(-1);
  return found && Number(found[1]);
}
