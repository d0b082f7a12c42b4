import { type Envelope, failed } from './envelope.ts';
import type { Failure } from './views/index.ts';

/** One end of a channel between two processes, whatever carries it. */
export interface Pipe {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Questions and answers over a pipe, in both directions. */
export interface Link {
  /** @returns what the other side answered; a failure is a value */
  ask(what: string, payload: unknown): Promise<Envelope<unknown>>;
  /** Everything still open fails: the other side is gone. */
  end(error: Failure): void;
}

type Message =
  | { readonly kind: 'ask'; readonly id: number; readonly what: string; readonly payload: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly envelope: Envelope<unknown> };

/** What nobody thought of ends the question and not the process; its text could hold a path and stays where it is. */
const BROKEN: Envelope<never> = failed({
  code: 'INTERNAL',
  message: 'A part of the console failed in a way that it does not know.',
  sent: 'unknown',
  remedy: 'Look at Activity for what was sent, then start the console again.',
});

/** @param answer what goes wrong is in its envelope */
export function openLink(
  pipe: Pipe,
  answer: (what: string, payload: unknown) => Promise<Envelope<unknown>>,
): Link {
  const open = new Map<number, (envelope: Envelope<unknown>) => void>();
  let last = 0;
  let ended: Failure | null = null;
  pipe.onMessage((raw) => {
    const message = raw as Message;
    if (message.kind === 'answer') {
      open.get(message.id)?.(message.envelope);
      open.delete(message.id);
    } else if (message.kind === 'ask') {
      const { id, what, payload } = message;
      void answer(what, payload)
        .catch(() => BROKEN)
        .then((envelope) => pipe.post({ kind: 'answer', id, envelope }));
    }
  });
  return {
    ask(what, payload) {
      if (ended) return Promise.resolve({ ok: false, error: ended });
      last += 1;
      const id = last;
      return new Promise((resolve) => {
        open.set(id, resolve);
        pipe.post({ kind: 'ask', id, what, payload });
      });
    },
    end(error) {
      ended = error;
      for (const settle of open.values()) settle({ ok: false, error });
      open.clear();
    },
  };
}
