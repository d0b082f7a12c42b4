import { folderFiles } from '#governance/adapters/files.ts';
import { folderLock } from '#governance/adapters/folder-lock.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import type { Files, Rpc, Signer, Timer } from '#governance/chain/ports.ts';
import type { Sending } from '#governance/chain/sending.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import { clusterOf } from '#governance/profile/clusters.ts';
import { type ClusterName, QUORUMS, type Quorum } from '#governance/profile/schema.ts';
import type { Settings } from '#governance/profile/settings.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import type { Pins } from '#governance/types.ts';
import type { VenueOptions, VenuePorts } from '#governance/venues/squads/outcome.ts';
import { type Ask, askOn } from './ask.ts';
import { type AnyCommand, Refused, type Result } from './command.ts';
import { type Deployment, resolveDeployment } from './deployment.ts';
import { pathOf } from './folders.ts';
import type { Globals } from './globals.ts';
import type { Io } from './io.ts';
import type { Progress } from './progress.ts';
import { chooseKeypair, openSigner, type Seat } from './signers.ts';
import { type SipTexts, sipTexts } from './sips.ts';
import { u64 } from './values.ts';

/** What a command gets. Everything is looked up when it is first asked for: a command that needs no network meets none. */
export interface Context {
  readonly io: Io;
  readonly globals: Globals;
  readonly settings: Settings;
  /** The console's own folder. */
  readonly dataDir: string;
  readonly files: Files;
  readonly timer: Timer;
  readonly sips: SipTexts;
  readonly ask: Ask;
  /** The table of commands, loaded. */
  readonly commands: () => Promise<readonly AnyCommand[]>;
  /** Aborts on Ctrl-C; of use to commands that set `handlesInterrupt`. */
  readonly interrupted: AbortSignal;

  /** @throws SipError SANDBOX_NOT_RUNNING (exit 4), PROFILE_UNKNOWN, PROFILE_INVALID, USAGE */
  deployment(): Promise<Deployment>;
  /** The running embedded network. @throws SipError as deployment, USAGE where the profile is another */
  sandbox(): Promise<SandboxInfo>;
  /** Program, council and vault. @throws SipError USAGE where nothing names them */
  pins(): Promise<Pins>;
  /** The profile's first endpoint, genesis hash checked; what is sent through it is remembered for `sent`. */
  rpc(): Promise<Rpc>;
  /** By genesis hash. */
  cluster(): Promise<{ readonly name: ClusterName; readonly quorum: Quorum }>;
  /**
   * @param usual the seat that signs on the embedded network when nobody says otherwise; 0 if left out
   * @param offline what is signed goes to no cluster: where none runs, Solana's default key signs
   */
  signer(usual?: Seat, offline?: 'offline'): Promise<Signer>;
  /** Rpc, journal and timer for `work`; the journal is opened for this cluster, settled first, and closed again. */
  sending<T>(work: (ports: VenuePorts) => Promise<T>): Promise<T>;
  /** Priority fee and stages for what is sent. @throws SipError USAGE */
  venueOptions(): VenueOptions;

  /** Path as the user meant it. */
  path(text: string): string;
  /** Names what is under way; it is shown when it takes longer than a second. */
  stage(text: string): void;
  /** One line on standard error. */
  warn(text: string): void;
  /** One line on standard error under --verbose. */
  note(text: string): void;
  /** On mainnet asks for the typed word, unless --yes. @param what after "You are about to" */
  confirm(what: string): Promise<void>;
  /** Prints at once; for commands that stay in the foreground and then return null. */
  print(result: Result): void;
}

interface Parts {
  readonly io: Io;
  readonly globals: Globals;
  readonly settings: Settings;
  readonly dataDir: string;
  readonly sent: Sending;
  readonly commands: () => Promise<readonly AnyCommand[]>;
  readonly progress: Progress;
  readonly print: (result: Result) => void;
}

