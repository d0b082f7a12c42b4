// Runs what `anchor idl build` runs, without the Anchor CLI: tests that print the IDL's pieces.
import { inCache, inProject, projectRoot } from '../lib/paths.mjs';
import { runOrFail } from '../lib/run.mjs';
import { progress } from '../lib/say.mjs';
import { cargoEnvironment } from '../sbf/toolchain.mjs';
import { assembleIdl, typesOf } from './assemble.mjs';

/** Compiles the restaking program for this machine and asks it for its IDL: files by name. */
export async function buildIdl() {
  const env = {
    ...(await cargoEnvironment()),
    ANCHOR_IDL_BUILD_PROGRAM_PATH: inProject('programs/restaking'),
    ANCHOR_IDL_BUILD_RESOLUTION: 'TRUE',
    ANCHOR_IDL_BUILD_NO_DOCS: 'FALSE',
    ANCHOR_IDL_BUILD_SKIP_LINT: 'TRUE',
    CARGO_TARGET_DIR: inCache('target/host'),
    RUSTFLAGS: '-A warnings',
  };
  // Would make the host's cargo use the toolchain of the programs.
  for (const name of ['RUSTC', 'RUSTC_BOOTSTRAP']) delete env[name];
  const print = [
    'test',
    '__anchor_private_print_idl',
    '--locked',
    '--features',
    'idl-build',
    '-p',
    'restaking',
    '--lib',
  ];
  const { out } = await progress('generating the IDL', (doing) => {
    const onLine = (line) => {
      const crate = /^Compiling (\S+ \S+)/.exec(line)?.[1];
      if (crate) doing(crate);
    };
    const args = [...print, '--', '--show-output', '--quiet', '--test-threads=1'];
    return runOrFail('Generating the IDL', 'cargo', args, { cwd: projectRoot, env, onLine });
  });
  const idl = assembleIdl(out);
  return { 'restaking.json': `${JSON.stringify(idl, null, 2)}\n`, 'restaking.ts': typesOf(idl) };
}
