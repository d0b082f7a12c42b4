import { getTransactionDecoder, type Address as KitAddress, type Lamports } from '@solana/kit';
import { PublicKey as Key, type PublicKey, VersionedTransaction } from '@solana/web3.js';
import bs58 from 'bs58';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';
import type { RawAccount, Rpc, SignatureOutcome, TransactionRecord } from '#governance/chain/ports.ts';
import { errorJson } from '#governance/simulate/litesvm-errors.ts';
import type { UnixSeconds } from '#governance/types.ts';

const SYSTEM_PROGRAM = '11111111111111111111111111111111' as KitAddress;

/** Blocks for which a blockhash may be used, as on a cluster. */
const BLOCKHASH_LIFETIME_BLOCKS = 150n;

/** The Rpc port over a LiteSVM, with the switches a test needs. One slot and one block per landed transaction. */
export interface LiteSvmRpc extends Rpc {
  readonly svm: LiteSVM;
  /** Every byte string handed to sendRaw, landed or not, oldest first. */
  readonly handedOver: readonly Uint8Array[];
  /** Whether it is on chain, failed ones included. */
  landed(signature: string): boolean;
  setClock(unixSeconds: bigint): void;
  advance(seconds: number | bigint): void;
  airdrop(key: PublicKey, lamports: bigint): void;
  setAccount(account: Omit<RawAccount, 'executable'> & { executable?: boolean }): void;
  addProgram(programId: PublicKey, path: string): void;
  /** The next `count` sends are accepted and vanish. */
  dropNextSends(count: number): void;
  /** Outdates every blockhash handed out so far. */
  expireBlockhashes(): void;
  /**
   * @returns takes everything back that was sent since, and the time with it: the same bytes sent again land again. Several
   * may be under way, and the newest is taken back first.
   */
  checkpoint(): () => void;
}

/** As many as LiteSVM itself begins with. */
const TRANSACTION_HISTORY = 32n;

const kit = (key: PublicKey): KitAddress => key.toBase58() as KitAddress;

const nothingAt = (address: KitAddress) => ({
  ...{ address, data: new Uint8Array(), executable: false, space: 0n },
  ...{ lamports: 0n as Lamports, programAddress: SYSTEM_PROGRAM },
});

