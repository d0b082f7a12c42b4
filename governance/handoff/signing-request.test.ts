import { expect, it } from 'vitest';
import { parseSigningRequest } from './signing-request.ts';

const KEY = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const REQUEST = {
  schemaVersion: 1,
  message: Buffer.from([1, 2, 3]).toString('base64'),
  publicKey: KEY,
  pins: { programId: KEY, council: KEY, vault: KEY },
  cluster: 'mainnet',
  transactionIndex: '41',
};
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));

it('reads what the window hands out', () => {
  expect(parseSigningRequest(bytesOf(REQUEST), 'r.json')).toEqual({
    message: Uint8Array.of(1, 2, 3),
    publicKey: KEY,
    pins: { programId: KEY, council: KEY, vault: KEY },
    cluster: 'mainnet',
    transactionIndex: 41n,
  });
});

it.each([
  ['no JSON', Buffer.from('{')],
  ['more than it may be', Buffer.alloc(20_001, 0x20)],
  ['a field too many', bytesOf({ ...REQUEST, note: '' })],
  ['a field too few', bytesOf({ ...REQUEST, cluster: undefined })],
  ['another version', bytesOf({ ...REQUEST, schemaVersion: 2 })],
  ['a message that is no base64', bytesOf({ ...REQUEST, message: '*' })],
  ['a message longer than any', bytesOf({ ...REQUEST, message: Buffer.alloc(13_004).toString('base64') })],
  ['a key in another form', bytesOf({ ...REQUEST, publicKey: `1${KEY}` })],
  ['another cluster', bytesOf({ ...REQUEST, cluster: 'moon' })],
  ['an index that is none', bytesOf({ ...REQUEST, transactionIndex: '041' })],
  ['an index beyond a u64', bytesOf({ ...REQUEST, transactionIndex: '18446744073709551616' })],
])('refuses %s', (_, bytes) => {
  expect(() => parseSigningRequest(bytes, 'r.json')).toThrow(
    expect.objectContaining({ code: 'SIGNING_REQUEST_INVALID' }),
  );
});
