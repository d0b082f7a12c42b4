import { ed25519 } from '@noble/curves/ed25519';
import { Keypair, type PublicKey } from '@solana/web3.js';
import type { Signer } from '#governance/chain/ports.ts';
import { plannedParts, recompilePart } from '#governance/plan/compile.ts';
import type { Sip } from '#governance/sip/document.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import type { Address, MembersHash, Pins } from '#governance/types.ts';
import { hex } from '#governance/verify/index.ts';
import { operator, sipFile, whitelist } from '#test/support/sip-text.ts';
import { makeWorld, membersHash, type World } from '#test/verify/world.ts';

/** One council of three and its texts, the same in every history. */

const NOW = 1_772_323_200n; // 2026-03-01T00:00:00Z
const keypair = (byte: number) => Keypair.fromSeed(new Uint8Array(32).fill(byte));
const signerOf = ({ publicKey, secretKey }: Keypair): Signer => ({
  publicKey,
  sign: async (message) => ed25519.sign(message, secretKey.slice(0, 32)),
});

/** The console's own seat. */
export const OWN = signerOf(keypair(9));
/** Another member's console. */
export const RIVAL = keypair(8).publicKey;

export const WORLD: World = {
  ...makeWorld(4),
  now: NOW,
  members: [OWN.publicKey, RIVAL, keypair(7).publicKey]
    .map((key) => ({ key, mask: 7 }))
    .sort((a, b) => Buffer.compare(a.key.toBuffer(), b.key.toBuffer())),
};
const address = (key: PublicKey) => key.toBase58() as Address;
export const PINS: Pins = {
  ...{ programId: address(WORLD.programId), council: address(WORLD.council), vault: address(WORLD.vault) },
};
const HASH = hex(membersHash(WORLD.members)) as MembersHash;

const textOf = (sip: number, title: string, actions: Parameters<typeof sipFile>[0]['actions']): Sip =>
  parseUnnamed(sipFile({ sip, title, actions }, NOW).bytes, 'attack.md');

export const SMALL = textOf(7, 'Whitelist mSOL', [whitelist('mSOL', '1000')]);
/** Two transactions of the council. */
export const LARGE = textOf(
  8,
  'Whitelist operators',
  Array.from({ length: 6 }, (_, at) => operator(`Operator ${at}`, address(keypair(20 + at).publicKey))),
);
const OTHER = textOf(9, 'Whitelist bSOL', [whitelist('bSOL', '1000')]);

export const partsOf = (sip: Sip): number => plannedParts(sip, PINS).length;

const compiled = new Map<string, Uint8Array>();
/** What a part is handed over as when it is to have this index. */
export function wireOf(sip: Sip, part: number, index: number): Uint8Array {
  const key = `${sip.header.sip} ${part} ${index}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = recompilePart(sip, PINS, { part, membersHash: HASH, councilTx: BigInt(index) })?.message;
  if (!made) throw new Error(`SIP-${sip.header.sip} has no part ${part}`);
  compiled.set(key, made);
  return made;
}
/** Nothing that the console knows. */
export const FOREIGN = wireOf(OTHER, 1, 900);
