import { execFileSync } from 'node:child_process';

export type ProgramName = 'restaking' | 'squads' | 'spl-governance' | 'spl-stake-pool';

const found = new Map<ProgramName, string>();

/**
 * Path of a program's ELF file: SIP_PROGRAM_<NAME> (capitals, _ for -) when set, else what tools/programs.mjs says,
 * which builds it when it is missing.
 */
export function programPath(name: ProgramName): string {
  const fromEnvironment = process.env[`SIP_PROGRAM_${name.toUpperCase().replaceAll('-', '_')}`];
  if (fromEnvironment) return fromEnvironment;
  const cached = found.get(name);
  if (cached !== undefined) return cached;
  const json = execFileSync(process.execPath, ['tools/programs.mjs', name, '--output', 'json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const program of JSON.parse(json) as { name: ProgramName; path: string }[])
    found.set(program.name, program.path);
  const path = found.get(name);
  if (path === undefined) throw new Error(`tools/programs.mjs knows no program ${name}`);
  return path;
}
