import { Documents } from '#desktop/engine/documents.ts';
import { TextStore } from '#desktop/engine/store.ts';
import { folderFiles } from '#governance/adapters/files.ts';
import { isSipError } from '#governance/errors.ts';

/**
 * Saves each text under the name as the window does, and says so when it is saved.
 * @param words FOLDER NAME TEXT…
 * @returns the exit code
 */
export async function saveTexts(words: readonly string[], say: (text: string) => unknown): Promise<number> {
  const [folder = '', name = '', ...texts] = words;
  const documents = new Documents(`${folder}/sips`, new TextStore(folderFiles(folder)), () => []);
  try {
    for (const [at, text] of texts.entries()) {
      await documents.save(name, text);
      say(`saved ${at}\n`);
    }
    return 0;
  } catch (error) {
    if (!isSipError(error)) throw error;
    say(`${JSON.stringify({ ok: false, error: { code: error.code, sent: error.sent } })}\n`);
    return 1;
  }
}
