// Prints where the programs are that the crash attacks run, and makes them first where their sources have changed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { ensureBundle } from '../../../../tools/lib/bundle/bundle.mjs';
import { writeWhole } from '../../../../tools/lib/files.mjs';
import { inProject } from '../../../../tools/lib/paths.mjs';

/** By content, so that what runs already is left alone. */
async function made(name) {
  const built = await rolldown({
    input: inProject(`test/attacks/crash/files/${name}.ts`),
    cwd: inProject('.'),
    platform: 'node',
    external: (id) => !/^[.#/]/.test(id) && !path.isAbsolute(id),
  });
  const { output } = await built.generate({ format: 'esm', codeSplitting: false });
  await built.close();
  const { code } = output[0];
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const file = inProject(`node_modules/.cache/solayer-council/crash/${name}-${hash}.mjs`);
  if (!fs.existsSync(file)) writeWhole(file, code);
  return file;
}

const main = await ensureBundle();
const sip = path.join(path.dirname(main), 'run.mjs');
const [save, careless, serve] = [await made('save'), await made('careless'), await made('serve')];
console.log(JSON.stringify({ main, sip, save, careless, serve }));
