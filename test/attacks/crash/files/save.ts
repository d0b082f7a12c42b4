import { Documents } from '#desktop/engine/documents.ts';
import { TextStore } from '#desktop/engine/store.ts';
import { folderFiles } from '#governance/adapters/files.ts';
import { isSipError } from '#governance/errors.ts';

/** `save FOLDER NAME TEXT…`: saves each text under the name as the window does, and says so when it is saved. */
const [folder = '', name = '', ...texts] = process.argv.slice(2);
const documents = new Documents(`${folder}/sips`, new TextStore(folderFiles(folder)), () => []);
try {
  for (const [at, text] of texts.entries()) {
    await documents.save(name, text);
    process.stdout.write(`saved ${at}\n`);
  }
} catch (error) {
  if (!isSipError(error)) throw error;
  process.stdout.write(`${JSON.stringify({ ok: false, error: { code: error.code, sent: error.sent } })}\n`);
  process.exitCode = 1;
}
