import { loadPrograms, type ProgramBinary } from '#governance/sandbox/programs.ts';

let loaded: Promise<readonly ProgramBinary[]> | undefined;

/** The binaries, asked for once per test file. */
export function testPrograms(): Promise<readonly ProgramBinary[]> {
  loaded ??= loadPrograms();
  return loaded;
}
