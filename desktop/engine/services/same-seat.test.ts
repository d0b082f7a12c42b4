import { expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { sameSeat } from './same-seat.ts';

const engine = (seat: string | null) => ({ seat }) as unknown as Engine;

it('lets the key sign that the button named, and nobody where it named nobody', () => {
  expect(() => sameSeat(engine('1'), '1')).not.toThrow();
  expect(() => sameSeat(engine(null), null)).not.toThrow();
});

it.each([
  ['another key', '1', '0', { shown: '0', now: '1' }],
  ['a key where there is none now', null, '0', { shown: '0', now: 'nobody' }],
  ['nobody where there is a key now', '1', null, { shown: 'nobody', now: '1' }],
])('refuses %s, and says which is which', (_, now, shown, facts) => {
  expect(() => sameSeat(engine(now), shown)).toThrow(
    expect.objectContaining({ code: 'SEAT_CHANGED', sent: 'no', facts }),
  );
});
