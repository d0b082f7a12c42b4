import type { Files } from '#governance/chain/ports.ts';
import { isSipError } from '#governance/errors.ts';
import { type Handoff, importHandoff } from '#governance/handoff/sipz.ts';
import type { Sip } from '#governance/sip/document.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import { failureOf } from './failure.ts';

/**
 * Texts by their digest: what was handed in, given for a proposal, submitted, or asked to be changed. A text is never
 * replaced and never deleted, so what is on chain stays readable whatever becomes of the documents. Each is checked against
 * its name when read. Besides, in memory, what was submitted to a chain that ends with the console.
 */
const FOLDER = 'store';
const NAME = /^([0-9a-f]{64})\.(md|sipz)$/;

export interface Stored {
  readonly sip: Sip;
  readonly bytes: Uint8Array;
  /** Who handed it in; null where nobody signed it. */
  readonly author: string | null;
  /** The `.sipz` that it came in, as the proof of who wrote it. */
  readonly handoff: Uint8Array | null;
}

export class TextStore {
  readonly #files: Files;
  #texts: ReadonlyMap<string, Stored> = new Map();
  readonly #passing = new Map<string, Stored>();
  #problems: readonly string[] = [];

  /** @param files of the data folder */
  constructor(files: Files) {
    this.#files = files;
  }

  get texts(): readonly Stored[] {
    return [...this.#texts.values()];
  }

  byDigest(digest: string): Stored | undefined {
    return this.#texts.get(digest);
  }

  /** Files that are not what their name says, in sentences; they are left where they are and not used. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** @throws SipError FILE_UNREADABLE */
  async reload(): Promise<void> {
    const texts = new Map<string, Stored>(this.#passing);
    const problems: string[] = [];
    // `.md` before `.sipz`: the author comes on top of the text.
    for (const name of [...(await this.#files.list(FOLDER))].sort()) {
      const [, digest, kind] = NAME.exec(name) ?? [];
      if (digest === undefined) continue;
      const path = `${FOLDER}/${name}`;
      const bytes = (await this.#files.read(path)) ?? new Uint8Array();
      try {
        const one = kind === 'md' ? readText(bytes, path) : readHandoff(bytes, path);
        if (one.sip.digest === digest) texts.set(digest, one);
        else problems.push(`${path} holds a text with the digest ${one.sip.digest}; it is not used.`);
      } catch (error) {
        if (!isSipError(error)) throw error;
        problems.push(`${failureOf(error).message} It is not used.`);
      }
    }
    this.#texts = texts;
    this.#problems = problems;
  }

  /** Until the console ends, and in no file: for what is submitted to a chain that ends with it. */
  keepInMemory(one: Stored): void {
    const { digest } = one.sip;
    if (this.#texts.has(digest)) return;
    this.#passing.set(digest, one);
    this.#texts = new Map([...this.#texts, [digest, one]]);
  }

  /** Keeps a text; one that is there already stays as it is. @throws SipError FILE_UNWRITABLE */
  async keep(one: Stored): Promise<Stored> {
    const { digest } = one.sip;
    const { bytes } = one;
    const there = this.#passing.has(digest) ? undefined : this.#texts.get(digest);
    // Who handed it in first wrote it: a signature over the same text proves nothing against that.
    if (one.handoff !== null && !there?.handoff) {
      await this.#files.write(`${FOLDER}/${digest}.sipz`, one.handoff);
      this.#texts = new Map([...this.#texts, [digest, one]]);
    } else if (there === undefined) {
      await this.#files.write(`${FOLDER}/${digest}.md`, bytes);
      this.#texts = new Map([...this.#texts, [digest, one]]);
    }
    this.#passing.delete(digest);
    return this.#texts.get(digest) ?? one;
  }
}

/** A text by itself. @throws SipError SIP_INVALID */
export const readText = (bytes: Uint8Array, shown: string): Stored => ({
  sip: parseUnnamed(bytes, shown),
  bytes,
  author: null,
  handoff: null,
});

/** A `.sipz`. @throws SipError as importHandoff */
export function readHandoff(file: Uint8Array, shown: string): Stored {
  let sip: Sip | undefined;
  const handoff: Handoff = importHandoff(file, shown, (text) => {
    sip = parseUnnamed(text, shown);
    return { sip: sip.header.sip, digest: sip.digest };
  });
  return {
    sip: sip ?? parseUnnamed(handoff.text, shown),
    bytes: handoff.text,
    author: handoff.author,
    handoff: file,
  };
}
