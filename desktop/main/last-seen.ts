import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LAST_SEEN_FILE, type LastSeen, lastSeen } from '#desktop/shared/last-seen.ts';

/** Null where there is none, or where it is not what this version writes: the chain is read in a moment anyhow. */
export async function readLastSeen(dataDir: string): Promise<LastSeen | null> {
  try {
    const text = await readFile(join(dataDir, LAST_SEEN_FILE), 'utf8');
    return lastSeen.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
