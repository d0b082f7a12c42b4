import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Timer } from '#governance/chain/ports.ts';
import {
  changeRequestsIn,
  isSameSip,
  onceEach,
  readChangeRequestsFile,
} from '#governance/change-requests/beside.ts';
import { checkChangeRequest, type Known } from '#governance/change-requests/check.ts';
import { type ChangeRequest, MAX_CHANGE_REQUEST_BYTES } from '#governance/change-requests/request.ts';
import type { Sip } from '#governance/sip/document.ts';
import { orElse } from './beside.ts';
import type { Documents } from './documents.ts';
import { plainFiles } from './plain-files.ts';
import { Share } from './share.ts';

/** Views are asked for every 1.5 s, and two of them show these. */
const AGE_MS = 1_000;
/** Of one text in one folder: who floods one text with files hides nothing that was asked of another. */
const MAX_FILES = 100;

/** Oldest first, under the digest of the text that they are about. */
export type RequestsByDigest = ReadonlyMap<string, readonly ChangeRequest[]>;

interface Read {
  readonly version: string;
  readonly requests: readonly ChangeRequest[];
}

/**
 * Requests for changes about the documents as they stand, in every folder of them. What is not what it says is left to the
 * SIP's own screen. A file is read, and its signatures checked, again when it has changed and not before.
 */
export class OpenRequests {
  readonly #documents: Documents;
  readonly #pins: Omit<Known, 'members'>;
  readonly #shared: Share<RequestsByDigest>;
  #known: ReadonlyMap<string, Read> = new Map();

  constructor(documents: Documents, pins: Omit<Known, 'members'>, timer: Pick<Timer, 'now'>) {
    this.#documents = documents;
    this.#pins = pins;
    this.#shared = new Share(() => this.#read(), timer, AGE_MS);
  }

  read(): Promise<RequestsByDigest> {
    return this.#shared.get();
  }

  /** One was signed or taken in. */
  forget(): void {
    this.#shared.forget();
  }

  async #read(): Promise<RequestsByDigest> {
    // What answers one may have been written by another program.
    if (this.#known.size > 0) await orElse(this.#documents.refresh(), undefined);
    const sips = new Map(this.#documents.library.sips.map((sip) => [sip.digest as string, sip]));
    const known = new Map<string, Read>();
    const found = new Map<string, ChangeRequest[]>();
    for (const folder of this.#documents.folders) {
      const files = plainFiles(folder, MAX_CHANGE_REQUEST_BYTES);
      const counts = new Map<string, number>();
      for (const name of await orElse(files.list('.'), [])) {
        const said = changeRequestsIn(name);
        const sip = said && sips.get(said.digest);
        if (!sip || !isSameSip(said.sipFile, sip.file)) continue;
        const count = (counts.get(sip.digest) ?? 0) + 1;
        counts.set(sip.digest, count);
        if (count > MAX_FILES) continue;
        const path = join(folder, name);
        const version = await versionOf(path);
        const before = this.#known.get(path);
        const read =
          before?.version === version
            ? before
            : { version, requests: await orElse(this.#genuine(files, name, sip), []) };
        known.set(path, read);
        found.set(sip.digest, [...(found.get(sip.digest) ?? []), ...read.requests]);
      }
    }
    this.#known = known;
    return new Map([...found].map(([digest, requests]) => [digest, onceEach(requests)]));
  }

  async #genuine(
    files: ReturnType<typeof plainFiles>,
    name: string,
    sip: Sip,
  ): Promise<readonly ChangeRequest[]> {
    const requests = await readChangeRequestsFile(files, name);
    return requests.filter((one) => checkChangeRequest(one, sip, this.#pins).faults.length === 0);
  }
}

/** Of what is there now; a file that is gone has one of its own. */
async function versionOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await lstat(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return 'gone';
  }
}
