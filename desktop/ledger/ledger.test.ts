import net from 'node:net';
import { ed25519 } from '@noble/curves/ed25519';
import { sha256 } from '@noble/hashes/sha2';
import bs58 from 'bs58';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromDevice } from '#desktop/shared/ledger-protocol.ts';
import { Ledger } from './device.ts';
import { denyNetwork } from './no-network.ts';
import { isPath, pathsOf } from './paths.ts';
import { type DevicePort, LedgerService } from './service.ts';
import { type Behaviour, type SimulatedLedger, startSimulatedLedger } from './testing/simulated-ledger.ts';
import { transportOf } from './transport.ts';

/** Vendor's kit against a SIMULATED device; no real Ledger was at hand. */

const seedAt = (path: string) => sha256(new TextEncoder().encode(path));
const addressAt = (path: string) => bs58.encode(ed25519.getPublicKey(seedAt(path)));
const honest: Behaviour = { seedAt };
const [path, longPath] = pathsOf(3) as [string, string];

let behaviour: Behaviour;
let simulated: SimulatedLedger;
let service: LedgerService;
beforeEach(async () => {
  behaviour = honest;
  simulated = await startSimulatedLedger(() => behaviour);
  service = new LedgerService(new Ledger(transportOf(simulated.port)));
});
afterEach(async () => {
  await simulated.stop();
  denyNetwork(null);
});

/** What the port said, to its end. */
async function sign(request: unknown): Promise<readonly FromDevice[]> {
  const said: FromDevice[] = [];
  const port: DevicePort = {
    post: (message) => void said.push(message),
    onMessage: (listener) => listener(request),
    onClose: () => undefined,
    close: () => undefined,
  };
  await service.sign(port);
  return said;
}
// A packet's size: it takes several APDUs.
const message = new Uint8Array(1100).map((_, at) => at);
const codeOf = (said: readonly FromDevice[]) => {
  const last = said.at(-1);
  return last?.kind === 'failed' ? last.error.code : last?.kind;
};

describe('addresses', () => {
  it('of an account are those of both derivation schemes, in no dialog', async () => {
    expect(await service.answer({ id: 1, kind: 'addresses', account: 3 })).toEqual({
      id: 1,
      ok: true,
      addresses: [path, longPath].map((at) => ({ path: at, publicKey: addressAt(at) })),
    });
    expect(simulated.shown).toEqual([]);
  });

  it('that are added are shown on the device', async () => {
    const answer = await service.answer({ id: 2, kind: 'show', path: longPath });
    expect(answer).toMatchObject({ ok: true, addresses: [{ publicKey: addressAt(longPath) }] });
    expect(simulated.shown).toEqual([addressAt(longPath)]);
  });

  it.each(["44'/501'", "44'/60'/0'", "44'/501'/100'", "44'/501'/0'/1'", "m/44'/501'/0'", '0'])(
    'of the path %s are not asked for',
    async (other) => {
      expect(isPath(other)).toBe(false);
      const answer = await service.answer({ id: 3, kind: 'show', path: other });
      expect(answer).toMatchObject({ ok: false, error: { code: 'LEDGER_FAILED' } });
    },
  );

  it('of a locked device say what to do', async () => {
    behaviour = { seedAt, status: '5515' };
    const answer = service.answer({ id: 4, kind: 'show', path });
    expect(await answer).toMatchObject({ ok: false, error: { code: 'LEDGER_LOCKED' } });
  });
});

describe('a signature', () => {
  it('is of the bytes that were sent, by the key at that path', async () => {
    const said = await sign({ path, publicKey: addressAt(path), message });
    expect(said[0]).toEqual({ kind: 'step', step: 'compare' });
    const last = said.at(-1);
    if (last?.kind !== 'signed') throw new Error(codeOf(said));
    expect(ed25519.verify(last.signature, message, bs58.decode(addressAt(path)))).toBe(true);
    expect(simulated.signed).toEqual([message]);
  });

  it.each<[string, string]>([
    ['6808', 'LEDGER_BLIND_SIGNING_OFF'],
    ['6985', 'LEDGER_REFUSED'],
    ['6f00', 'LEDGER_FAILED'],
  ])('that the app answers with %s is %s', async (signStatus, code) => {
    behaviour = { seedAt, signStatus };
    expect(codeOf(await sign({ path, publicKey: addressAt(path), message }))).toBe(code);
  });

  it('is not asked of a device with another key', async () => {
    expect(codeOf(await sign({ path, publicKey: addressAt(longPath), message }))).toBe('LEDGER_MISMATCH');
    expect(simulated.signed).toEqual([]);
  });

  it.each([null, {}, { path: "44'/60'/0'", publicKey: '', message }])(
    'is not made for malformed request %#',
    async (request) => {
      expect(codeOf(await sign(request))).toBe('LEDGER_FAILED');
    },
  );
});

it('opens no connection but to the simulator', async () => {
  denyNetwork(simulated.port);
  const failure = (port: number, host: string) =>
    new Promise((resolve) => {
      net
        .connect(port, host, () => resolve('connected'))
        .on('error', (error) => resolve((error as NodeJS.ErrnoException).code));
    });
  expect(await failure(simulated.port, '127.0.0.1')).toBe('connected');
  expect(await failure(443, '192.0.2.1')).toBe('NETWORK_DENIED');
  expect(await failure(simulated.port + 1, '127.0.0.1')).toBe('NETWORK_DENIED');
  await expect(fetch('http://192.0.2.1/')).rejects.toMatchObject({ cause: { code: 'NETWORK_DENIED' } });
});
