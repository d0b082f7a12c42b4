import type { Files } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import { endpointOf, genesisOfMoniker } from '#governance/profile/clusters.ts';
import { EMBEDDED, embeddedNetwork } from '#governance/profile/schema.ts';
import { type Setting, type Settings, SOURCES } from '#governance/profile/settings.ts';
import { parseProfile, readProfile } from '#governance/profile/store.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import type { Address } from '#governance/types.ts';
import { Refused } from './command.ts';
import { pathOf } from './folders.ts';
import type { Io } from './io.ts';
import { readNamed } from './read-file.ts';
import { address } from './values.ts';

/** The deployment a command works with: a profile, or what --url, --council and --program-id say. */
export interface Deployment {
  /** Null where only a URL names it. */
  readonly profile: string | null;
  /** The running embedded network, where it is the profile. */
  readonly sandbox: SandboxInfo | null;
  readonly endpoints: readonly [string, ...string[]];
  readonly genesisHash?: string | undefined;
  readonly council?: Address | undefined;
  readonly programId?: Address | undefined;
  /** The profile's keypair file. */
  readonly keypair?: string | undefined;
}

/**
 * A URL counts when it was said at least as closely as the profile: `--profile` outranks SIP_URL. Without any profile
 * a URL is a deployment of its own; without both it is the embedded network.
 * @throws SipError SANDBOX_NOT_RUNNING, PROFILE_UNKNOWN, PROFILE_INVALID, USAGE
 */
export async function resolveDeployment(
  io: Pick<Io, 'env' | 'cwd'>,
  settings: Settings,
  dataDir: string,
  files: Files,
): Promise<Deployment> {
  const { profile, url } = settings;
  const chosen = profile?.source === 'default' ? undefined : profile;
  const closer =
    url !== undefined && (chosen === undefined || rank(url) <= rank(chosen)) ? url.value : undefined;
  const council = addressIn(settings.council);
  const programId = addressIn(settings['program-id']);
  if (chosen === undefined && closer !== undefined)
    return {
      profile: null,
      sandbox: null,
      endpoints: [endpointOf(closer)],
      genesisHash: genesisOfMoniker(closer),
      council,
      programId,
    };

  const name = chosen?.value ?? EMBEDDED;
  const base = await named(io, name, dataDir, files);
  return {
    ...base,
    ...(closer !== undefined && { endpoints: [endpointOf(closer)] as const }),
    ...(council && { council }),
    ...(programId && { programId }),
  };
}

async function named(
  io: Pick<Io, 'env' | 'cwd'>,
  name: string,
  dataDir: string,
  files: Files,
): Promise<Deployment> {
  const network = embeddedNetwork(name);
  if (network !== undefined) {
    const { requireSandbox } = await import('#governance/sandbox/store.ts');
    const sandbox = await requireSandbox(dataDir, network);
    const { rpcUrl, council, programId } = sandbox;
    return { profile: name, sandbox, endpoints: [rpcUrl], council, programId };
  }
  const { endpoints, genesisHash, council, programId, keypair } = /[\\/.]/.test(name)
    ? parseProfile(await readNamed(pathOf(io, name), name), name)
    : await readProfile(files, name);
  const [first, ...rest] = endpoints;
  if (first === undefined)
    throw new SipError('PROFILE_INVALID', { file: name, detail: 'it has no endpoint' });
  return {
    profile: name,
    sandbox: null,
    endpoints: [first, ...rest],
    genesisHash,
    council,
    programId,
    keypair,
  };
}

const rank = (setting: Setting): number => SOURCES.indexOf(setting.source);

/** @throws SipError USAGE */
export function addressIn(setting: Setting | undefined): Address | undefined {
  if (setting === undefined) return undefined;
  try {
    return address(setting.value);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new SipError('USAGE', { detail: `${setting.where} "${setting.value}" is ${error.message}` });
  }
}