export function liteSvmRpc(
  options: {
    unixTimestamp?: bigint;
    slot?: bigint;
    genesisHash?: string;
    /** One that is there already, with its time. */
    svm?: LiteSVM;
  } = {},
): LiteSvmRpc {
  // Our own check stands in for LiteSVM's, which knows only the newest blockhash and no expiry.
  const svm = (options.svm ?? new LiteSVM()).withBlockhashCheck(false);
  const decoder = getTransactionDecoder();
  const issued = new Map<string, bigint>();
  const landed = new Map<string, TransactionRecord & { readonly keys: readonly string[] }>();
  const handedOver: Uint8Array[] = [];
  /** The newest of a height, so that what is done again after a checkpoint gets the same. */
  const hashes = new Map<bigint, string>();
  /** Accounts as they were at each checkpoint, as far as they have been written since. */
  const before: Map<KitAddress, ReturnType<LiteSVM['getAccount']>>[] = [];
  let height = options.slot ?? 1000n;
  let drops = 0;

  const setTime = (unixSeconds: bigint, slot: bigint): void => {
    const clock = svm.getClock();
    clock.unixTimestamp = unixSeconds;
    clock.slot = slot;
    svm.setClock(clock);
  };
  if (options.svm === undefined) setTime(options.unixTimestamp ?? 1_800_000_000n, height);

  const nextBlock = (blocks = 1n): void => {
    height += blocks;
    svm.expireBlockhash();
    setTime(svm.getClock().unixTimestamp, svm.getClock().slot + blocks);
  };

  const read = (key: PublicKey): RawAccount | null => {
    const account = svm.getAccount(kit(key));
    if (!account.exists) return null;
    return {
      address: key,
      owner: new Key(account.programAddress),
      lamports: account.lamports,
      data: new Uint8Array(account.data),
      executable: account.executable,
    };
  };

  const known = (transaction: VersionedTransaction): boolean => {
    const at = issued.get(transaction.message.recentBlockhash);
    return at !== undefined && height - at <= BLOCKHASH_LIFETIME_BLOCKS;
  };

  const rpc: LiteSvmRpc = {
    svm,
    handedOver,
    landed: (signature) => landed.has(signature),
    setClock: (unixSeconds) => setTime(unixSeconds, svm.getClock().slot + 1n),
    advance: (seconds) => setTime(svm.getClock().unixTimestamp + BigInt(seconds), svm.getClock().slot + 1n),
    airdrop: (key, lamports) => void svm.airdrop(kit(key), lamports as Lamports),
    setAccount: (account) =>
      svm.setAccount({
        address: kit(account.address),
        programAddress: kit(account.owner),
        lamports: account.lamports as Lamports,
        data: account.data,
        executable: account.executable ?? false,
        space: BigInt(account.data.length),
      }),
    addProgram: (programId, path) => svm.addProgramFromFile(kit(programId), path),
    dropNextSends: (count) => {
      drops = count;
    },
    expireBlockhashes: () => nextBlock(BLOCKHASH_LIFETIME_BLOCKS + 1n),
    checkpoint() {
      const changed: (typeof before)[number] = new Map();
      before.push(changed);
      const { slot, unixTimestamp } = svm.getClock();
      const was = { height, sent: handedOver.length, landed: landed.size };
      return () => {
        if (before.pop() !== changed) throw new Error('a newer checkpoint is still there');
        for (const [address, account] of changed)
          svm.setAccount(account.exists ? account : nothingAt(address));
        for (const signature of [...landed.keys()].slice(was.landed)) landed.delete(signature);
        handedOver.length = was.sent;
        height = was.height;
        setTime(unixTimestamp, slot);
        // Emptied, since LiteSVM takes no signature twice.
        svm.withTransactionHistory(0n).withTransactionHistory(TRANSACTION_HISTORY);
      };
    },

    async getAccounts(keys) {
      return { slot: svm.getClock().slot, accounts: keys.map(read) };
    },
    async getProgramAccounts(programId, filter) {
      return svm
        .getProgramAccounts(kit(programId))
        .map((found) => read(new Key(found.address)))
        .filter((account): account is RawAccount => account !== null)
        .filter((account) => filter.dataSize === undefined || account.data.length === filter.dataSize)
        .filter((account) =>
          (filter.memcmp ?? []).every(({ offset, bytes }) =>
            bytes.every((byte, i) => account.data[offset + i] === byte),
          ),
        );
    },
    async clock() {
      const { slot, unixTimestamp } = svm.getClock();
      return { slot, unixTimestamp: unixTimestamp as UnixSeconds };
    },
    async genesisHash() {
      return options.genesisHash ?? '11111111111111111111111111111111';
    },
    async minimumBalanceLamports(dataLength) {
      return svm.minimumBalanceForRentExemption(BigInt(dataLength));
    },
    async signaturesFor(address, limit = 1000) {
      const key = address.toBase58();
      return [...landed.values()]
        .filter((record) => record.keys.includes(key))
        .reverse()
        .slice(0, limit)
        .map(({ signature, slot, err }) => ({ signature, slot, err }));
    },
    async transaction(signature) {
      return landed.get(signature) ?? null;
    },

    async latestBlockhash() {
      const blockhash = hashes.get(height) ?? svm.latestBlockhash();
      hashes.set(height, blockhash);
      issued.set(blockhash, height);
      return { blockhash, lastValidBlockHeight: height + BLOCKHASH_LIFETIME_BLOCKS };
    },
    async blockHeight() {
      return height;
    },
    async simulate(bytes) {
      const transaction = VersionedTransaction.deserialize(bytes);
      if (!known(transaction)) return { err: 'BlockhashNotFound', logs: [], computeUnits: 0n };
      const signed = transaction.signatures.every((signature) => signature.some((byte) => byte !== 0));
      svm.withSigverify(signed);
      try {
        const result = svm.simulateTransaction(decoder.decode(bytes));
        const err = result instanceof FailedTransactionMetadata ? errorJson(result) : null;
        const meta = result.meta();
        return { err, logs: meta.logs(), computeUnits: meta.computeUnitsConsumed() };
      } finally {
        svm.withSigverify(true);
      }
    },
    async sendRaw(bytes) {
      handedOver.push(bytes);
      const transaction = VersionedTransaction.deserialize(bytes);
      const signature = bs58.encode(transaction.signatures[0] ?? new Uint8Array(64));
      if (drops > 0) {
        drops -= 1;
        return signature;
      }
      if (landed.has(signature) || !known(transaction)) return signature;
      const { message } = transaction;
      for (const [at, key] of message.staticAccountKeys.entries())
        if (message.isAccountWritable(at) && before.at(-1)?.has(kit(key)) === false)
          before.at(-1)?.set(kit(key), svm.getAccount(kit(key)));
      const result = svm.sendTransaction(decoder.decode(bytes));
      const [err, meta] =
        result instanceof FailedTransactionMetadata ? [errorJson(result), result.meta()] : [null, result];
      // A cluster keeps no trace of a transaction whose fee or signatures do not hold.
      if (typeof err === 'string') return signature;
      const { slot, unixTimestamp } = svm.getClock();
      landed.set(signature, {
        signature,
        slot,
        blockTime: unixTimestamp as UnixSeconds,
        err,
        logs: meta.logs(),
        computeUnits: meta.computeUnitsConsumed(),
        bytes,
        keys: transaction.message.staticAccountKeys.map((key) => key.toBase58()),
      });
      nextBlock();
      return signature;
    },
    async signatureOutcome(signature): Promise<SignatureOutcome | null> {
      const record = landed.get(signature);
      return record ? { slot: record.slot, err: record.err, confirmation: 'confirmed' } : null;
    },
    async recentPriorityFees() {
      return [];
    },
  };
  return rpc;
}
