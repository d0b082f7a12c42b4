import { createRequire } from 'node:module';
import { ed25519 } from '@noble/curves/ed25519';
import { PublicKey } from '@solana/web3.js';
import bs58 from 'bs58';

/**
 * Deriving an address, checking a signature and base58 take long, and histories ask for the same few again and again. All
 * are functions of their arguments alone, so that what they gave before is what they would give: the product's code
 * stands as it is and is only faster.
 */

const MOST = 50_000;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const there = known.get(key);
  if (there !== undefined) return there;
  const made = make();
  if (known.size >= MOST) known.clear();
  known.set(key, made);
  return made;
}

interface Base58 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array;
}

function rememberBase58(codec: Base58): void {
  const { encode, decode } = codec;
  const texts = new Map<string, string>();
  codec.encode = (bytes) => remembered(texts, text(bytes), () => encode(bytes));
  const decoded = new Map<string, Uint8Array>();
  // A copy: whoever decodes may write into what it got.
  codec.decode = (name) => remembered(decoded, name, () => decode(name)).slice();
}

/** web3.js brings an older one than ours. */
const ofWeb3 = () => {
  const own = createRequire(import.meta.url);
  return createRequire(own.resolve('@solana/web3.js'))('bs58') as Base58;
};

let done = false;

/** For this process (or worker), once. */
export function rememberCryptography(): void {
  if (done) return;
  done = true;
  const { findProgramAddressSync } = PublicKey;
  const addresses = new Map<string, [PublicKey, number]>();
  PublicKey.findProgramAddressSync = (seeds, program) =>
    remembered(
      addresses,
      seeds.map((seed) => `${seed.length} ${text(seed)}`).join('') + text(program.toBytes()),
      () => findProgramAddressSync.call(PublicKey, seeds, program),
    );
  rememberBase58(bs58);
  rememberBase58(ofWeb3());
  const { toBase58 } = PublicKey.prototype;
  const names = new WeakMap<PublicKey, string>();
  PublicKey.prototype.toBase58 = function named(this: PublicKey) {
    const known = names.get(this) ?? toBase58.call(this);
    names.set(this, known);
    return known;
  };
  const { verify, sign } = ed25519;
  const verdicts = new Map<string, boolean>();
  ed25519.verify = (signature, message, key, options) =>
    remembered(verdicts, [signature, key, message].map((bytes) => text(bytes as Uint8Array)).join(''), () =>
      verify(signature, message, key, options),
    );
  const signatures = new Map<string, Uint8Array>();
  ed25519.sign = (message, secret, options) =>
    remembered(signatures, text(secret as Uint8Array) + text(message as Uint8Array), () =>
      sign(message, secret, options),
    );
}
