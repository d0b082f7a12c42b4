// From installed compilers to a working toolchain in one folder.
import fs from 'node:fs';
import path from 'node:path';
import { runOrFail } from '../lib/run.mjs';

const RUST_LIBRARY = '/usr/lib/rustlib/src/rust/library';
const OPTIONS = ['-std=c++17', '-O1', '-fno-rtti', '-fno-exceptions', '-fPIC', '-shared'];

/**
 * Copies the toolchain's own files and std's source, patches the latter and compiles the LLVM pass.
 * @param {string} source folder of the files @param {readonly string[]} files absolute paths
 * @param {string} folder where it goes
 */
export async function bootstrap(source, files, folder) {
  for (const file of files) {
    const to = path.join(folder, path.relative(source, file));
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.copyFileSync(file, to);
  }
  const library = path.join(folder, 'library');
  fs.cpSync(RUST_LIBRARY, library, { recursive: true, dereference: true });
  await runOrFail('Patching std', process.execPath, [path.join(folder, 'std/patch-std.mjs'), library]);
  const flags = (await runOrFail('llvm-config', 'llvm-config-22', ['--cppflags'])).out.trim().split(/\s+/);
  const [pass, plugin] = [path.join(folder, 'pass/plugin.cpp'), path.join(folder, 'sbf-pass.so')];
  await runOrFail('Compiling the LLVM pass', 'g++', [...OPTIONS, ...flags, pass, '-o', plugin]);
}
