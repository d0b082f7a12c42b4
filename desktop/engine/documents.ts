import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import { SipError } from '#governance/errors.ts';
import { type SipLibrary, sipLibrary } from '#governance/proposals/library.ts';
import type { Sip } from '#governance/sip/document.ts';
import { isSipFile } from '#governance/sip/file-name.ts';
import type { SipFile } from '#governance/sip/lint.ts';
import { parseSip } from '#governance/sip/parse.ts';
import { rebaseFolder } from '#governance/sip/rebase.ts';
import type { UnixSeconds } from '#governance/types.ts';

/** The SIP documents of one deployment, in a folder of the console's own. */
export class Documents {
  readonly folder: string;
  #files: readonly SipFile[] = [];
  #library: SipLibrary = sipLibrary([]);

  /** @param folder made where it is missing */
  constructor(folder: string) {
    this.folder = folder;
  }

  get library(): SipLibrary {
    return this.#library;
  }

  get files(): readonly SipFile[] {
    return this.#files;
  }

  /** Reads the folder again; a document that is no valid SIP waits in its file until it is mended. */
  async reload(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    this.#files = await readFolder(this.folder);
    const sips = this.#files.flatMap(({ file, bytes }) => parseSip(bytes, file).sip ?? []);
    this.#library = sipLibrary(firstOfEachNumber(sips));
  }

  /** @throws SipError SIP_NOT_FOUND */
  sip(number: number): Sip {
    const sip = this.#library.byNumber(number);
    if (sip) return sip;
    throw new SipError('SIP_NOT_FOUND', { sip: number, folder: 'the console’s documents' });
  }

  /** Writes a document whole. @throws SipError FILE_UNWRITABLE */
  async save(fileName: string, text: string): Promise<void> {
    await folderFiles(this.folder).write(fileName, new TextEncoder().encode(text));
    await this.reload();
  }

  /** Copies of the documents that come with the console, with all their times moved to the chain's today. */
  async seed(from: string, now: UnixSeconds): Promise<void> {
    const today = new Date(Number(now) * 1000).toISOString().slice(0, 10);
    const { files } = rebaseFolder(await readFolder(from), today);
    await mkdir(this.folder, { recursive: true });
    const own = folderFiles(this.folder);
    for (const { file, bytes } of files) await own.write(file, bytes);
    await this.reload();
  }
}

async function readFolder(folder: string): Promise<readonly SipFile[]> {
  const names = (await readdir(folder)).filter(isSipFile).sort();
  return Promise.all(names.map(async (file) => ({ file, bytes: await readFile(join(folder, file)) })));
}

/** Two documents of one number: the first by name counts, as the linter tells whoever edits the other. */
function firstOfEachNumber(sips: readonly Sip[]): readonly Sip[] {
  const numbers = new Set<number>();
  return sips.filter(({ header: { sip } }) => !numbers.has(sip) && numbers.add(sip));
}
