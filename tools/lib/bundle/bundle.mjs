// The command line as a few plain files: starts in a fraction of the time that the loose packages take.
import fs from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../failure.mjs';
import { folderWhole } from '../files.mjs';
import { contentHash, filesBelow } from '../hash.mjs';
import { withLock } from '../lock.mjs';
import { inCache, projectRoot } from '../paths.mjs';
import { progress } from '../say.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/**
 * Packages that stay outside: rpc-websockets is LGPL-3.0 (its users may replace that file by their own build of it),
 * the others are native.
 */
const EXTERNAL = [/^rpc-websockets(\/|$)/, /^litesvm(\/|$)/, /^@solana\/surfpool-/, /^node:/];
const BUILTIN = new Set(builtinModules);

/** Files that are found by name at run time and so stand beside the bundle. */
const BESIDE = ['sandbox/network-host.mjs'];

const sourceFiles = (governance) => filesBelow([governance], (file) => !/\.test\.ts$|README\.md$/.test(file));

function aliases(root) {
  const resolve = createRequire(path.join(root, 'package.json')).resolve;
  return {
    // Pure JS: the native code has a known overflow, and without it a warning goes to standard error.
    'bigint-buffer': 'bigint-buffer/dist/browser.js',
    // The ESM build assigns to `exports`, which breaks in a bundle.
    '@coral-xyz/anchor': resolve('@coral-xyz/anchor'),
    'node-fetch': path.join(here, 'node-fetch.mjs'),
  };
}

async function build(root, folder) {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: Object.fromEntries(
      ['main', 'run'].map((name) => [name, path.join(root, `governance/cli/${name}.ts`)]),
    ),
    cwd: root,
    platform: 'node',
    resolve: { alias: aliases(root) },
    external: (id) => BUILTIN.has(id) || EXTERNAL.some((pattern) => pattern.test(id)),
    onLog: (_level, log) => {
      // Would fail when it is run; all other warnings are about other people's packages.
      if (log.code === 'UNRESOLVED_IMPORT')
        throw new Failure(`The command line can't be bundled: ${log.message}`);
    },
    treeshake: true,
  });
  try {
    await bundle.write({
      dir: folder,
      format: 'esm',
      minify: false,
      sourcemap: false,
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    });
  } finally {
    await bundle.close();
  }
  for (const name of BESIDE) {
    const from = path.join(root, 'governance', name);
    if (fs.existsSync(from)) fs.copyFileSync(from, path.join(folder, path.basename(name)));
  }
}

/** Removes bundles of older sources, but none that a process started today may still be reading from. */
function removeOld(cache, keep) {
  for (const name of fs.readdirSync(cache)) {
    const at = path.join(cache, name);
    if (!name.startsWith('sip-') || name === keep) continue;
    if (Date.now() - fs.statSync(at).mtimeMs > 24 * 3600 * 1000)
      fs.rmSync(at, { recursive: true, force: true });
  }
}

/**
 * The bundled command line, made first if the sources or the lockfile have changed.
 * @param {string} [root] the project whose governance/cli/main.ts it is
 * @returns {Promise<string>} path of the module that exports `main`
 */
export async function ensureBundle(root = projectRoot) {
  const governance = path.join(root, 'governance');
  const inputs = [
    ...sourceFiles(governance),
    path.join(root, 'package-lock.json'),
    path.join(root, 'package.json'),
  ];
  const own = filesBelow([here]).map((file) => fs.readFileSync(file, 'utf8'));
  const key = contentHash(
    root,
    inputs.filter((file) => fs.existsSync(file)),
    own,
  ).slice(0, 16);
  const cache = path.join(root, 'node_modules/.cache/solayer-council');
  const folder = path.join(cache, `sip-${key}`);
  const main = path.join(folder, 'main.mjs');
  if (fs.existsSync(main)) return main;
  await withLock(inCache('locks', `sip-${key}.lock`), 'bundling the command line', async () => {
    if (fs.existsSync(main)) return;
    fs.mkdirSync(cache, { recursive: true });
    await progress('bundling the command line', () => folderWhole(folder, (fresh) => build(root, fresh)));
    removeOld(cache, path.basename(folder));
  });
  return main;
}
