import type { EngineCall, Request, Response } from '#desktop/shared/contract.ts';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import type { Failure } from '#desktop/shared/views.ts';
import { folderFiles } from '#governance/adapters/files.ts';
import { failureOf, Passed } from './failure.ts';
import type { Outside } from './outside.ts';
import { HANDLERS } from './services/index.ts';
import { DEFAULTS, type Settings, SettingsStore } from './settings.ts';
import { openWorld, type World } from './world.ts';

export interface Folders {
  readonly appFolder: string;
  readonly dataDir: string;
}

/** The deployment that is open and the settings; everything else is read from the chain each time. */
export class Engine {
  #settings: SettingsStore | undefined;
  #world: World | undefined;
  #failure: Failure | null = null;

  /** Brings the deployment up; what goes wrong is told by `state.read`. */
  async start(folders: Folders, outside: Outside): Promise<void> {
    try {
      this.#settings = await SettingsStore.open(folderFiles(folders.dataDir));
      this.#world = await openWorld(folders, outside);
      void this.#world.sandbox.exited.then(() => {
        this.#world = undefined;
        this.#failure ??= {
          code: 'NETWORK_GONE',
          message: 'The embedded network has ended, and its chain with it.',
          sent: 'unknown',
          remedy: 'Close the console and start it again: a new network starts.',
        };
      });
    } catch (error) {
      this.#failure = failureOf(error);
    }
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

  /** Id of the seat that signs; the first one of a network of our own until somebody chooses. */
  get seat(): string | null {
    const { profile, seats } = this.preferences;
    return seats[profile] === undefined ? '0' : seats[profile];
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

  async stop(): Promise<void> {
    await this.#world?.sandbox.stop();
  }
}

const STARTING: Failure = {
  code: 'STARTING',
  message: 'The network is still starting.',
  sent: 'no',
  remedy: 'Wait a moment.',
};

export type Handler<N extends EngineCall> = (engine: Engine, request: Request<N>) => Promise<Response<N>>;
export type Handlers = { readonly [N in EngineCall]: Handler<N> };
