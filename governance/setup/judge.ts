import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { PublicKey } from '@solana/web3.js';
import { SipError } from '../errors.ts';
import { type Config, NO_KEY } from '../restaking/accounts.ts';
import type { Address } from '../types.ts';
import type { Council } from '../venues/squads/state.ts';
import { inSol } from '../words/amounts.ts';
import { missingChunks } from './chunks.ts';
import { maskOf, type SetupFile } from './file.ts';
import type { Facts, Target } from './read.ts';

/** From target and facts to the state of each step. Pure. */

export const STEPS = ['program', 'council', 'initialize', 'upgrade-authority', 'vault'] as const;
export type StepName = (typeof STEPS)[number];

export interface Difference {
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
}

export interface StepState {
  readonly name: StepName;
  readonly state: 'done' | 'missing' | 'begun' | 'mismatch';
  readonly address: Address | null;
  /** One sentence without its full stop. */
  readonly detail: string;
  readonly differences: readonly Difference[];
}

type Verdict = Omit<StepState, 'name' | 'address'>;
const verdict = (
  state: StepState['state'],
  detail: string,
  differences: readonly Difference[] = [],
): Verdict => ({
  state,
  detail,
  differences,
});

export function judgeSteps(target: Target, facts: Facts): readonly StepState[] {
  const of = (name: StepName, address: Address | null, found: Verdict): StepState => ({
    name,
    address,
    ...found,
  });
  return [
    of('program', target.programId, judgeProgram(target, facts)),
    of('council', facts.councilAddress, judgeCouncil(target.file, facts)),
    of('initialize', facts.configAddress, judgeConfig(target, facts)),
    of('upgrade-authority', facts.programData, judgeAuthority(target, facts)),
    of('vault', facts.vault, judgeVault(target.file, facts)),
  ];
}

/** @throws SipError SETUP_MISMATCH for the first step where the chain holds something else */
export function refuseMismatch(steps: readonly StepState[]): void {
  const wrong = steps.find(({ state }) => state === 'mismatch');
  if (wrong === undefined) return;
  const { name, address, detail, differences } = wrong;
  throw new SipError('SETUP_MISMATCH', { step: name, address, detail, differences });
}

export const hashOf = (elf: Uint8Array): string => bytesToHex(sha256(elf));

function judgeProgram({ elf, deployer }: Target, { program, buffer }: Facts): Verdict {
  if (program.kind === 'foreign') return verdict('mismatch', program.reason);
  if (program.kind === 'deployed') {
    if (elf === null) return verdict('done', `deployed in slot ${program.slot}; no file to compare it with`);
    const actual = program.elf;
    // The account may have room behind the program, all zeros.
    const same =
      missingChunks(elf, actual, elf.length).length === 0 && actual.subarray(elf.length).every(isZero);
    if (same) return verdict('done', `deployed in slot ${program.slot}, byte for byte the file`);
    const difference = { field: 'binary', expected: hashOf(elf), actual: hashOf(actual) };
    return verdict('mismatch', 'another binary is deployed there', [difference]);
  }
  if (buffer.kind === 'none' || elf === null) return verdict('missing', 'not deployed');
  if (buffer.kind === 'foreign') return verdict('mismatch', `at the buffer's address: ${buffer.reason}`);
  if (buffer.authority !== deployer)
    return verdict('mismatch', 'the buffer belongs to another key', [
      { field: 'buffer authority', expected: deployer ?? '?', actual: buffer.authority ?? 'none' },
    ]);
  if (buffer.elf.length !== elf.length)
    return verdict('mismatch', 'the buffer has another length', [
      { field: 'buffer bytes', expected: String(elf.length), actual: String(buffer.elf.length) },
    ]);
  const left = missingChunks(elf, buffer.elf, PROGRESS_BYTES).length;
  const all = Math.ceil(elf.length / PROGRESS_BYTES);
  return verdict('begun', `about ${Math.floor((100 * (all - left)) / all)} % of its bytes are in the buffer`);
}

const PROGRESS_BYTES = 1_000;
const isZero = (byte: number): boolean => byte === 0;

function judgeCouncil(file: SetupFile | null, { council: found, config }: Facts): Verdict {
  if (found.kind === 'foreign') return verdict('mismatch', found.reason);
  if (found.kind === 'none')
    return file?.council === undefined
      ? verdict('missing', 'not created')
      : verdict('mismatch', 'the council that was named does not exist');
  const { council } = found;
  const shape = `${council.threshold} of ${votersOf(council)} voters, time lock ${council.timeLockSeconds} s`;
  const differences = file ? councilDifferences(file, council) : [];
  if (differences.length === 0) return verdict('done', shape);
  // After initialization a council may change itself, by a vote that makes its older transactions stale.
  if (config.kind === 'config' && council.staleTransactionIndex > 0n)
    return verdict('done', `${shape}; changed by its own vote since`, differences);
  return verdict('mismatch', 'the council is not as the setup file says', differences);
}

