import { describe, expect, it } from 'vitest';
import { answered, type Envelope } from './envelope.ts';
import { type Link, openLink, type Pipe } from './link.ts';

type Answer = (what: string, payload: unknown) => Promise<Envelope<unknown>>;

/** Two ends of one channel. */
function joined(answer: Answer): Link {
  const listeners: ((message: unknown) => void)[] = [];
  const end = (own: number): Pipe => ({
    post: (message) => queueMicrotask(() => listeners[1 - own]?.(structuredClone(message))),
    onMessage: (listener) => {
      listeners[own] = listener;
    },
  });
  openLink(end(0), answer);
  return openLink(end(1), async () => answered(null));
}

const GONE = {
  code: 'ENGINE_GONE',
  message: 'It has ended.',
  sent: 'unknown',
  remedy: 'Start it again.',
} as const;

describe('questions over a pipe', () => {
  it('each get their own answer, in whatever order they come', async () => {
    const link = joined(async (what, payload) => {
      if (what === 'slow') await new Promise((resolve) => setImmediate(resolve));
      return answered([what, payload]);
    });
    expect(await Promise.all([link.ask('slow', 1), link.ask('quick', 2)])).toEqual([
      answered(['slow', 1]),
      answered(['quick', 2]),
    ]);
  });

  it('are answered where the other side breaks, without what broke it', async () => {
    const link = joined(() => Promise.reject(new Error('ENOENT: open /srv/PLANTED')));
    const answer = await link.ask('anything', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL', sent: 'unknown' } });
    expect(JSON.stringify(answer)).not.toContain('PLANTED');
  });

  it('fail once the other side is gone, those still open too', async () => {
    const link = joined(() => new Promise(() => undefined));
    const open = link.ask('never', {});
    link.end(GONE);
    expect(await Promise.all([open, link.ask('later', {})])).toEqual(
      [GONE, GONE].map((error) => ({ ok: false, error })),
    );
  });
});
