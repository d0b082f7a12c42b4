import { PublicKey, VersionedTransaction } from '@solana/web3.js';
import bs58 from 'bs58';
import type { RawAccount, Rpc, SignatureOutcome, TransactionRecord } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import type { UnixSeconds } from '#governance/types.ts';
import type { World } from '#test/verify/world.ts';
import { accountsOf, runMessage, type State } from './model-squads.ts';

/** A model of a cluster: blocks, blockhashes that expire, signatures that count once, and Squads (model-squads.ts). */

export const LIFETIME_BLOCKS = 150;
export const BLOCK_MS = 400;
const FIRST_BLOCK = 1_000;

/** When what was handed over gets into a block: at once, never, after so many calls, in the last block it may. */
export type Landing = 'at once' | 'never' | 'in the last block' | { readonly calls: number };

interface Held {
  readonly bytes: Uint8Array;
  readonly lastValid: number;
  landing: 'in the last block' | { calls: number };
}

interface Seen {
  readonly slot: number;
  readonly accounts: ReadonlyMap<string, RawAccount>;
  readonly landed: ReadonlyMap<string, TransactionRecord>;
}

export class ModelChain {
  readonly world: World;
  readonly threshold: number;
  #state: State = [];
  #accounts: ReadonlyMap<string, RawAccount>;
  #landed: ReadonlyMap<string, TransactionRecord> = new Map();
  /** As a node has it that is one transaction behind. */
  #behind: Seen | null = null;
  #held = new Map<string, Held>();
  #height = FIRST_BLOCK;
  /** Runs ahead of the height by one for each change, so that the order of states shows even while blocks stand still. */
  #slot = FIRST_BLOCK;
  #restMs = 0;
  /** No block is made while it is set. */
  halted = false;

  constructor(world: World, threshold = 2) {
    this.world = world;
    this.threshold = threshold;
    this.#accounts = accountsOf(world, threshold, []);
  }

  get state(): State {
    return this.#state;
  }
  get height(): number {
    return this.#height;
  }

  outcome(signature: string): TransactionRecord | undefined {
    return this.#landed.get(signature);
  }
  holds(signature: string): boolean {
    return this.#held.has(signature);
  }

