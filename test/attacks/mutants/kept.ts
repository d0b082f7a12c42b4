import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Fate, Judged, Mutant } from './mutant.ts';

/** SHA-256 of all that a mutant's fate depends on. */
export interface Hashes {
  /** Of everything but the test files: what they test, what helps them, the packages. */
  readonly sources: string;
  /** Of each test file, by its path. */
  readonly tests: Readonly<Record<string, string>>;
}

/** A fate, the test that found the mutant, and the hash of the test file that says so; of all of them where none does. */
type Entry = readonly [id: string, fate: Fate, finder: string | null, hash: string];

interface KeptFile {
  readonly sources: string;
  readonly fates: readonly Entry[];
  readonly finders: readonly (readonly [mutant: string, test: string])[];
}

/**
 * What came of each mutant of a target, kept as long as nothing that it depends on has changed: one that was found
 * stays found while sources and the file of that test are the same. A run that is stopped goes on where it was. Which
 * test found a mutant is known even longer, since that test is the one to try first.
 */
export class Kept {
  private readonly fates: Map<string, Entry>;
  private readonly finders: Map<string, string>;
  private readonly file: string;
  private readonly allTests: string;
  private unsaved = 0;

  constructor(
    target: string,
    private readonly hashes: Hashes,
  ) {
    this.file = `build/mutants/${target}.json`;
    this.allTests = Object.values(hashes.tests).join(' ');
    const { sources, fates, finders } = this.read();
    const same = sources === hashes.sources ? fates : [];
    this.fates = new Map(same.map((entry) => [entry[0], entry]));
    this.finders = new Map(finders);
  }

  get(mutant: Mutant): Fate | undefined {
    const [, fate, finder, hash] = this.fates.get(mutant.id) ?? [];
    return hash === this.hashOf(finder ?? null) ? fate : undefined;
  }

  /** The test that found it when it was last judged, if any did. */
  finderOf(mutant: Mutant): string | undefined {
    return this.finders.get(textOf(mutant));
  }

  add({ mutant, fate, killedBy }: Judged): void {
    const finder = killedBy ?? null;
    this.fates.set(mutant.id, [mutant.id, fate, finder, this.hashOf(finder) ?? '']);
    if (killedBy !== undefined) this.finders.set(textOf(mutant), killedBy);
    this.unsaved += 1;
    if (this.unsaved >= 20) this.save();
  }

  save(): void {
    mkdirSync('build/mutants', { recursive: true });
    const { sources } = this.hashes;
    const kept: KeptFile = { sources, fates: [...this.fates.values()], finders: [...this.finders] };
    writeFileSync(`${this.file}.new`, JSON.stringify(kept));
    renameSync(`${this.file}.new`, this.file);
    this.unsaved = 0;
  }

  private hashOf(finder: string | null): string | undefined {
    if (finder === null) return this.allTests;
    return Object.entries(this.hashes.tests).find(([name]) => finder.startsWith(`${name} > `))?.[1];
  }

  private read(): KeptFile {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as KeptFile;
    } catch {
      return { sources: '', fates: [], finders: [] };
    }
  }
}

/** The same wherever the line goes, unlike its number. */
const textOf = ({ file, at, original, replacement }: Mutant): string =>
  [file, at, original, replacement].join('\n');
