import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Keypair, PublicKey } from '@solana/web3.js';
import { folderLock } from '#governance/adapters/folder-lock.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import { type SandboxClock, warpBy, warpTo } from './clock.ts';
import { type Foundation, foundCouncil } from './found.ts';
import { type NetworkHost, requireSupport } from './host.ts';
import type { NetworkInfo, SandboxInfo } from './info.ts';
import { type KeyRing, makeKeys, writeKeys } from './keys.ts';
import { LSTS } from './lsts/fixtures.ts';
import { type ResolvedOptions, resolveOptions, type SandboxOptions } from './options.ts';
import { programNamed } from './programs.ts';
import { sandboxRpc } from './rpc.ts';
import { keyInfo, memberInfos, type SeatName, seatNames } from './seats.ts';
import { programsToLoad, seedPrograms, worldAccounts } from './seed.ts';
import { LAMPORTS_PER_SOL, type SeedAccount, wallet } from './seed-account.ts';
import { councilAddress, vaultAddress } from './squads.ts';
import { removeInfo, sandboxFolder, writeInfo } from './store.ts';

const VAULT_LAMPORTS = 100n * LAMPORTS_PER_SOL;

export interface Network<I extends NetworkInfo> {
  readonly info: I;
  /** @throws SipError SANDBOX_TIME_BACKWARDS, ENDPOINT_DOWN */
  warpTo(target: UnixSeconds): Promise<SandboxClock>;
  warpBy(seconds: bigint): Promise<SandboxClock>;
  /** Ends the process, removes sandbox.json and keys. Calling it again does nothing. */
  stop(): Promise<void>;
  /** Settles when the network is gone and swept up, also when its process died by itself. */
  readonly exited: Promise<void>;
}

export type Sandbox = Network<SandboxInfo>;
export type BareNetwork = Network<NetworkInfo>;

/**
 * Starts an embedded network with council, program, LSTs and funded keys, and writes sandbox.json when it is ready.
 * @throws SipError SANDBOX_UNSUPPORTED, SANDBOX_RUNNING (same name), SANDBOX_START_FAILED, PROGRAMS_MISSING, USAGE,
 * FILE_UNWRITABLE
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const resolved = resolveOptions(options);
  const createKey = Keypair.generate();
  const council = councilAddress(createKey.publicKey);
  const vault = vaultAddress(council);
  return start(resolved, {
    bare: false,
    accounts: [wallet(vault, VAULT_LAMPORTS)],
    async complete({ info, ring, host, folder }) {
      const programId = programNamed(await resolved.programs, 'restaking').id;
      const foundation: Foundation = { createKey, council, vault, programId: new PublicKey(programId) };
      const rpc = sandboxRpc(host.rpcUrl);
      await foundCouncil(rpc, resolved, ring, foundation).finally(() => rpc.close());
      const sandbox = {
        ...info,
        programId,
        council: council.toBase58() as Address,
        vault: vault.toBase58() as Address,
      };
      await writeInfo(folder, sandbox);
      return sandbox;
    },
  });
}

/**
 * A network as `sip setup` meets it: foreign programs, Squads' configuration, the LSTs and funded keys, but no council
 * and nothing of ours. It writes no sandbox.json: it is reached by its URL.
 * @throws as startSandbox
 */
export function startBareNetwork(options: SandboxOptions): Promise<BareNetwork> {
  return start(resolveOptions(options), { bare: true, accounts: [], complete: async ({ info }) => info });
}

interface Started {
  readonly info: NetworkInfo;
  readonly ring: KeyRing<SeatName>;
  readonly host: NetworkHost;
  readonly folder: string;
}

interface Kind<I extends NetworkInfo> {
  readonly bare: boolean;
  readonly accounts: readonly SeedAccount[];
  complete(started: Started): Promise<I>;
}

async function start<I extends NetworkInfo>(options: ResolvedOptions, kind: Kind<I>): Promise<Network<I>> {
  // Awaited further down; a failure before that must not surface as an unhandled rejection.
  Promise.resolve(options.programs).catch(() => undefined);
  requireSupport();
  const folder = sandboxFolder(options.dataDir, options.name);
  const release = await lock(folder, options);
  const sweep = async () => {
    await removeInfo(folder).catch(() => undefined);
    await rm(join(folder, 'keys'), { recursive: true, force: true }).catch(() => undefined);
    await release();
  };
  const starting = options.startHost(options.slotMs);
  try {
    const ring = makeKeys(join(folder, 'keys'), seatNames(options.members));
    const accounts = [...worldAccounts(ring), ...kind.accounts, ...options.accounts];
    const work = [starting, options.programs, writeKeys(join(folder, 'keys'), ring)] as const;
    // All to their end even if one fails, so that a failure leaves none of them under way.
    await Promise.allSettled(work);
    const [running, binaries] = await Promise.all(work);
    const programs = programsToLoad(binaries, kind.bare);

    const rpc = sandboxRpc(running.rpcUrl);
    const authority = ring.of('upgrade-authority').keypair.publicKey;
    await Promise.all([seedPrograms(rpc, programs, authority), rpc.setAccounts(accounts)]).finally(() =>
      rpc.close(),
    );

    const info = await kind.complete({
      info: networkInfo(running, options, ring, programs),
      ring,
      host: running,
      folder,
    });
    const exited = running.exited.then(sweep);
    return {
      info,
      warpTo: (target) => warpTo(running.rpcUrl, target),
      warpBy: (seconds) => warpBy(running.rpcUrl, seconds),
      stop: () => running.stop().then(() => exited),
      exited,
    };
  } catch (error) {
    const host = await starting.catch(() => undefined);
    await host?.stop();
    await sweep();
    throw error;
  }
}

/** Held as long as the network runs; a dead holder's lock is taken over. @throws SipError SANDBOX_RUNNING */
async function lock(folder: string, { name, lockWaitMs }: ResolvedOptions): Promise<() => Promise<void>> {
  try {
    return await folderLock(folder, systemTimer).acquire('sandbox', lockWaitMs);
  } catch (cause) {
    if (!isSipError(cause, 'FOLDER_LOCKED')) throw cause;
    throw new SipError('SANDBOX_RUNNING', { name, pid: cause.facts.pid }, { cause });
  }
}

function networkInfo(
  host: NetworkHost,
  options: ResolvedOptions,
  ring: KeyRing<SeatName>,
  programs: ReturnType<typeof programsToLoad>,
): NetworkInfo {
  return {
    schemaVersion: 1,
    rpcUrl: host.rpcUrl,
    wsUrl: host.wsUrl,
    pid: host.pid,
    members: memberInfos(options.members, ring),
    epochAdmin: keyInfo(ring.of('epoch-admin')),
    guardian: keyInfo(ring.of('guardian')),
    gatekeeper: keyInfo(ring.of('gatekeeper')),
    depositor: keyInfo(ring.of('depositor')),
    lsts: LSTS.map((lst) => ({
      symbol: lst.symbol,
      mint: lst.mint.toBase58() as Address,
      stakePool: 'stakePool' in lst ? (lst.stakePool.toBase58() as Address) : null,
    })),
    programs: programs.map(({ name, id, sha256, origin }) => ({ name, id, sha256, origin })),
  };
}
