import type { EngineCall, Request, Response } from '#desktop/shared/contract.ts';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import type { Failure, Notice } from '#desktop/shared/views/index.ts';
import { folderFiles, ownFolder } from '#governance/adapters/files.ts';
import type { Files } from '#governance/chain/ports.ts';
import type { SipError } from '#governance/errors.ts';
import { EMBEDDED } from '#governance/profile/schema.ts';
import { failureOf, Passed } from './failure.ts';
import { heard } from './heard.ts';
import { keyOf } from './keyring.ts';
import { LastSeenFile } from './last-seen.ts';
import { Notices } from './notices.ts';
import type { Outside } from './outside.ts';
import { HANDLERS } from './services/index.ts';
import { DEFAULTS, type Settings, SettingsStore } from './settings.ts';
import { TextStore } from './store.ts';
import type { World } from './world.ts';
import { openEmbedded } from './worlds/embedded.ts';
import { openProfile } from './worlds/profile.ts';

export interface Folders {
  readonly appFolder: string;
  readonly dataDir: string;
}

/** The deployment that is open and the settings; everything else is read from the chain each time. */
export class Engine {
  /** Of the data folder. */
  readonly files: Files;
  readonly store: TextStore;
  readonly #folders: Folders;
  readonly lastSeen: LastSeenFile;
  readonly outside: Outside;
  #settings: SettingsStore | undefined;
  /** Its chain ends with the app and not before: it goes on while another profile is looked at. */
  #embedded: World | undefined;
  #world: World | undefined;
  #failure: Failure | null = null;
  readonly #notices = new Notices();

  constructor(folders: Folders, outside: Outside) {
    this.#folders = folders;
    this.files = folderFiles(folders.dataDir);
    this.store = new TextStore(this.files);
    this.lastSeen = new LastSeenFile(this.files);
    this.outside = outside;
  }

  /** Brings the deployment of the settings up; what goes wrong is told by `state.read`. */
  async start(): Promise<void> {
    try {
      await ownFolder(this.#folders.dataDir);
      this.#settings = await SettingsStore.open(this.files);
    } catch (error) {
      this.#failure = failureOf(error);
      return;
    }
    await this.#open(this.#settings.now.profile);
  }

  /** Goes to another deployment; what is signed from now on is for that one. @throws SipError FILE_UNWRITABLE */
  async use(profile: string): Promise<void> {
    this.#world = undefined;
    this.lastSeen.forget();
    await this.settings.change({ profile });
    await this.#open(profile);
  }

  async #open(profile: string): Promise<void> {
    this.#failure = null;
    try {
      const world = await this.#opened(profile);
      // Somebody may have gone elsewhere while this one was coming up.
      if (this.preferences.profile !== profile) return;
      this.#world = world;
      // What holds now is no news later.
      void this.notices();
    } catch (error) {
      if (this.preferences.profile === profile) this.#failure = failureOf(error);
    }
  }

  async #opened(profile: string): Promise<World> {
    const added = {
      keys: () => this.preferences.signers.map(keyOf),
      sources: () => this.preferences.sources[profile] ?? [],
      store: this.store,
    };
    if (profile !== EMBEDDED) return openProfile(profile, this.#folders, this.outside, added);
    if (this.#embedded) return this.#embedded;
    const world = await openEmbedded(this.#folders, this.outside, added);
    this.#embedded = world;
    void world.sandbox?.exited.then(() => {
      this.#embedded = undefined;
      if (this.#world !== world) return;
      this.#world = undefined;
      this.#failure = NETWORK_GONE;
    });
    return world;
  }

  /** @throws Passed for the moment before they are read */
  get settings(): SettingsStore {
    if (this.#settings) return this.#settings;
    throw new Passed(this.#failure ?? STARTING);
  }

  /** Those in use, the file's as soon as it is read. */
  get preferences(): Settings {
    return this.#settings?.now ?? DEFAULTS;
  }

  /** Why the file's settings are not in use. */
  get settingsProblem(): SipError | null {
    return this.#settings?.problem ?? null;
  }

  /** Id of the seat that signs. Until somebody chooses: the first one of a network of our own, nobody elsewhere. */
  get seat(): string | null {
    const { profile, seats } = this.preferences;
    const chosen = seats[profile];
    if (chosen !== undefined) return chosen;
    return profile === EMBEDDED ? '0' : null;
  }

  async chooseSeat(seat: string | null): Promise<void> {
    const { profile, seats } = this.settings.now;
    await this.settings.change({ seats: { ...seats, [profile]: seat } });
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get ready(): World | undefined {
    return this.#world;
  }

  /** @throws Passed while there is none */
  get world(): World {
    if (this.#world) return this.#world;
    throw new Passed(this.#failure ?? STARTING);
  }

  async answer(name: string, request: unknown): Promise<Envelope<unknown>> {
    try {
      const handler = HANDLERS[name as EngineCall] as Handler<EngineCall>;
      return answered(await handler(this, request as Request<EngineCall>));
    } catch (error) {
      return failed(failureOf(error));
    }
  }

  /** What is new since it was asked last, for the system's notifications; nothing while they are switched off. */
  async notices(): Promise<readonly Notice[]> {
    const world = this.#world;
    if (world === undefined) return [];
    const { snapshot } = await heard(world);
    if (snapshot === null) return [];
    const news = this.#notices.news(snapshot, world, this.seat);
    return this.preferences.notifications ? news : [];
  }

  async stop(): Promise<void> {
    await this.lastSeen.settled();
    await this.#embedded?.sandbox?.stop();
  }
}

const STARTING: Failure = {
  code: 'STARTING',
  message: 'The network is still starting.',
  sent: 'no',
  remedy: 'Wait a moment.',
};
const NETWORK_GONE: Failure = {
  code: 'NETWORK_GONE',
  message: 'The embedded network has ended, and its chain with it.',
  sent: 'unknown',
  remedy: 'Close the console and start it again: a new network starts.',
};

export type Handler<N extends EngineCall> = (engine: Engine, request: Request<N>) => Promise<Response<N>>;
export type Handlers = { readonly [N in EngineCall]: Handler<N> };
