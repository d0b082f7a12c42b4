import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { SipError } from '#governance/errors.ts';
import type { SipLibrary } from '#governance/proposals/library.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { SipFile } from '#governance/sip/lint.ts';
import { pathOf, projectFolder } from './folders.ts';
import type { Io } from './io.ts';
import { isFolder, namesIn, readNamed } from './read-file.ts';

/** SIP texts on this computer, as files the user names or as the folder. */
export interface SipTexts {
  /** The folder of --sips, else the project's sips/. */
  readonly folder: string;
  /** The same as one would type it here. */
  readonly shown: string;
  /** Files and folders as named; of a folder all its SIPs, without README and template. @throws SipError FILE_UNREADABLE */
  files(named: readonly string[]): Promise<readonly SipFile[]>;
  /** The other SIPs of the folders that hold these files. */
  neighbours(files: readonly SipFile[]): Promise<readonly SipFile[]>;
  /** One valid SIP from its file. @throws SipError SIP_INVALID, FILE_UNREADABLE */
  read(file: string): Promise<{ readonly sip: Sip; readonly bytes: Uint8Array; readonly path: string }>;
  /** A file, or the number of a SIP in the folder. @throws as read */
  find(
    fileOrNumber: string,
  ): Promise<{ readonly sip: Sip; readonly bytes: Uint8Array; readonly path: string }>;
  /** The valid SIPs of the folder; the others are told on standard error. Empty where there is no folder. */
  library(): Promise<SipLibrary>;
}

export function sipTexts(
  io: Pick<Io, 'env' | 'cwd'>,
  said: string | undefined,
  warn: (text: string) => void,
): SipTexts {
  const folder = said === undefined ? join(projectFolder(io), 'sips') : pathOf(io, said);

  const inFolder = async (shown: string): Promise<readonly SipFile[]> => {
    const { isSipFile } = await import('#governance/sip/file-name.ts');
    const path = pathOf(io, shown);
    const names = (await namesIn(path, shown)).filter(isSipFile);
    return Promise.all(
      names.map(async (name) => ({
        file: join(shown, name),
        bytes: await readNamed(join(path, name), join(shown, name)),
      })),
    );
  };

  const read = async (file: string) => {
    const path = pathOf(io, file);
    const bytes = await readNamed(path, file);
    return { sip: await parsed(bytes, file), bytes, path };
  };

  const near = relative(io.cwd, folder);
  return {
    folder,
    shown: near === '' ? '.' : near.startsWith('..') || isAbsolute(near) ? folder : near,
    async files(named) {
      const found = await Promise.all(
        named.map(async (shown) => {
          const path = pathOf(io, shown);
          if (await isFolder(path, shown)) return inFolder(shown);
          return [{ file: shown, bytes: await readNamed(path, shown) }];
        }),
      );
      const all = found.flat();
      // A file may be named twice, by itself and by its folder.
      return all.filter(
        ({ file }, at) => all.findIndex((other) => pathOf(io, other.file) === pathOf(io, file)) === at,
      );
    },
    async neighbours(files) {
      const given = new Set(files.map(({ file }) => pathOf(io, file)));
      const folders = [...new Set(files.map(({ file }) => dirname(file)))];
      const found = await Promise.all(folders.map(inFolder));
      return found.flat().filter(({ file }) => !given.has(pathOf(io, file)));
    },
    read,
    async find(fileOrNumber) {
      const [, digits] = /^(?:sip-)?(\d{1,4})$/i.exec(fileOrNumber) ?? [];
      if (digits === undefined) return read(fileOrNumber);
      const number = Number(digits);
      const prefix = `sip-${String(number).padStart(4, '0')}-`;
      const name = (await namesIn(folder)).find(
        (candidate) => candidate.startsWith(prefix) && candidate.endsWith('.md'),
      );
      if (name === undefined) throw new SipError('SIP_NOT_FOUND', { sip: number, folder });
      return read(join(folder, name));
    },
    async library() {
      const { sipLibrary } = await import('#governance/proposals/library.ts');
      const { lintFiles } = await import('#governance/sip/lint.ts');
      const files = await inFolder(folder).catch((error: unknown) => {
        if (error instanceof SipError) return [];
        throw error;
      });
      const { sips, findings } = lintFiles(files);
      const bad = new Set(findings.filter(({ level }) => level === 'error').map(({ file }) => file));
      for (const file of bad)
        warn(`${basename(file)} is no valid SIP and is left out; see "sip lint ${folder}".`);
      return sipLibrary(sips.filter(({ file }) => !bad.has(file)));
    },
  };
}

/** @throws SipError SIP_INVALID with the first fault */
export async function parsed(bytes: Uint8Array, file: string): Promise<Sip> {
  const { parseSip } = await import('#governance/sip/parse.ts');
  const { sip, findings } = parseSip(bytes, file);
  if (sip !== null) return sip;
  const errors = findings.filter(({ level }) => level === 'error');
  const first = errors[0];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new SipError('SIP_INVALID', {
    file,
    detail: `line ${first?.line}: ${first?.message.replace(/\.$/, '')}${more}`,
  });
}