export function createContext({
  io,
  globals,
  settings,
  dataDir,
  sent,
  commands,
  progress,
  print,
}: Parts): Context {
  const files = folderFiles(dataDir);
  const ask = askOn(io, globals.noInput === true);
  const warn = (text: string): void => void io.stderr.write(`${text}\n`);
  const note = (text: string): void => {
    if (globals.verbose) warn(text);
  };
  const deployment = once(() => resolveDeployment(io, settings, dataDir, files));

  const rpc = once(async (): Promise<Rpc> => {
    const { endpoints, genesisHash } = await deployment();
    const { connectRpc } = await import('#governance/chain/rpc.ts');
    const commitment = settings.commitment?.value;
    if (commitment !== undefined && commitment !== 'confirmed' && commitment !== 'finalized')
      throw new SipError('USAGE', {
        detail: `${settings.commitment?.where} "${commitment}" is neither confirmed nor finalized`,
      });
    const connection = connectRpc(endpoints[0], {
      timer: systemTimer,
      ...(genesisHash !== undefined && { expectedGenesisHash: genesisHash }),
      ...(commitment && { commitment }),
    });
    note(`Endpoint ${connection.endpoint}`);
    return sent.watch(connection);
  });

  const cluster = once(async () => {
    const { sandbox } = await deployment();
    const name = sandbox === null ? clusterOf(await (await rpc()).genesisHash()) : 'local';
    return { name, quorum: QUORUMS[name] };
  });

  return {
    io,
    globals,
    settings,
    dataDir,
    files,
    timer: systemTimer,
    sips: sipTexts(io, settings.sips?.value, warn),
    ask,
    commands,
    interrupted: io.interrupt,
    deployment,
    async sandbox() {
      const { sandbox, profile } = await deployment();
      if (sandbox !== null) return sandbox;
      throw new SipError('USAGE', {
        detail: `this works on the embedded network only, not on ${profile ?? 'a URL'}`,
      });
    },
    async pins() {
      const { council, programId } = await deployment();
      if (council === undefined)
        throw new SipError('USAGE', { detail: 'no council is named: give --council, or choose a --profile' });
      if (programId === undefined)
        throw new SipError('USAGE', {
          detail: 'no program is named: give --program-id, or choose a --profile',
        });
      const { pinsOf } = await import('#governance/restaking/pdas.ts');
      return pinsOf(programId, council);
    },
    rpc,
    cluster,
    async signer(usual = 0, offline) {
      const sandboxMissing = (error: unknown): null => {
        if (offline && globals.as === undefined && isSipError(error, 'SANDBOX_NOT_RUNNING')) return null;
        throw error;
      };
      const found = await deployment().catch(sandboxMissing);
      const chosen = chooseKeypair(io, { as: globals.as, settings, deployment: found, usual });
      note(`Signing as ${chosen.who}`);
      return openSigner(chosen.path);
    },
    async sending(work) {
      const { withSettledJournal } = await import('#governance/chain/settled-journal.ts');
      const { profile, sandbox } = await deployment();
      const connection = await rpc();
      const genesis = await connection.genesisHash();
      const network = sandbox === null ? null : (profile ?? 'embedded');
      const ports = { files, lock: folderLock(dataDir, systemTimer), timer: systemTimer };
      return withSettledJournal(ports, connection, { genesis, network }, warn, work);
    },
    venueOptions() {
      const price = settings['compute-unit-price'];
      return {
        ...(price && { computeUnitPriceMicroLamports: priceOf(price) }),
        onStage(stage, signature) {
          progress.stage(signature === undefined ? stage : `waiting for ${signature}`);
          if (signature !== undefined) note(`Sent ${signature}`);
        },
      };
    },
    path: (text) => pathOf(io, text),
    stage: progress.stage,
    warn,
    note,
    async confirm(what) {
      const { name } = await cluster();
      if (name !== 'mainnet' || globals.yes === true) return;
      if (!ask.possible)
        throw new SipError('USAGE', {
          detail: `on mainnet somebody must confirm to ${what}: add --yes in a script`,
        });
      progress.done();
      const answer = await ask.line(`You are about to ${what} on mainnet. Type "mainnet" to go on:`);
      if (answer !== 'mainnet') throw new SipError('CONFIRMATION_REFUSED');
    },
    print,
  };
}

function priceOf({ value, where }: { readonly value: string; readonly where: string }): bigint {
  try {
    return u64(value);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new SipError('USAGE', { detail: `${where} "${value}" is ${error.message}` });
  }
}

/** A failure is forgotten, so that asking again tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
