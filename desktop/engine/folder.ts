import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sip } from '#governance/sip/document.ts';
import { isSipFile } from '#governance/sip/file-name.ts';
import type { SipFile } from '#governance/sip/lint.ts';
import { parseSip } from '#governance/sip/parse.ts';

/** The linter refuses more than 256 KiB. */
const MAX_BYTES = 256 * 1024;
/** SIP numbers have four digits. */
const MAX_FILES = 10_000;

interface Read extends SipFile {
  readonly sip: Sip | null;
}

/** The SIP documents of one folder, which may be anybody's: plain files only, no link is followed, sizes are bounded. */
export class SipFolder {
  readonly path: string;
  #known = new Map<string, { readonly version: string; readonly read: Read }>();
  #problem: string | null = null;

  constructor(path: string) {
    this.path = path;
  }

  get files(): readonly SipFile[] {
    return [...this.#known.values()].map(({ read: { file, bytes } }) => ({ file, bytes }));
  }

  /** The valid ones, by file name; the others wait in their files until they are mended. */
  get sips(): readonly Sip[] {
    return [...this.#known.values()].flatMap(({ read: { sip } }) => sip ?? []);
  }

  /** Why not all of it is here; null as a rule. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Reads again what has changed. Never throws: what is wrong is the folder's problem. */
  async reload(): Promise<void> {
    const problems: string[] = [];
    const found = new Map<string, { readonly version: string; readonly read: Read }>();
    try {
      const names = (await readdir(this.path)).filter(isSipFile).sort();
      if (names.length > MAX_FILES)
        problems.push(`Only the first ${MAX_FILES} of ${names.length} files are read.`);
      for (const name of names.slice(0, MAX_FILES)) {
        const stats = await lstat(join(this.path, name));
        if (!stats.isFile()) {
          problems.push(`${name} is no plain file and is not read.`);
          continue;
        }
        const { size, mtimeMs, ino } = stats;
        const version = `${ino} ${size} ${mtimeMs}`;
        const known = this.#known.get(name);
        if (known?.version === version) found.set(name, known);
        else if (size > MAX_BYTES) problems.push(`${name} is larger than a SIP may be and is not read.`);
        else {
          const bytes = await readFile(join(this.path, name));
          found.set(name, { version, read: { file: name, bytes, sip: parseSip(bytes, name).sip } });
        }
      }
    } catch {
      problems.push('The folder cannot be read. Check that it is there and that it is yours.');
    }
    this.#known = found;
    this.#problem = problems[0] ?? null;
  }
}
