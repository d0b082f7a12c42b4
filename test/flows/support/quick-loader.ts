import { ed25519 } from '@noble/curves/ed25519';
import { PublicKey, VersionedTransaction } from '@solana/web3.js';
import bs58 from 'bs58';
import { decodeLoaderAccount, LOADER } from '#governance/chain/loader-accounts.ts';
import { type SandboxRpc, sandboxRpc } from '#governance/sandbox/rpc.ts';
import { LOADER_TAGS } from '#governance/setup/loader.ts';
import { type FaultyRpc, faultyRpc } from '#test/support/faulty-rpc.ts';

/**
 * The embedded network behind an endpoint that plays one instruction itself: loader v3's Write. Surfpool keeps several
 * copies of every account of its last 200 transactions and copies them all at each one, which takes about a tenth of a
 * second and 7 MB for a buffer of 0.9 MB. Everything else, deployment included, is the network's own loader.
 */
export interface QuickLoader extends FaultyRpc {
  /** Pieces taken so far. */
  readonly writes: number;
}

interface Image {
  readonly authority: string;
  readonly lamports: bigint;
  readonly data: Uint8Array;
  changed: boolean;
}

const HEADER_BYTES = 37;

export async function quickLoader(url: string): Promise<QuickLoader> {
  const rpc = sandboxRpc(url);
  const images = new Map<string, Promise<Image | null>>();
  let writes = 0;
  let flushing = Promise.resolve();

  const flush = (): Promise<void> => {
    flushing = flushing.then(async () => {
      for (const [address, pending] of images) {
        const image = await pending;
        if (!image?.changed) continue;
        image.changed = false;
        const { data, lamports } = image;
        await rpc.setAccounts([{ address: new PublicKey(address), owner: LOADER, lamports, data }]);
      }
    });
    return flushing;
  };

  const take = async (bytes: Uint8Array): Promise<string | null> => {
    const write = readWrite(bytes);
    if (write === null) return null;
    const pending = images.get(write.buffer) ?? readImage(rpc, write.buffer);
    images.set(write.buffer, pending);
    const image = await pending;
    if (image?.authority !== write.authority || HEADER_BYTES + write.end > image.data.length) return null;
    image.data.set(write.chunk, HEADER_BYTES + write.offset);
    image.changed = true;
    writes += 1;
    return write.signature;
  };

  const endpoint = await faultyRpc(async (method, params) => {
    if (method === 'sendTransaction') {
      const taken = await take(new Uint8Array(Buffer.from(String(params[0]), 'base64')));
      if (taken !== null) return taken;
    }
    await flush();
    // Any other transaction may use a buffer up.
    if (method === 'sendTransaction') images.clear();
    return forward(url, method, params);
  });
  return {
    ...endpoint,
    get writes() {
      return writes;
    },
    async close() {
      await endpoint.close();
      rpc.close();
    },
  };
}

/** The one Write of a transaction whose signature holds; null for every other transaction. */
function readWrite(bytes: Uint8Array) {
  const { message, signatures } = VersionedTransaction.deserialize(bytes);
  const { staticAccountKeys: keys, compiledInstructions } = message;
  const [only, second] = compiledInstructions;
  if (only === undefined || second !== undefined || !keys[only.programIdIndex]?.equals(LOADER)) return null;
  const view = new DataView(only.data.buffer, only.data.byteOffset, only.data.byteLength);
  const [buffer, authority] = only.accountKeyIndexes.map((index) => keys[index]);
  const [signature] = signatures;
  if (view.getUint32(0, true) !== LOADER_TAGS.write || !buffer || !authority || !signature) return null;
  if (!keys[0]?.equals(authority)) return null;
  if (!ed25519.verify(signature, message.serialize(), authority.toBytes())) return null;
  const offset = view.getUint32(4, true);
  const chunk = only.data.subarray(16);
  return {
    buffer: buffer.toBase58(),
    authority: authority.toBase58(),
    offset,
    end: offset + chunk.length,
    chunk,
    signature: bs58.encode(signature),
  };
}

async function readImage(rpc: SandboxRpc, buffer: string): Promise<Image | null> {
  const answer = await rpc.call('getAccountInfo', [buffer, { encoding: 'base64' }]);
  const { value } = answer as {
    value: { data: [string, string]; lamports: number; owner: string } | null;
  };
  if (value === null) return null;
  const data = new Uint8Array(Buffer.from(value.data[0], 'base64'));
  const lamports = BigInt(value.lamports);
  const account = { address: new PublicKey(buffer), owner: new PublicKey(value.owner), lamports, data };
  const decoded = decodeLoaderAccount({ ...account, executable: false });
  if (decoded?.kind !== 'buffer' || decoded.authority === null) return null;
  return { authority: decoded.authority, lamports, data, changed: false };
}

async function forward(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const body = (await response.json()) as { result?: unknown; error?: unknown };
  if (body.error) throw body.error;
  return body.result;
}
