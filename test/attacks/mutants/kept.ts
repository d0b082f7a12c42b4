import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Fate, Judged, Mutant } from './mutant.ts';

/**
 * What came of each mutant of a target, kept as long as nothing that it depends on has changed. A run that is stopped
 * goes on where it was.
 */
export class Kept {
  private readonly fates: Map<string, Fate>;
  private readonly file: string;
  private unsaved = 0;

  /** @param hash of sources, tests and packages */
  constructor(
    target: string,
    private readonly hash: string,
  ) {
    this.file = `build/mutants/${target}.json`;
    this.fates = new Map(this.read());
  }

  get(mutant: Mutant): Fate | undefined {
    return this.fates.get(mutant.id);
  }

  add({ mutant, fate }: Judged): void {
    this.fates.set(mutant.id, fate);
    this.unsaved += 1;
    if (this.unsaved >= 20) this.save();
  }

  save(): void {
    mkdirSync('build/mutants', { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify({ hash: this.hash, fates: [...this.fates] }));
    renameSync(`${this.file}.new`, this.file);
    this.unsaved = 0;
  }

  private read(): readonly [string, Fate][] {
    try {
      const kept = JSON.parse(readFileSync(this.file, 'utf8')) as { hash: string; fates: [string, Fate][] };
      return kept.hash === this.hash ? kept.fates : [];
    } catch {
      return [];
    }
  }
}
