import { PublicKey, SYSVAR_CLOCK_PUBKEY, VersionedTransaction } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import bs58 from 'bs58';
import type { RawAccount, Rpc, SignatureOutcome } from '#governance/chain/ports.ts';
import type { UnixSeconds } from '#governance/types.ts';
import {
  messageOf,
  multisigBytes,
  multisigFields,
  proposalBytes,
  transactionBytes,
  transactionFields,
  type World,
} from '#test/verify/world.ts';

/**
 * A mock of a cluster: blocks, a pool of transactions that may land, and of Squads as much as proposing takes, with
 * accounts as the SDK writes them. The real programs are in test/chain; a million histories are too many for them.
 */

const BLOCK_MS = 400;
const LIFETIME_BLOCKS = 150n;
const SQUADS = squads.PROGRAM_ID;
const CREATE = Uint8Array.from(squads.generated.vaultTransactionCreateInstructionDiscriminator);
const OPEN = Uint8Array.from(squads.generated.proposalCreateInstructionDiscriminator);

interface Stored {
  readonly message: Uint8Array;
  readonly creator: PublicKey;
  proposed: boolean;
}

interface Pooled {
  readonly bytes: Uint8Array;
  readonly lastValid: bigint;
  readonly landsAt: bigint;
}

export interface ChainModel extends Rpc {
  /** Blocks go by. */
  pass(ms: number): void;
  /** What stands at each index, from 1. */
  readonly transactions: readonly Stored[];
  /** Somebody else's transaction at the next index. */
  propose(message: Uint8Array, creator: PublicKey): void;
  /** Handed over, not landed, and a block may still take it. */
  mayLand(): readonly string[];
  readonly height: bigint;
}

