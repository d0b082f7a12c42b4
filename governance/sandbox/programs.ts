import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PublicKey } from '@solana/web3.js';
import { reasonOf } from '#governance/adapters/reason.ts';
import { LOADER, programDataAddress } from '#governance/chain/loader-accounts.ts';
import { SipError } from '#governance/errors.ts';
import type { Address } from '#governance/types.ts';
import { Layout } from './layout.ts';
import { projectRoot } from './project.ts';
import { dataAccount, type SeedAccount } from './seed-account.ts';

/** A built program as tools/programs.mjs hands it out. */
export interface ProgramBinary {
  readonly name: 'restaking' | 'squads' | 'spl-governance' | 'spl-stake-pool';
  readonly id: Address;
  /** The ELF file. */
  readonly path: string;
  /** Lower-case hex over the ELF file. */
  readonly sha256: string;
  /** In words: how it came to be. */
  readonly origin: string;
}

/** A first build of everything on two cores. */
const BUILD_MS = 30 * 60_000;

/**
 * The program binaries, built first where they are missing; progress goes to this process's stderr.
 * @throws SipError PROGRAMS_MISSING
 */
export async function loadPrograms(): Promise<readonly ProgramBinary[]> {
  try {
    const running = promisify(execFile)(
      process.execPath,
      [join(projectRoot(), 'tools', 'programs.mjs'), '--output', 'json'],
      { cwd: projectRoot(), timeout: BUILD_MS, maxBuffer: 16 * 1024 * 1024 },
    );
    running.child.stderr?.pipe(process.stderr, { end: false });
    return parsePrograms((await running).stdout);
  } catch (cause) {
    if (cause instanceof SipError) throw cause;
    throw new SipError('PROGRAMS_MISSING', { reason: failureOf(cause) }, { cause });
  }
}

/** @throws SipError PROGRAMS_MISSING */
export function parsePrograms(json: string): readonly ProgramBinary[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new SipError('PROGRAMS_MISSING', { reason: 'tools/programs.mjs printed no JSON' }, { cause });
  }
  if (!Array.isArray(value) || !value.every(isBinary))
    throw new SipError('PROGRAMS_MISSING', {
      reason: 'tools/programs.mjs printed something else than programs',
    });
  return value;
}

/** @throws SipError PROGRAMS_MISSING */
export function programNamed(programs: readonly ProgramBinary[], name: ProgramBinary['name']): ProgramBinary {
  const found = programs.find((program) => program.name === name);
  if (found === undefined) throw new SipError('PROGRAMS_MISSING', { reason: `${name} is not among them` });
  return found;
}

/**
 * Program and ProgramData account of loader v3 with the file's content.
 * @throws SipError PROGRAMS_MISSING
 */
export async function programAccounts(
  id: PublicKey,
  path: string,
  upgradeAuthority: PublicKey | null,
): Promise<{ program: SeedAccount; programData: SeedAccount }> {
  const elf = await readFile(path).catch((cause: unknown) => {
    throw new SipError('PROGRAMS_MISSING', { reason: `${path}: ${reasonOf(cause)}` }, { cause });
  });
  const data = new Layout()
    .u32(3)
    .u64(0)
    .u8(upgradeAuthority !== null);
  if (upgradeAuthority === null) data.zeros(32);
  else data.key(upgradeAuthority);
  const address = programDataAddress(id);
  return {
    program: {
      ...dataAccount(id, LOADER, new Layout().u32(2).key(address).end()),
      executable: true,
    },
    programData: dataAccount(address, LOADER, data.bytes(elf).end()),
  };
}

function isBinary(value: unknown): value is ProgramBinary {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return ['name', 'id', 'path', 'sha256', 'origin'].every((key) => typeof fields[key] === 'string');
}

function failureOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'number' ? `tools/programs.mjs ended with ${code}, see above` : reasonOf(error);
}
