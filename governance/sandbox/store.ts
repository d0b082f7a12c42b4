import { join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import { errnoOf } from '#governance/adapters/reason.ts';
import { SipError } from '#governance/errors.ts';
import type { Address } from '#governance/types.ts';
import type { NetworkInfo, SandboxInfo } from './info.ts';
import { markerAddress } from './marker.ts';
import { sandboxRpc } from './rpc.ts';

const FILE = 'sandbox.json';
const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

export type RunningSandbox =
  | { readonly running: true; readonly info: SandboxInfo }
  | { readonly running: false; readonly name: string };

/**
 * <dataDir>/sandbox/<name>
 * @throws SipError USAGE for a name that is not a plain lower-case word
 */
export function sandboxFolder(dataDir: string, name: string): string {
  if (!NAME.test(name))
    throw new SipError('USAGE', {
      detail: `"${name}" is no sandbox name: lower-case letters, digits and hyphens, at most 32`,
    });
  return join(dataDir, 'sandbox', name);
}

/** Written only when the network is ready; 0600, atomic, durable. */
export async function writeInfo(folder: string, info: SandboxInfo): Promise<void> {
  await folderFiles(folder).write(FILE, Buffer.from(`${JSON.stringify(info)}\n`));
}

export async function removeInfo(folder: string): Promise<void> {
  await folderFiles(folder).remove(FILE);
}

/**
 * The running network of that name. A file left behind by one that is gone is removed; so is one whose pid now
 * belongs to another process, or whose port to another network.
 * @throws SipError USAGE, FILE_UNREADABLE, FILE_UNWRITABLE
 */
export async function readSandbox(dataDir: string, name = 'default'): Promise<RunningSandbox> {
  const folder = sandboxFolder(dataDir, name);
  const bytes = await folderFiles(folder).read(FILE);
  if (bytes === null) return { running: false, name };
  const info = parseInfo(bytes);
  if (info !== null && processExists(info.pid) && (await isSameNetwork(info))) return { running: true, info };
  await removeInfo(folder);
  return { running: false, name };
}

/** @throws SipError SANDBOX_NOT_RUNNING, and what readSandbox throws */
export async function requireSandbox(dataDir: string, name = 'default'): Promise<SandboxInfo> {
  const found = await readSandbox(dataDir, name);
  if (!found.running) throw new SipError('SANDBOX_NOT_RUNNING', { name });
  return found.info;
}

/** Only this module writes the file, atomically: what does not parse is of another version, hence of no use. */
function parseInfo(bytes: Uint8Array): SandboxInfo | null {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Partial<SandboxInfo> | null;
    const known =
      value?.schemaVersion === 1 && typeof value.pid === 'number' && typeof value.rpcUrl === 'string';
    return known && typeof value.epochAdmin?.publicKey === 'string' ? (value as SandboxInfo) : null;
  } catch {
    return null;
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

/** Whether the network at that URL holds this sandbox's marker: pids and ports are used again. */
async function isSameNetwork(info: NetworkInfo): Promise<boolean> {
  const rpc = sandboxRpc(info.rpcUrl);
  try {
    const marker = markerAddress(info.epochAdmin.publicKey as Address).toBase58();
    const answer = await rpc.call('getAccountInfo', [marker, { encoding: 'base64' }]);
    return (answer as { value: unknown }).value !== null;
  } catch {
    return false;
  } finally {
    rpc.close();
  }
}
