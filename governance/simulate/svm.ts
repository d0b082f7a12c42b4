import { getTransactionDecoder, type Address as KitAddress, type Lamports } from '@solana/kit';
import { PublicKey, type VersionedTransaction } from '@solana/web3.js';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';
import type { ChainClock, RawAccount } from '../chain/ports.ts';
import { errorJson } from './litesvm-errors.ts';

/** A Solana runtime in this process, with nothing in it but what is put there. */
export interface LocalChain {
  put(account: RawAccount): void;
  /** The program's binary, in place of whatever stands at the address. */
  putProgram(programId: PublicKey, elf: Uint8Array): void;
  get(key: PublicKey): RawAccount | null;
  /** Runs it for good; signatures are not asked for. */
  run(transaction: VersionedTransaction): LocalOutcome;
}

export interface LocalOutcome {
  /** JSON of the TransactionError; null when it succeeded. */
  readonly error: unknown;
  readonly logs: readonly string[];
  readonly computeUnits: bigint;
}

const kit = (key: PublicKey): KitAddress => key.toBase58() as KitAddress;

/** @param clock of the chain; everything in it runs at this time */
export function localChain({ slot, unixTimestamp }: ChainClock): LocalChain {
  const svm = new LiteSVM()
    .withSigverify(false)
    .withBlockhashCheck(false)
    // Unsigned transactions all have the same signature: none may be taken for one that was run before.
    .withTransactionHistory(0n);
  const decoder = getTransactionDecoder();
  const time = svm.getClock();
  time.slot = slot;
  time.unixTimestamp = unixTimestamp;
  svm.setClock(time);
  return {
    put: ({ address, owner, lamports, data, executable }) =>
      void svm.setAccount({
        address: kit(address),
        programAddress: kit(owner),
        lamports: lamports as Lamports,
        data,
        executable,
        space: BigInt(data.length),
      }),
    putProgram: (programId, elf) => void svm.addProgram(kit(programId), elf),
    get(key) {
      const account = svm.getAccount(kit(key));
      if (!account.exists) return null;
      return {
        address: key,
        owner: new PublicKey(account.programAddress),
        lamports: account.lamports,
        data: new Uint8Array(account.data),
        executable: account.executable,
      };
    },
    run(transaction) {
      const result = svm.sendTransaction(decoder.decode(transaction.serialize()));
      const failed = result instanceof FailedTransactionMetadata;
      const meta = failed ? result.meta() : result;
      return {
        error: failed ? errorJson(result) : null,
        logs: meta.logs(),
        computeUnits: meta.computeUnitsConsumed(),
      };
    },
  };
}
