import type { Keypair, PublicKey, TransactionInstruction } from '@solana/web3.js';
import { Council } from '#test/program/support/council.ts';
import type { Outcome } from '#test/program/support/outcome.ts';
import type { Fixture } from './fixtures.ts';

/** Who signs: as required, or six ways in which others would like it. */

export interface SignerSet {
  readonly name: string;
  /** Changes the instruction and says who signs; `through` is the council whose vault does. */
  apply(fixture: Fixture, instruction: TransactionInstruction): Signing;
}

export interface Signing {
  readonly through: Council | null;
  readonly signers: readonly Keypair[];
}

const signerSlots = ({ keys }: TransactionInstruction): readonly number[] =>
  keys.flatMap(({ isSigner }, at) => (isSigner ? [at] : []));

function unsign(instruction: TransactionInstruction, slots: readonly number[]): void {
  for (const at of slots) instruction.keys[at] = { ...instruction.keys[at]!, isSigner: false };
}

/** In the place of whoever has to sign. */
function inPlace(instruction: TransactionInstruction, pubkey: PublicKey): void {
  for (const at of signerSlots(instruction)) instruction.keys[at] = { ...instruction.keys[at]!, pubkey };
}

const others = new WeakMap<Fixture, Council>();
function otherCouncil(fixture: Fixture): Council {
  const known = others.get(fixture) ?? new Council(fixture.world.chain, { timeLock: 1 });
  others.set(fixture, known);
  return known;
}

const REQUIRED: SignerSet = {
  name: 'as required',
  apply: ({ council, signers }) => ({ through: council, signers }),
};

const WRONG: readonly SignerSet[] = [
  {
    name: 'nobody',
    // Past the council: in a transaction of a council its vault signs, whatever the instruction says.
    apply({ world }, instruction) {
      unsign(instruction, signerSlots(instruction));
      return { through: null, signers: [world.outsider] };
    },
  },
  {
    name: 'a stranger',
    apply({ council, world }, instruction) {
      inPlace(instruction, world.outsider.publicKey);
      return { through: council, signers: [world.outsider] };
    },
  },
  {
    name: 'a member of the council',
    apply({ council, world }, instruction) {
      inPlace(instruction, world.council.first.publicKey);
      return { through: council, signers: [world.council.first] };
    },
  },
  {
    name: 'the vault of another council',
    apply(fixture, instruction) {
      const through = otherCouncil(fixture);
      inPlace(instruction, through.vault);
      return { through, signers: [] };
    },
  },
];

/** Where several have to sign. */
const LAST_MISSING: SignerSet = {
  name: 'all but the last',
  apply({ council, signers }, instruction) {
    unsign(instruction, signerSlots(instruction).slice(-1));
    return { through: council, signers: signers.slice(0, -1) };
  },
};

/** @param required how many signers the IDL asks for; where it asks for none, anybody may */
export function signerSetsFor(required: number): readonly SignerSet[] {
  if (required === 0) return [REQUIRED];
  return [REQUIRED, ...WRONG, ...(required > 1 ? [LAST_MISSING] : [])];
}

/** Sends it: by the people themselves, or proposed, approved and executed by the council. */
export function send(
  fixture: Fixture,
  instruction: TransactionInstruction,
  { through, signers }: Signing,
): Outcome {
  const { chain } = fixture.world;
  if (through === null) {
    const have = [...new Set([...signers, fixture.world.outsider])];
    onlyThese(
      instruction,
      have.map(({ publicKey }) => publicKey),
    );
    return chain.send([instruction], have);
  }
  onlyThese(instruction, [through.vault, ...signers.map(({ publicKey }) => publicKey)]);
  const announced =
    fixture.sip !== null && through === fixture.council ? [fixture.world.begin(fixture.sip, 1)] : [];
  const index = through.approved([...announced, instruction]);
  through.passTimeLock();
  const execution = through.executeInstruction(index);
  for (const [at, meta] of execution.keys.entries())
    if (signers.some(({ publicKey }) => publicKey.equals(meta.pubkey)))
      execution.keys[at] = { ...meta, isSigner: true };
  return chain.send([execution], [...new Set([through.first, ...signers])]);
}

/** Nobody signs for a key that nobody holds: there it stands without a signature. */
function onlyThese(instruction: TransactionInstruction, have: readonly PublicKey[]): void {
  for (const [at, meta] of instruction.keys.entries())
    if (meta.isSigner && !have.some((key) => key.equals(meta.pubkey)))
      instruction.keys[at] = { ...meta, isSigner: false };
}