const votersOf = ({ members }: Council): number =>
  members.filter(({ permissions }) => permissions.includes('vote')).length;

function councilDifferences(file: SetupFile, council: Council): readonly Difference[] {
  const listed = (members: readonly { readonly key: Address; readonly mask: number }[]) =>
    members.map(({ key, mask }) => `${key}:${mask}`).sort();
  const wanted = listed(file.members.map(({ key, permissions }) => ({ key, mask: maskOf(permissions) })));
  return differencesOf([
    ['members', wanted.join(' '), listed(council.members).join(' ')],
    ['threshold', file.threshold, council.threshold],
    ['timeLockSeconds', file.timeLockSeconds, council.timeLockSeconds],
    ['configAuthority', 'none', council.configAuthority ?? 'none'],
    ['rentCollector', 'none', council.rentCollector ?? 'none'],
  ]);
}

function judgeConfig({ file, deployer }: Target, facts: Facts): Verdict {
  const { config: found, program, vault } = facts;
  if (found.kind === 'foreign') return verdict('mismatch', found.reason);
  if (found.kind === 'none') {
    if (program.kind === 'deployed' && deployer !== null && program.authority !== deployer)
      return verdict('mismatch', 'only the upgrade authority can initialize the program', [
        { field: 'upgrade authority', expected: deployer, actual: program.authority ?? 'none' },
      ]);
    return verdict('missing', 'not initialized');
  }
  const { config } = found;
  const differences = configDifferences(file, config, facts.councilAddress, vault);
  if (differences.length === 0) return verdict('done', `obeys ${config.authority}`);
  if (config.sip > 0)
    return verdict('done', `obeys ${config.authority}; changed by SIP-${config.sip} since`, differences);
  return verdict('mismatch', 'the program was initialized with other values', differences);
}

function configDifferences(
  file: SetupFile | null,
  config: Config,
  council: Address | null,
  vault: Address | null,
): readonly Difference[] {
  const { floors, venue, venueAccount } = config.guard;
  return differencesOf([
    ['venue', 'squads', venue],
    ['council', council ?? '', venueAccount],
    ['authority', vault ?? '', config.authority],
    ...(file === null
      ? []
      : ([
          ['minThreshold', file.floors.minThreshold, floors.minThreshold],
          ['minTimeLockSeconds', file.floors.minTimeLockSeconds, floors.minTimeLock],
          ['epochAdmin', file.epochAdmin ?? NO_KEY, config.epochAdmin],
          ['guardian', file.guardian ?? NO_KEY, config.guardian],
          ['gatekeeper', file.gatekeeper ?? NO_KEY, config.gatekeeper],
        ] as const)),
  ]);
}

function judgeAuthority({ deployer }: Target, { program, vault, config }: Facts): Verdict {
  if (program.kind !== 'deployed') return verdict('missing', 'there is no program yet');
  const { authority } = program;
  if (authority === null)
    return verdict('mismatch', 'the program can never be upgraded: it has no upgrade authority');
  if (authority === vault || (config.kind === 'config' && authority === config.config.authority))
    return verdict('done', `the council's vault ${authority}`);
  if (authority === deployer) return verdict('missing', 'still the deployer');
  if (deployer === null && PublicKey.isOnCurve(authority))
    return verdict('missing', `still the key ${authority}`);
  return verdict('mismatch', 'the upgrade authority is somebody else', [
    {
      field: 'upgrade authority',
      expected: [deployer, vault].filter(Boolean).join(' or '),
      actual: authority,
    },
  ]);
}

function judgeVault(file: SetupFile | null, { lamports, vault }: Facts): Verdict {
  if (vault === null) return verdict('missing', 'there is no council yet');
  const has = `has ${inSol(lamports.vault)} SOL`;
  if (file === null) return verdict(lamports.vault > 0n ? 'done' : 'missing', has);
  if (lamports.vault >= file.vaultLamports) return verdict('done', has);
  return verdict('missing', `${has} of ${file.vaultLamports}`);
}

function differencesOf(
  rows: readonly (readonly [field: string, expected: string | number, actual: string | number])[],
): readonly Difference[] {
  return rows
    .filter(([, expected, actual]) => expected !== actual)
    .map(([field, expected, actual]) => ({ field, expected: String(expected), actual: String(actual) }));
}
