import { saveTexts } from './save-texts.ts';

/** `save FOLDER NAME TEXT…`: `saveTexts` as a program of its own. */
process.exitCode = await saveTexts(process.argv.slice(2), (text) => process.stdout.write(text));
