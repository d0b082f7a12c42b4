import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { tellUncaught } from './uncaught.ts';

const WHERE =
  'no /srv/PLANTED/my data/x.json, nor https://ada:PLANTED@rpc.example.com/v2/PLANTED?api-key=PLANTED';

function toldOf(event: string, error: unknown): string {
  const from = new EventEmitter();
  const [told, shown]: [string[], string[]] = [[], []];
  tellUncaught(
    from,
    (text) => told.push(text),
    (text) => shown.push(text),
  );
  expect(from.emit(event, error)).toBe(true);
  expect(shown).toHaveLength(event === 'uncaughtException' ? 1 : 0);
  expect(told).toHaveLength(1);
  return [...told, ...shown].join('');
}

describe.each(['uncaughtException', 'unhandledRejection'])('an error that nobody caught, %s', (event) => {
  it('is told with its stack and without a place', () => {
    const error = new TypeError(WHERE);
    error.stack = `TypeError: ${WHERE}\n    at open (file:///srv/PLANTED/out/main/index.js:1:2)\n    at /srv/PLANTED/a.js:3:4`;
    const told = toldOf(event, error);
    expect(told).toContain('no x.json, nor https://rpc.example.com/…\n');
    expect(told).toContain('    at open (index.js:1:2)\n    at a.js:3:4\n');
    expect(told).not.toContain('PLANTED');
  });

  it.each([
    ['a text', WHERE],
    ['an error without a stack', Object.assign(new Error(WHERE), { stack: undefined })],
  ])('is told whatever was thrown: %s', (_, thrown) => {
    const told = toldOf(event, thrown);
    expect(told).toContain('no x.json');
    expect(told).not.toContain('PLANTED');
  });

  it('is told although nothing can be said of it', () => {
    expect(toldOf(event, undefined)).toContain('undefined');
  });
});
