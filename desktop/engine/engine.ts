import type { EngineCall, Request, Response } from '#desktop/shared/contract.ts';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import type { AppState, Failure } from '#desktop/shared/views.ts';
import { failureOf, Passed } from './failure.ts';
import type { Outside } from './outside.ts';
import { HANDLERS } from './services/index.ts';
import { openWorld, type World } from './world.ts';

export interface Folders {
  readonly appFolder: string;
  readonly dataDir: string;
}

/** What is remembered between calls; everything else is read from the chain each time. */
export class Engine {
  seat: string | null = '0';
  theme: AppState['theme'] = 'system';
  #world: World | undefined;
  #failure: Failure | null = null;

  /** Brings the deployment up; what goes wrong is told by `state.read`. */
  async start(folders: Folders, outside: Outside): Promise<void> {
    try {
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

  get failure(): Failure | null {
    return this.#failure;
  }

  get ready(): World | undefined {
    return this.#world;
  }

  /** @throws Passed while there is none */
  get world(): World {
    if (this.#world) return this.#world;
    throw new Passed(
      this.#failure ?? {
        code: 'STARTING',
        message: 'The network is still starting.',
        sent: 'no',
        remedy: 'Wait a moment.',
      },
    );
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

export type Handler<N extends EngineCall> = (engine: Engine, request: Request<N>) => Promise<Response<N>>;
export type Handlers = { readonly [N in EngineCall]: Handler<N> };
