import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFiles, ownFolder } from '#governance/adapters/files.ts';
import { SipError } from '#governance/errors.ts';
import { type SipLibrary, sipLibrary } from '#governance/proposals/library.ts';
import type { Sip } from '#governance/sip/document.ts';
import { isSipFile } from '#governance/sip/file-name.ts';
import type { SipFile } from '#governance/sip/lint.ts';
import { rebaseFolder } from '#governance/sip/rebase.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { SipFolder } from './folder.ts';
import type { TextStore } from './store.ts';

/** What somebody else changes in a folder is seen after this long. */
const AGE_MS = 3_000;

/**
 * The SIP documents of one deployment: a folder of the console's own, where it saves, and the folders that its user added.
 * Of a number the first folder's document counts; every other text is still found by its digest, and so is the store's.
 */
export class Documents {
  readonly folder: string;
  readonly store: TextStore;
  readonly #own: SipFolder;
  readonly #sources: () => readonly string[];
  #added: readonly SipFolder[] = [];
  #library: SipLibrary = sipLibrary([]);
  #readAt = Number.NEGATIVE_INFINITY;

  /** @param folder made where it is missing @param sources paths of the folders added, in their order */
  constructor(folder: string, store: TextStore, sources: () => readonly string[]) {
    this.folder = folder;
    this.store = store;
    this.#own = new SipFolder(folder);
    this.#sources = sources;
  }

  get library(): SipLibrary {
    return this.#library;
  }

  get files(): readonly SipFile[] {
    return this.#all.flatMap(({ files }) => files);
  }

  get sources(): readonly SipFolder[] {
    return this.#added;
  }

  /** Paths of all of them: what lies beside a document may lie in any, whichever the document itself was read from. */
  get folders(): readonly string[] {
    return this.#all.map(({ path }) => path);
  }

  /** Whether it is one of the console's own folder, where documents are saved. */
  isOwn(file: string): boolean {
    return this.#own.files.some((one) => one.file === file);
  }

  /** The added folder that the document was read from; null for the console's own, which is no clone. */
  sourceOf({ digest, file }: Sip): string | null {
    if (this.#own.sips.some((one) => one.digest === digest)) return null;
    return (
      this.#added.find(({ sips }) => sips.some((one) => one.digest === digest && one.file === file))?.path ??
      null
    );
  }

  /** Other texts of that number: of another folder, or of the store. */
  others(sip: Sip): readonly Sip[] {
    const { digest, header } = sip;
    const all = [...this.#all.flatMap(({ sips }) => sips), ...this.store.texts.map((one) => one.sip)];
    const found = all.filter((one) => one.header.sip === header.sip && one.digest !== digest);
    return [...new Map(found.map((one) => [one.digest, one])).values()];
  }

  get #all(): readonly SipFolder[] {
    return [this.#own, ...this.#added];
  }

  /** Reads the folders again. @throws SipError FILE_UNREADABLE of the store, FILE_UNWRITABLE of the own folder */
  async reload(): Promise<void> {
    await ownFolder(this.folder);
    this.#added = this.#sources().map(
      (path) => this.#added.find((one) => one.path === path) ?? new SipFolder(path),
    );
    await Promise.all([this.store.reload(), ...this.#all.map((one) => one.reload())]);
    const sips = this.#all.flatMap((one) => one.sips);
    const first = firstOfEachNumber(sips);
    this.#library = sipLibrary(first, [...sips, ...this.store.texts.map(({ sip }) => sip)]);
    this.#readAt = performance.now();
  }

  /** As reload, unless it was just done. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#readAt > AGE_MS) await this.reload();
  }

  /** @throws SipError SIP_NOT_FOUND */
  sip(number: number): Sip {
    const sip = this.#library.byNumber(number);
    if (sip) return sip;
    throw new SipError('SIP_NOT_FOUND', { sip: number, folder: 'the console’s documents' });
  }

  /** Writes a document whole. @throws SipError FILE_UNWRITABLE */
  async save(fileName: string, text: string | Uint8Array): Promise<void> {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    await folderFiles(this.folder).write(fileName, bytes);
    await this.reload();
  }

  /** Copies of the documents that come with the console, with all their times moved to the chain's today. */
  async seed(from: string, now: UnixSeconds): Promise<void> {
    const today = new Date(Number(now) * 1000).toISOString().slice(0, 10);
    const { files } = rebaseFolder(await readFolder(from), today);
    await ownFolder(this.folder);
    const own = folderFiles(this.folder);
    for (const { file, bytes } of files) await own.write(file, bytes);
    await this.reload();
  }
}

/** A folder of our own. */
async function readFolder(folder: string): Promise<readonly SipFile[]> {
  const names = (await readdir(folder)).filter(isSipFile).sort();
  return Promise.all(names.map(async (file) => ({ file, bytes: await readFile(join(folder, file)) })));
}

/** Two documents of one number: the first counts, as the linter tells whoever edits the other. */
function firstOfEachNumber(sips: readonly Sip[]): readonly Sip[] {
  const numbers = new Set<number>();
  return sips.filter(({ header: { sip } }) => !numbers.has(sip) && numbers.add(sip));
}
