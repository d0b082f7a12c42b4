import { expect, it } from 'vitest';
import { SipError } from '../errors.ts';
import { signatureOf } from './deliver.ts';
import type { Rpc } from './ports.ts';
import { tellingSent } from './sending.ts';

const BYTES = Uint8Array.from({ length: 65 }, (_, at) => (at === 0 ? 1 : 7));
const down = () => new SipError('ENDPOINT_DOWN', { endpoint: 'x', reason: 'y' });
const rpcOn = (landed: boolean) =>
  ({
    sendRaw: async () => 'signature',
    signatureOutcome: async () => (landed ? { slot: 1n, err: null, confirmation: 'confirmed' } : null),
  }) as unknown as Rpc;

async function sent(landed: boolean, how: 'throws' | 'gives back'): Promise<unknown> {
  const work = async (rpc: Rpc) => {
    await rpc.sendRaw(BYTES);
    await rpc.signatureOutcome(signatureOf(BYTES), false);
    if (how === 'throws') throw down();
    return { kind: 'not-done', error: down() } as const;
  };
  return tellingSent(rpcOn(landed), work).then(
    ({ error }) => error.sent,
    (error: SipError) => error.sent,
  );
}

it('says with any failure what was sent before it', async () => {
  for (const how of ['throws', 'gives back'] as const) {
    expect(await sent(false, how)).toBe('unknown');
    expect(await sent(true, how)).toBe('yes');
  }
  const untouched = await tellingSent(rpcOn(true), async () => ({ kind: 'not-done', error: down() }));
  expect(untouched.error.sent).toBe('no');
});

it('knows what an error says of a signature, though the chain never showed it', async () => {
  const signature = signatureOf(BYTES);
  const expired = new SipError('TRANSACTION_EXPIRED', { signature }, { sent: 'yes' });
  const told = (error: SipError) =>
    tellingSent(rpcOn(false), async (rpc) => {
      await rpc.sendRaw(BYTES);
      return { kind: 'not-done', error } as const;
    });
  expect((await told(expired)).error).toBe(expired);
  const another = new SipError('TRANSACTION_EXPIRED', { signature: 'another' }, { sent: 'yes' });
  expect((await told(another)).error.sent).toBe('unknown');
});

it('leaves alone what is no failure of the console', async () => {
  expect(await tellingSent(rpcOn(false), async () => 3)).toBe(3);
  await expect(tellingSent(rpcOn(false), () => Promise.reject(new TypeError('x')))).rejects.toThrow(
    TypeError,
  );
});
