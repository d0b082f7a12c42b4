import { ed25519 } from '@noble/curves/ed25519';
import { PublicKey } from '@solana/web3.js';

/**
 * Deriving an address and checking a signature take milliseconds, and histories ask for the same few again and again. Both
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

let done = false;

/** For this process (or worker), once. */
export function rememberCryptography(): void {
  if (done) return;
  done = true;
  const { findProgramAddressSync } = PublicKey;
  const addresses = new Map<string, [PublicKey, number]>();
  PublicKey.findProgramAddressSync = (seeds, program) =>
    remembered(addresses, `${seeds.map((seed) => text(seed)).join('|')}|${text(program.toBytes())}`, () =>
      findProgramAddressSync.call(PublicKey, seeds, program),
    );
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
    remembered(verdicts, [signature, message, key].map((bytes) => text(bytes as Uint8Array)).join('|'), () =>
      verify(signature, message, key, options),
    );
  const signatures = new Map<string, Uint8Array>();
  ed25519.sign = (message, secret, options) =>
    remembered(signatures, `${text(message as Uint8Array)}|${text(secret as Uint8Array)}`, () =>
      sign(message, secret, options),
    );
}
