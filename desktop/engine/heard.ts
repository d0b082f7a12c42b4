import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '#desktop/shared/views/index.ts';
import type { Snapshot } from '#governance/lifecycle/track.ts';
import { failureOf } from './failure.ts';
import type { World } from './world.ts';

/** A view waits no longer for the chain; what it did not hear yet comes with the next question. */
const PATIENCE_MS = 1_000;

export interface Heard {
  /** The newest there is; null where the chain never answered. */
  readonly snapshot: Snapshot | null;
  /** Why there is no newer one. */
  readonly failure: Failure | null;
}

/** What the chain says, without waiting for an endpoint that does not answer. */
export async function heard(world: World): Promise<Heard> {
  const timer = new AbortController();
  try {
    const snapshot = await Promise.race([
      world.snapshot(),
      delay(PATIENCE_MS, undefined, { signal: timer.signal }),
    ]);
    if (snapshot) return { snapshot, failure: null };
    // Still asking: what the last question ended with holds until this one has an answer.
    const before = world.lastFailure();
    return {
      snapshot: world.lastSnapshot() ?? null,
      failure: before === undefined ? null : failureOf(before),
    };
  } catch (error) {
    return { snapshot: world.lastSnapshot() ?? null, failure: failureOf(error) };
  } finally {
    timer.abort();
  }
}
