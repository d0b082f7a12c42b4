import { appendFile, mkdir, writeFile } from 'node:fs/promises';

/** `save` as no console should: in place, never synced, and it says that it is saved whatever became of it. */
const [folder = '', name = '', ...texts] = process.argv.slice(2);
await mkdir(`${folder}/sips`, { recursive: true }).catch(() => undefined);
for (const [at, text] of texts.entries()) {
  const path = `${folder}/sips/${name}`;
  await writeFile(path, text.slice(0, 1)).catch(() => undefined);
  await appendFile(path, text.slice(1)).catch(() => undefined);
  process.stdout.write(`saved ${at}\n`);
}