/** @param delayOf so many blocks until what is handed over lands, or null for never */
export function chainModel(world: World, delayOf: () => number | null): ChainModel {
  const transactions: Stored[] = [];
  const pool = new Map<string, Pooled>();
  const outcomes = new Map<string, SignatureOutcome>();
  const issued = new Map<string, bigint>();
  let height = 1_000n;
  let passedMs = 0;

  const next = () => BigInt(transactions.length + 1);
  const settle = () => {
    for (const [signature, { bytes, lastValid, landsAt }] of pool) {
      if (height > lastValid) pool.delete(signature);
      else if (landsAt <= height) {
        pool.delete(signature);
        const err = run(bytes, true);
        outcomes.set(signature, { slot: height, err, confirmation: 'confirmed' });
      }
    }
  };
  const failure = (at: number) => ({ InstructionError: [at, { Custom: 3007 }] });

  /** All of its instructions or none. */
  function run(bytes: Uint8Array, forGood: boolean): unknown {
    const { message } = VersionedTransaction.deserialize(bytes);
    const keys = message.staticAccountKeys;
    const added: Stored[] = [];
    const opened: Stored[] = [];
    for (const [at, { programIdIndex, accountKeyIndexes, data }] of message.compiledInstructions.entries()) {
      if (!keys[programIdIndex]!.equals(SQUADS)) continue;
      const account = (position: number) => keys[accountKeyIndexes[position]!]!;
      if (starts(data, CREATE)) {
        const index = next() + BigInt(added.length);
        if (!account(1).equals(transactionKey(world, index))) return failure(at);
        const length = new DataView(data.buffer, data.byteOffset).getUint32(10, true);
        added.push({ message: data.slice(14, 14 + length), creator: account(2), proposed: false });
      } else if (starts(data, OPEN)) {
        const index = Number(new DataView(data.buffer, data.byteOffset).getBigUint64(8, true));
        const stored = [...transactions, ...added][index - 1];
        if (stored === undefined || stored.proposed || opened.includes(stored)) return failure(at);
        opened.push(stored);
      }
    }
    if (forGood) {
      transactions.push(...added);
      for (const stored of opened) stored.proposed = true;
    }
    return null;
  }

  const account = (address: PublicKey, owner: PublicKey, data: Uint8Array): RawAccount => ({
    ...{ address, owner, lamports: 5_000_000n, executable: false },
    data,
  });
  function read(key: PublicKey): RawAccount | null {
    if (key.equals(world.council)) {
      const fields = {
        ...multisigFields(world),
        transactionIndex: transactions.length,
        staleTransactionIndex: 0,
      };
      return account(key, SQUADS, multisigBytes(fields));
    }
    if (key.equals(SYSVAR_CLOCK_PUBKEY)) return null;
    const text = key.toBase58();
    for (const [at, stored] of transactions.entries()) {
      const index = BigInt(at + 1);
      const here = { ...world, index };
      if (text === transactionText(world, index)) {
        const fields = {
          ...transactionFieldsOf(here),
          creator: stored.creator,
          message: messageOf(stored.message),
        };
        return account(key, SQUADS, transactionBytes(fields));
      }
      if (text === proposalText(world, index))
        return stored.proposed ? account(key, SQUADS, proposalBytes(here, 'Active')) : null;
    }
    return null;
  }

  return {
    transactions,
    get height() {
      return height;
    },
    pass(ms) {
      passedMs += ms;
      const blocks = Math.floor(passedMs / BLOCK_MS);
      passedMs -= blocks * BLOCK_MS;
      for (let block = 0; block < blocks && pool.size > 0; block += 1) {
        height += 1n;
        settle();
      }
      if (pool.size === 0) height += BigInt(blocks);
    },
    propose(message, creator) {
      transactions.push({ message, creator, proposed: true });
    },
    mayLand: () =>
      [...pool].flatMap(([signature, { lastValid }]) => (height <= lastValid ? [signature] : [])),

    getAccounts: async (keys) => ({ slot: height, accounts: keys.map(read) }),
    getProgramAccounts: async () => [],
    clock: async () => ({ slot: height, unixTimestamp: world.now as UnixSeconds }),
    genesisHash: async () => PublicKey.default.toBase58(),
    minimumBalanceLamports: async () => 1_000_000n,
    signaturesFor: async () => [],
    transaction: async () => null,
    async latestBlockhash() {
      const blockhash = bs58.encode(
        Uint8Array.from({ length: 32 }, (_, at) => Number((height >> BigInt(8 * (at % 8))) & 0xffn)),
      );
      issued.set(blockhash, height + LIFETIME_BLOCKS);
      return { blockhash, lastValidBlockHeight: height + LIFETIME_BLOCKS };
    },
    blockHeight: async () => height,
    async simulate(bytes) {
      const err = run(bytes, false);
      return { err, logs: [], computeUnits: 50_000n };
    },
    async sendRaw(bytes) {
      const transaction = VersionedTransaction.deserialize(bytes);
      const signature = bs58.encode(transaction.signatures[0]!);
      const lastValid = issued.get(transaction.message.recentBlockhash) ?? 0n;
      const delay = delayOf();
      if (delay !== null && !outcomes.has(signature) && height <= lastValid) {
        const known = pool.get(signature);
        const landsAt = height + BigInt(delay);
        if (known === undefined || landsAt < known.landsAt)
          pool.set(signature, { bytes, lastValid, landsAt });
        settle();
      }
      return signature;
    },
    signatureOutcome: async (signature) => outcomes.get(signature) ?? null,
    recentPriorityFees: async () => [],
  };
}

const starts = (data: Uint8Array, prefix: Uint8Array) => prefix.every((byte, at) => data[at] === byte);

/** Deriving addresses is what takes long, and every history has the same council. */
const texts = new Map<string, string>();
function remembered(key: string, make: () => PublicKey): string {
  const known = texts.get(key) ?? make().toBase58();
  texts.set(key, known);
  return known;
}
const transactionText = ({ council: multisigPda }: World, index: bigint) =>
  remembered(`t${multisigPda.toBase58()}${index}`, () => squads.getTransactionPda({ multisigPda, index })[0]);
const proposalText = ({ council: multisigPda }: World, transactionIndex: bigint) =>
  remembered(
    `p${multisigPda.toBase58()}${transactionIndex}`,
    () => squads.getProposalPda({ multisigPda, transactionIndex })[0],
  );
const transactionKey = (world: World, index: bigint) => new PublicKey(transactionText(world, index));

const fieldsOf = new Map<bigint, ReturnType<typeof transactionFields>>();
function transactionFieldsOf(world: World) {
  const known = fieldsOf.get(world.index) ?? transactionFields(world);
  fieldsOf.set(world.index, known);
  return known;
}
