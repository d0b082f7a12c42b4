import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Fate, Judged, Mutant } from './mutant.ts';

/**
 * What came of each mutant of a target, kept as long as nothing that it depends on has changed. A run that is stopped
 * goes on where it was. Which test found a mutant is kept longer, since that test is the one to try first.
 */
export class Kept {
  private readonly fates: Map<string, Fate>;
  private readonly finders: Map<string, string>;
  private readonly file: string;
  private unsaved = 0;

  /** @param hash of sources, tests and packages */
  constructor(
    target: string,
    private readonly hash: string,
  ) {
    this.file = `build/mutants/${target}.json`;
    const kept = this.read();
    this.fates = new Map(kept.hash === hash ? kept.fates : []);
    this.finders = new Map(kept.finders);
  }

  get(mutant: Mutant): Fate | undefined {
    return this.fates.get(mutant.id);
  }

  /** The test that found it when it was last judged, if any did. */
  finderOf(mutant: Mutant): string | undefined {
    return this.finders.get(textOf(mutant));
  }

  add({ mutant, fate, killedBy }: Judged): void {
    this.fates.set(mutant.id, fate);
    if (killedBy !== undefined) this.finders.set(textOf(mutant), killedBy);
    this.unsaved += 1;
    if (this.unsaved >= 20) this.save();
  }

  save(): void {
    mkdirSync('build/mutants', { recursive: true });
    const kept: KeptFile = { hash: this.hash, fates: [...this.fates], finders: [...this.finders] };
    writeFileSync(`${this.file}.new`, JSON.stringify(kept));
    renameSync(`${this.file}.new`, this.file);
    this.unsaved = 0;
  }

  private read(): KeptFile {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as KeptFile;
    } catch {
      return { hash: '', fates: [], finders: [] };
    }
  }
}

interface KeptFile {
  readonly hash: string;
  readonly fates: readonly (readonly [id: string, fate: Fate])[];
  readonly finders: readonly (readonly [mutant: string, test: string])[];
}

/** The same wherever the line goes, unlike its number. */
const textOf = ({ file, at, original, replacement }: Mutant): string =>
  [file, at, original, replacement].join('\n');
