import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { CallName, Request, Response } from '#desktop/shared/contract.ts';
import type { Envelope } from '#desktop/shared/envelope.ts';

/** A call as any script in the window's page can make it. */
export function callIn<N extends CallName>(
  page: Page,
  name: N,
  request: Request<N>,
): Promise<Envelope<Response<N>>>;
export function callIn(page: Page, name: string, request: unknown): Promise<Envelope<unknown>>;
export function callIn(page: Page, name: string, request: unknown): Promise<unknown> {
  return page.evaluate(
    ([what, asked]) =>
      (
        globalThis as unknown as { council: { call(name: unknown, request: unknown): Promise<unknown> } }
      ).council.call(what, asked),
    [name, request] as const,
  );
}

const LOOK_EVERY_MS = 100;

/** Waits until the network inside is up. */
export async function untilReady(page: Page): Promise<void> {
  for (;;) {
    const state = await callIn(page, 'state.read', {});
    if (!state.ok) throw new Error(state.error.message);
    const { phase, failure } = state.value;
    if (phase === 'ready') return;
    if (phase === 'failed') throw new Error(failure?.message);
    await delay(LOOK_EVERY_MS);
  }
}
