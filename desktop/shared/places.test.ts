import { describe, expect, it } from 'vitest';
import { isPath, lastPart, withoutPlaces } from './places.ts';

/** Of somebody whose name is nothing for a page. */
const HOME = '/home/ada';

describe('a text without places', () => {
  it.each([
    [
      `${HOME}/data/desktop.json cannot be read: permission denied.`,
      'desktop.json cannot be read: permission denied.',
    ],
    [`${HOME}/My SIPs/of 2026/sip-0009-x.md exists already.`, 'sip-0009-x.md exists already.'],
    [
      `ENOENT: no such file or directory, open '${HOME}/a b/c d.json'`,
      "ENOENT: no such file or directory, open 'c d.json'",
    ],
    [`rename '${HOME}/x/a' -> '${HOME}/x/b'`, "rename 'a' -> 'b'"],
    ['/opt/Solayer Council/programs/x.so: it does not exist', 'x.so: it does not exist'],
    [`at file://${HOME}/out/main/engine.js:12:3`, 'at engine.js:12:3'],
    [`at start (${HOME}/out/main/engine.js:12:3)`, 'at start (engine.js:12:3)'],
    [`--keypair=${HOME}/.config/id.json`, '--keypair=id.json'],
    ['~/keys/id.json', 'id.json'],
    ['C:\\Users\\Ada Lovelace\\keys\\id.json is exposed', 'id.json is exposed'],
    ['\\\\server\\share\\keys\\id.json', 'id.json'],
    ['/home/ada cannot be read', 'the home folder cannot be read'],
    [
      'https://ada:pass@rpc.example.com/v2/TOKEN?api-key=TOKEN does not answer',
      'https://rpc.example.com/… does not answer',
    ],
    ['https://rpc.example.com/?api-key=abc is slow', 'https://rpc.example.com/… is slow'],
    ['https://rpc.example.com/k3 is slow', 'https://rpc.example.com/… is slow'],
    ['http://127.0.0.1:8899: refused', 'http://127.0.0.1:8899: refused'],
    ['see wss://rpc.example.com/TOKEN.', 'see wss://rpc.example.com/….'],
    ['https://[broken/TOKEN', 'https://…'],
  ])('%s', (text, plain) => {
    expect(withoutPlaces(text)).toBe(plain);
    expect(withoutPlaces(plain)).toBe(plain);
  });

  it.each([
    'Use it, and/or the other: 24/7, sips/README.md, ./x or ../y.',
    "The Ledger holds another key at 44'/501'/0'.",
    'Transaction 5Xk9… was sent but not seen; see “sip status”.',
    'The endpoint https://rpc.example.com/… refuses getAccountInfo: no.',
    'a / b',
  ])('leaves what is none: %s', (text) => expect(withoutPlaces(text)).toBe(text));

  it('is made of a text of any length at once', () => {
    const long = '/a b c '.repeat(2_000);
    expect(withoutPlaces(long)).not.toContain('/');
  });
});

describe('a path', () => {
  it('is told by its last part', () => {
    expect(lastPart('/srv/council/My SIPs/')).toBe('My SIPs');
    for (const home of [`${HOME}/`, '/root', '/Users/ada', 'C:\\Users\\Ada', '~'])
      expect(lastPart(home)).toBe('the home folder');
    expect(lastPart('/')).toBe('the root folder');
    expect(['/x', 'C:\\x', '\\\\x', '~/x'].every(isPath)).toBe(true);
    expect(['x/y', 'https://x', ''].some(isPath)).toBe(false);
  });
});
