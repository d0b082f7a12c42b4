import type { CallName, Request, Response } from '#desktop/shared/contract.ts';
import type { Envelope } from '#desktop/shared/envelope.ts';
import type { Failure } from '#desktop/shared/views/index.ts';

/** What preload/window.ts puts into the page; the only way out of it. */
export interface Bridge {
  call<N extends CallName>(name: N, request: Request<N>): Promise<Envelope<Response<N>>>;
  /** A deep link or a notification asks for a view. Returns how to stop listening. */
  onRoute(listener: (route: string) => void): () => void;
}

declare global {
  interface Window {
    readonly council: Bridge;
  }
}

/** A failure on its way through React Query; `failure` is what people are told. */
export class CallFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** @throws CallFailed */
export async function call<N extends CallName>(name: N, request: Request<N>): Promise<Response<N>> {
  const envelope = await window.council.call(name, request);
  if (!envelope.ok) throw new CallFailed(envelope.error);
  return envelope.value;
}
