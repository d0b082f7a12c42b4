import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ed25519 } from '@noble/curves/ed25519';
import bs58 from 'bs58';

/**
 * A SIMULATOR of a Ledger with its Solana app, no device: it answers the kit's APDUs over HTTP as Speculos does.
 * What its screen would show and what its person would press is up to the test.
 */
export interface SimulatedLedger {
  readonly port: number;
  /** SHA-256 is what a device shows for a blind signature; here the bytes themselves. */
  readonly signed: readonly Uint8Array[];
  /** Addresses that were shown for confirmation. */
  readonly shown: readonly string[];
  stop(): Promise<void>;
}

export interface Behaviour {
  /** Seed of the key at a path such as `44'/501'/0'`. */
  readonly seedAt: (path: string) => Uint8Array;
  /** Status word that the app answers instead of signing, e.g. `6985` for a refusal. */
  readonly signStatus?: string;
  /** Status word for everything: `5515` locked. */
  readonly status?: string;
  /** Signs this instead of what it was given. */
  readonly swaps?: Uint8Array;
  /** Its person's thumb. */
  readonly untilPressed?: () => Promise<void>;
}

const OK = '9000';
const HARDENED = 0x8000_0000;

/** Count of steps, then each as u32 BE. */
function readPath(bytes: Buffer): { readonly path: string; readonly rest: Buffer } {
  const steps = bytes[0] ?? 0;
  const path = Array.from({ length: steps }, (_, at) => bytes.readUInt32BE(1 + 4 * at))
    .map((step) => (step >= HARDENED ? `${step - HARDENED}'` : String(step)))
    .join('/');
  return { path, rest: bytes.subarray(1 + 4 * steps) };
}

const lengthAndText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);

export async function startSimulatedLedger(behaviour: () => Behaviour): Promise<SimulatedLedger> {
  const signed: Uint8Array[] = [];
  const shown: string[] = [];
  let collected = Buffer.alloc(0);

  async function answer(hex: string): Promise<string> {
    const apdu = Buffer.from(hex, 'hex');
    const [cla, instruction, p1 = 0, p2 = 0, length = 0] = apdu;
    const data = apdu.subarray(5, 5 + length);
    const { status, signStatus, swaps, seedAt, untilPressed } = behaviour();
    if (status !== undefined) return status;
    // BOLOS: name and version of the app that is open.
    if (cla === 0xb0 && instruction === 0x01)
      return (
        Buffer.concat([
          Buffer.from([1]),
          lengthAndText('Solana'),
          lengthAndText('1.8.0'),
          Buffer.from([1, 0]),
        ]).toString('hex') + OK
      );
    if (cla !== 0xe0) return '6e00';
    if (instruction === 0x04) return `0000010800${OK}`;
    if (instruction === 0x05) {
      const key = ed25519.getPublicKey(seedAt(readPath(data).path));
      if (p1 === 1) {
        shown.push(bs58.encode(key));
        await untilPressed?.();
      }
      return Buffer.from(key).toString('hex') + OK;
    }
    if (instruction !== 0x06) return '6d00';
    // P2: 1 continues the bytes before, 2 says that more follow.
    collected = p2 & 1 ? Buffer.concat([collected, data]) : data;
    if (p2 & 2) return OK;
    await untilPressed?.();
    if (signStatus !== undefined) return signStatus;
    // The first byte counts the signers.
    const { path, rest } = readPath(collected.subarray(1));
    signed.push(Uint8Array.from(rest));
    return Buffer.from(ed25519.sign(swaps ?? rest, seedAt(path))).toString('hex') + OK;
  }

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.url?.startsWith('/apdu') !== true) return void response.end('{}');
      const { data } = JSON.parse(body) as { readonly data: string };
      void answer(data).then((hex) => response.end(JSON.stringify({ data: hex })));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    signed,
    shown,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
