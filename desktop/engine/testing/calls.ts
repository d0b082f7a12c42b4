import { expect } from 'vitest';
import { CONTRACT, type EngineCall, type Request, type Response } from '#desktop/shared/contract.ts';
import type { Envelope } from '#desktop/shared/envelope.ts';
import type { Engine } from '../engine.ts';

/** An engine's calls by the contract: a request or an answer of another shape fails the test. */
export interface Calls {
  ask<N extends EngineCall>(name: N, request: Request<N>): Promise<Envelope<Response<N>>>;
  /** What the call answers; its failure fails the test. */
  get<N extends EngineCall>(name: N, request: Request<N>): Promise<Response<N>>;
  /** Who signs from now on; null for nobody. */
  as(seat: string | null): Promise<void>;
}

export function callsOf(engine: Engine): Calls {
  const calls: Calls = {
    async ask<N extends EngineCall>(name: N, request: Request<N>) {
      const { request: question, response } = CONTRACT[name];
      const envelope = await engine.answer(name, question.parse(request));
      if (envelope.ok) response.parse(envelope.value);
      return envelope as Envelope<Response<N>>;
    },
    async get(name, request) {
      const envelope = await calls.ask(name, request);
      if (envelope.ok) return envelope.value;
      throw new Error(`${name}: ${envelope.error.code}: ${envelope.error.message}`);
    },
    async as(seat) {
      await calls.get('seat.choose', { seat });
    },
  };
  return calls;
}

/** A refusal by its code, that nothing was sent, and the sentence's own words where they matter. */
export async function expectRefused(
  answer: Promise<Envelope<unknown>>,
  code: string,
  message: RegExp = /./,
): Promise<void> {
  expect(await answer).toMatchObject({
    ok: false,
    error: { code, sent: 'no', message: expect.stringMatching(message) },
  });
}

export const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64');
