import { LAST_SEEN_FILE, type LastSeen } from '#desktop/shared/last-seen.ts';
import type { Files } from '#governance/chain/ports.ts';
import { isSipError } from '#governance/errors.ts';
import { failureOf } from './failure.ts';

/** Words of time change all the time; they are written again this often. */
const AT_LEAST_EVERY_MS = 300_000;

/** Keeps what the next start shows until the chain has been read. A view and nothing else: nothing is decided by it. */
export class LastSeenFile {
  readonly #files: Files;
  #written = { what: '', at: Number.NEGATIVE_INFINITY };
  #writing: Promise<void> = Promise.resolve();

  constructor(files: Files) {
    this.#files = files;
  }

  /** @param seen its time is the clock's of this computer */
  note(seen: LastSeen): void {
    const what = JSON.stringify(seen, (key, value: unknown) => (CHANGING.has(key) ? undefined : value));
    if (what === this.#written.what && seen.at - this.#written.at < AT_LEAST_EVERY_MS) return;
    this.#written = { what, at: seen.at };
    this.#next(() => this.#files.write(LAST_SEEN_FILE, new TextEncoder().encode(JSON.stringify(seen))));
  }

  /** Somebody goes elsewhere: what was seen here is not what is seen there. */
  forget(): void {
    this.#written = { what: '', at: Number.NEGATIVE_INFINITY };
    this.#next(() => this.#files.remove(LAST_SEEN_FILE));
  }

  /** Once everything noted so far is written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  #next(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).catch((error: unknown) => {
      if (!isSipError(error)) throw error;
      process.stderr.write(`The next start will show no inbox at first: ${failureOf(error).message}\n`);
    });
  }
}

const CHANGING: ReadonlySet<string> = new Set(['at', 'now', 'detail']);
