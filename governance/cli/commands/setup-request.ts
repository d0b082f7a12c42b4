import { dirname, resolve } from 'node:path';
import { addressOf } from '#governance/chain/address.ts';
import type { Signer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import type { SetupFile } from '#governance/setup/file.ts';
import type { Prepared } from '#governance/setup/prepare.ts';
import type { Target } from '#governance/setup/read.ts';
import type { Address } from '#governance/types.ts';
import type { Context } from '../context.ts';
import { readNamed } from '../read-file.ts';
import { openSigner } from '../signers.ts';

/** From files and flags to what setup works on. */

interface Flags {
  readonly programKeypair: string | undefined;
  readonly programSo: string | undefined;
}

export interface OpenedRequest {
  readonly prepared: Prepared;
  readonly endpoint: string;
}

/**
 * @throws SipError SETUP_FILE_INVALID, DEVELOPMENT_KEY_REFUSED, PROGRAM_BINARY_WRONG, USAGE, FILE_UNREADABLE, those of
 * keypair files and of the endpoint
 */
export async function openRequest(context: Context, file: string, flags: Flags): Promise<OpenedRequest> {
  const { refuseDevelopmentKey, requireBinaryOf } = await import('#governance/setup/keys.ts');
  const { prepare } = await import('#governance/setup/prepare.ts');
  const { parsed, createKeyPath } = await openFile(context, file);
  const { endpoints, council } = await context.deployment();
  const endpoint = endpoints[0];
  const given =
    flags.programKeypair === undefined ? null : await openSigner(context.path(flags.programKeypair));
  const { programId, programKey } = await programOf(context, endpoint, given);
  refuseDevelopmentKey(programId, endpoint, null);
  const genesisHash = await (await context.rpc()).genesisHash();
  refuseDevelopmentKey(programId, endpoint, genesisHash);

  const { path, elf } = await openBinary(context, endpoint, flags.programSo);
  requireBinaryOf(programId, elf, path);
  const createKey = createKeyPath === null ? null : await openSigner(createKeyPath);
  const deployer = await context.signer();
  // A council named besides (--council, a profile) is an existing one, as if the file named it.
  const named = parsed.createKey === undefined && council !== undefined ? { council, ...parsed } : parsed;
  const prepared = await prepare({
    file: named,
    elf,
    programId,
    programKey,
    deployer,
    createKey,
    genesisHash,
  });
  return { prepared, endpoint };
}

/** For looking: no key is opened. @throws SipError as openRequest */
export async function openDeployment(
  context: Context,
  file: string | undefined,
  programSo: string | undefined,
) {
  const { isLoopback } = await import('#governance/setup/keys.ts');
  const { readRecord } = await import('#governance/setup/record.ts');
  const { endpoints, council } = await context.deployment();
  const rpc = await context.rpc();
  const genesisHash = await rpc.genesisHash();
  const { programId } = await programOf(context, endpoints[0], null);
  const record = await readRecord(context.files, genesisHash, programId);
  const parsed = file === undefined ? null : (await openFile(context, file)).parsed;
  const elf = programSo === undefined ? null : await readNamed(context.path(programSo), programSo);
  const { name } = await context.cluster();
  const target: Target = {
    programId,
    file: parsed,
    elf,
    deployer: null,
    buffer: null,
    council: council ?? (record?.council as Address | undefined) ?? null,
  };
  const real = name !== 'local' || !isLoopback(endpoints[0]);
  return { target, real, genesisHash, deployer: (record?.deployer as Address | undefined) ?? null };
}

async function openFile(
  context: Context,
  file: string,
): Promise<{ readonly parsed: SetupFile; readonly createKeyPath: string | null }> {
  const { parseSetupFile } = await import('#governance/setup/file.ts');
  const path = context.path(file);
  const parsed = parseSetupFile(await readNamed(path, file), file);
  return {
    parsed,
    createKeyPath: parsed.createKey === undefined ? null : resolve(dirname(path), parsed.createKey),
  };
}

/** The keypair's address, else the deployment's, else on loopback the development key's. */
async function programOf(
  context: Context,
  endpoint: string,
  given: Signer | null,
): Promise<{ programId: Address; programKey: Signer | null }> {
  const { developmentProgramSigner, isLoopback } = await import('#governance/setup/keys.ts');
  const { programId } = await context.deployment();
  if (given !== null) {
    const address = addressOf(given.publicKey);
    if (programId !== undefined && programId !== address)
      throw new SipError('USAGE', {
        detail: `--program-keypair is the key of ${address}, not of ${programId}`,
      });
    return { programId: address, programKey: given };
  }
  const development = developmentProgramSigner();
  const address = addressOf(development.publicKey);
  if (programId !== undefined) return { programId, programKey: programId === address ? development : null };
  if (isLoopback(endpoint)) return { programId: address, programKey: development };
  throw new SipError('USAGE', { detail: 'no program is named: give --program-keypair, or --program-id' });
}

async function openBinary(
  context: Context,
  endpoint: string,
  programSo: string | undefined,
): Promise<{ path: string; elf: Uint8Array }> {
  if (programSo !== undefined)
    return { path: programSo, elf: await readNamed(context.path(programSo), programSo) };
  const { isLoopback } = await import('#governance/setup/keys.ts');
  if (!isLoopback(endpoint))
    throw new SipError('USAGE', { detail: 'on a real cluster the program is given with --program-so' });
  const { loadPrograms, programNamed } = await import('#governance/sandbox/programs.ts');
  context.stage('building the program');
  const { path } = programNamed(await loadPrograms(), 'restaking');
  return { path, elf: await readNamed(path) };
}