  passMs(ms: number): void {
    this.#restMs += ms;
    const blocks = Math.floor(this.#restMs / BLOCK_MS);
    this.#restMs -= blocks * BLOCK_MS;
    this.pass(blocks);
  }

  pass(blocks: number): void {
    if (this.halted) return;
    this.#height += blocks;
    this.#slot += blocks;
    for (const [signature, held] of this.#held) {
      if (this.#height < held.lastValid) continue;
      this.#held.delete(signature);
      if (held.landing === 'in the last block') this.#land(signature, held.bytes, held.lastValid);
    }
  }

  /** A call of the console's goes by. */
  tick(): void {
    for (const [signature, held] of this.#held) {
      if (held.landing === 'in the last block') continue;
      held.landing.calls -= 1;
      if (held.landing.calls > 0) continue;
      this.#held.delete(signature);
      this.#land(signature, held.bytes, this.#height);
    }
  }

  /** Somebody else's transaction with its proposal at the next index. */
  propose(creator: PublicKey, wire: Uint8Array): void {
    this.#become([...this.#state, { creator, wire, proposal: { status: 'Active', approved: [] } }]);
  }

  /** The last block in which a blockhash may be used; undefined for none of this chain. */
  lastValidOf(blockhash: string): number | undefined {
    const height = heightOf(blockhash);
    return height <= this.#height ? height + LIFETIME_BLOCKS : undefined;
  }

  receive(bytes: Uint8Array, landing: Landing): string {
    const { signature, blockhash } = readOnce(bytes);
    const lastValid = this.lastValidOf(blockhash);
    const stands = this.#landed.has(signature) || this.#held.has(signature);
    if (stands || landing === 'never' || lastValid === undefined || this.#height > lastValid)
      return signature;
    if (landing === 'at once') this.#land(signature, bytes, this.#height);
    else
      this.#held.set(signature, {
        ...{ bytes, lastValid },
        landing: landing === 'in the last block' ? landing : { ...landing },
      });
    return signature;
  }

  #land(signature: string, bytes: Uint8Array, slot: number): void {
    const { message } = VersionedTransaction.deserialize(bytes);
    const result = runMessage(this.world, this.threshold, this.#state, message);
    const err = 'state' in result ? null : failure(result);
    const record: TransactionRecord = {
      ...{ signature, slot: BigInt(slot), blockTime: null, err, logs: [], computeUnits: 50_000n },
      bytes,
    };
    const landed = new Map([...this.#landed, [signature, record]]);
    this.#become('state' in result ? result.state : this.#state);
    this.#landed = landed;
    this.pass(1);
  }

  #become(state: State): void {
    this.#behind = { slot: this.#slot, accounts: this.#accounts, landed: this.#landed };
    this.#slot += 1;
    this.#state = state;
    this.#accounts = accountsOf(this.world, this.threshold, state);
  }

  /** @param behind as a node has it that has not seen the last transaction */
  rpc(behind = false): Rpc {
    const { slot, accounts, landed } = (behind ? this.#behind : null) ?? {
      slot: this.#slot,
      accounts: this.#accounts,
      landed: this.#landed,
    };
    const height = this.#height;
    return {
      getAccounts: async (keys, minSlot = 0n) => {
        if (slot < minSlot)
          throw new SipError('ENDPOINT_REFUSED', {
            ...{ endpoint: 'model', method: 'getMultipleAccounts', rpcCode: -32016 },
            reason: 'Minimum context slot has not been reached',
          });
        return {
          slot: BigInt(slot),
          accounts: keys.map((key) => accounts.get(key.toBase58()) ?? null),
        };
      },
      getProgramAccounts: async () => [],
      clock: async () => ({
        slot: BigInt(slot),
        unixTimestamp: (this.world.now +
          BigInt(Math.floor(((height - FIRST_BLOCK) * BLOCK_MS) / 1000))) as UnixSeconds,
      }),
      genesisHash: async () => PublicKey.default.toBase58(),
      minimumBalanceLamports: async () => 1_000_000n,
      signaturesFor: async () => [],
      transaction: async (signature) => landed.get(signature) ?? null,
      latestBlockhash: async () => ({
        blockhash: blockhashAt(height),
        lastValidBlockHeight: BigInt(height + LIFETIME_BLOCKS),
      }),
      blockHeight: async () => BigInt(height),
      simulate: async (bytes) => {
        const { message } = VersionedTransaction.deserialize(bytes);
        const result = runMessage(this.world, this.threshold, this.#state, message);
        return { err: 'state' in result ? null : failure(result), logs: [], computeUnits: 50_000n };
      },
      sendRaw: async (bytes) => this.receive(bytes, 'at once'),
      signatureOutcome: async (signature): Promise<SignatureOutcome | null> => {
        const record = landed.get(signature);
        return record ? { slot: record.slot, err: record.err, confirmation: 'confirmed' } : null;
      },
      recentPriorityFees: async () => [],
    };
  }
}

interface Read {
  readonly signature: string;
  readonly blockhash: string;
}
/** The console hands the same bytes over every two seconds. */
const read = new WeakMap<Uint8Array, Read>();
function readOnce(bytes: Uint8Array): Read {
  const known = read.get(bytes);
  if (known) return known;
  const { message, signatures } = VersionedTransaction.deserialize(bytes);
  const made = { signature: bs58.encode(signatures[0]!), blockhash: message.recentBlockhash };
  read.set(bytes, made);
  return made;
}

const failure = ({ failedAt, code }: { readonly failedAt: number; readonly code: number }) => ({
  InstructionError: [failedAt, { Custom: code }],
});

/** A blockhash says of which block it is, so that the same history signs the same bytes. */
const blockhashes = new Map<number, string>();
function blockhashAt(height: number): string {
  const known = blockhashes.get(height);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(32).fill(7);
  new DataView(bytes.buffer).setUint32(0, height);
  const made = bs58.encode(bytes);
  blockhashes.set(height, made);
  return made;
}
const heightOf = (blockhash: string): number =>
  new DataView(Uint8Array.from(bs58.decode(blockhash)).buffer).getUint32(0);
