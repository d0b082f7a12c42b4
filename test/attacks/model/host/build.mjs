// Prints where the binary is that plays the program's own code on this computer, and makes it first where its sources or
// the program's have changed.
import path from 'node:path';
import { cargoBinary } from '../../../../tools/lib/cargo-binary.mjs';
import { entry } from '../../../../tools/lib/failure.mjs';
import { inCache, inProject } from '../../../../tools/lib/paths.mjs';

const folder = inProject('test/attacks/model/host');
const program = inProject('programs/restaking');

await entry(async () => {
  const binary = await cargoBinary({
    name: 'host-model',
    title: 'the program for this computer, with its model',
    folder,
    sources: [
      ...['src', 'stand-ins', 'Cargo.toml', 'Cargo.lock'].map((name) => path.join(folder, name)),
      ...['src', 'Cargo.toml'].map((name) => path.join(program, name)),
    ],
    built: inCache('host-model'),
  });
  process.stdout.write(`${binary}\n`);
});
