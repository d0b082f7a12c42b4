import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import type { RawAccount } from '#governance/chain/ports.ts';
import type { Address } from '#governance/types.ts';
import { addressOf, type Chain } from '#test/program/support/chain.ts';
import { Random } from '#test/verify/world.ts';
import { lookAlike } from '../keys.ts';

/** Fourteen things that can stand in an account's slot in place of what belongs there. */

export interface Place {
  readonly chain: Chain;
  readonly instruction: TransactionInstruction;
  readonly slot: number;
  readonly stranger: PublicKey;
  /** What Squads itself stands on: changed in place it would stop there, before our program is asked. */
  readonly carriers: readonly PublicKey[];
}
/** Takes back what was changed on the chain. */
type Undo = () => void;
type Substitution = (place: Place) => Undo;

const NOTHING: Undo = () => undefined;
const random = new Random(20261);
const freshKey = () => random.key();

function replace({ instruction, slot }: Place, pubkey: PublicKey): Undo {
  instruction.keys[slot] = { ...instruction.keys[slot]!, pubkey };
  return NOTHING;
}

const keyIn = ({ instruction, slot }: Place): PublicKey => instruction.keys[slot]!.pubkey;
const accountIn = (place: Place): RawAccount | null => place.chain.account(addressOf(keyIn(place)));

/** An account of this content where there was none; the original stays as it is. */
function put(place: Place, key: PublicKey, account: RawAccount | null): Undo {
  if (account !== null && !account.executable)
    place.chain.setAccount(addressOf(key), addressOf(account.owner), account.data, account.lamports);
  return replace(place, key);
}

/** At its own address; what nobody can change, or what carries the transaction, at another one. */
function changed(place: Place, change: (account: RawAccount) => Partial<RawAccount>): Undo {
  const account = accountIn(place);
  const key = keyIn(place);
  if (account === null) return put(place, freshKey(), null);
  const other = { ...account, ...change(account) };
  const owner = addressOf(account.owner);
  const fixed =
    account.executable ||
    owner.startsWith('Sysvar') ||
    owner === NATIVE ||
    place.carriers.some((carrier) => carrier.equals(key));
  if (fixed) return put(place, freshKey(), { ...other, executable: false });
  const set = ({ owner, data, lamports }: RawAccount) =>
    place.chain.setAccount(addressOf(key), addressOf(owner), data, lamports);
  set(other);
  return () => set(account);
}

const NATIVE = 'NativeLoader1111111111111111111111111111111' as Address;
const bytes = (change: (data: Uint8Array) => Uint8Array) => (place: Place) =>
  changed(place, ({ data }) => ({ data: change(Uint8Array.from(data)) }));

function withByte(data: Uint8Array, at: number): Uint8Array {
  if (data.length > at) data[at]! ^= 0xff;
  return data;
}

export const SUBSTITUTIONS: Readonly<Record<string, Substitution>> = {
  'a key with nothing there': (place) => replace(place, freshKey()),
  'the default key': (place) => replace(place, PublicKey.default),
  'the same account at another key': (place) => put(place, freshKey(), accountIn(place)),
  'the same account at a look-alike key': (place) =>
    put(place, new PublicKey(lookAlike(keyIn(place).toBytes(), random)), accountIn(place)),
  'the same data, of another program': (place) => changed(place, () => ({ owner: freshKey() })),
  'the same data, of the System program': (place) => changed(place, () => ({ owner: PublicKey.default })),
  'no data': bytes(() => new Uint8Array()),
  'data of zeros': bytes((data) => new Uint8Array(data.length)),
  'one byte less': bytes((data) => data.subarray(0, Math.max(0, data.length - 1))),
  'one byte more': bytes((data) => Uint8Array.from([...data, 0])),
  'another discriminator': bytes((data) => withByte(data, 0)),
  'the account of the next slot': (place) => {
    const { keys } = place.instruction;
    return replace(place, keys[(place.slot + 1) % keys.length]!.pubkey);
  },
  'the attacker’s own key': (place) => replace(place, place.stranger),
  'other rights': ({ instruction, slot }) => {
    const meta = instruction.keys[slot]!;
    instruction.keys[slot] = { ...meta, isWritable: !meta.isWritable };
    return NOTHING;
  },
};

export const SUBSTITUTION_NAMES = Object.keys(SUBSTITUTIONS);
