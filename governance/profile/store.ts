import type { Files } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { EMBEDDED, isProfileName, type ProfileFile, profileSchema } from './schema.ts';

/** Custom profiles: <data folder>/profiles/NAME.json. */

const FOLDER = 'profiles';
const pathOf = (name: string): string => `${FOLDER}/${name}.json`;

/** @param file name for messages @throws SipError PROFILE_INVALID */
export function parseProfile(bytes: Uint8Array, file: string): ProfileFile {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new SipError('PROFILE_INVALID', { file, detail: 'it is not JSON' }, { cause });
  }
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unreadable' };
  throw new SipError('PROFILE_INVALID', {
    file,
    detail: path.length === 0 ? message : `${path.join('.')}: ${message}`,
  });
}

export async function listProfiles(files: Files): Promise<readonly string[]> {
  const names = await files.list(FOLDER);
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(name.lastIndexOf('/') + 1, -'.json'.length));
}

/** @throws SipError PROFILE_UNKNOWN, PROFILE_INVALID, FILE_UNREADABLE */
export async function readProfile(files: Files, name: string): Promise<ProfileFile> {
  if (!isProfileName(name)) throw new SipError('PROFILE_UNKNOWN', { name });
  const bytes = await files.read(pathOf(name));
  if (bytes === null) throw new SipError('PROFILE_UNKNOWN', { name });
  return parseProfile(bytes, pathOf(name));
}

/** Replaces an older one of the name. @throws SipError USAGE for a name that is taken by the console, FILE_UNWRITABLE */
export async function writeProfile(files: Files, profile: ProfileFile): Promise<void> {
  if (profile.name === EMBEDDED)
    throw new SipError('USAGE', {
      detail: `"${EMBEDDED}" is the console's own profile, give yours another name`,
    });
  await files.write(pathOf(profile.name), new TextEncoder().encode(`${JSON.stringify(profile, null, 2)}\n`));
}

/** @throws SipError PROFILE_UNKNOWN, FILE_UNWRITABLE */
export async function removeProfile(files: Files, name: string): Promise<void> {
  await readProfile(files, name).catch((error: unknown) => {
    // A file that cannot be read may still be thrown away.
    if (!(error instanceof SipError) || error.code === 'PROFILE_UNKNOWN') throw error;
  });
  await files.remove(pathOf(name));
}
