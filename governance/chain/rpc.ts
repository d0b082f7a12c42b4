import { PublicKey, SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';
import bs58 from 'bs58';
import { z } from 'zod';
import { SipError } from '../errors.ts';
import type { UnixSeconds } from '../types.ts';
import { down, type Endpoint, type EndpointOptions, openEndpoint } from './endpoint.ts';
import type { RawAccount, Rpc } from './ports.ts';

/** getMultipleAccounts takes no more. */
const ACCOUNTS_PER_CALL = 100;

export interface RpcOptions extends EndpointOptions {
  /** Asked and compared once, before the first other answer is believed. */
  readonly expectedGenesisHash?: string;
  readonly commitment?: 'confirmed' | 'finalized';
}

/**
 * The Rpc port over one endpoint, by plain JSON-RPC whose answers are checked field by field. web3.js's Connection
 * is not used: it answers 0 for a rent question that failed, wraps errors into text, and owns a websocket.
 * @throws SipError ENDPOINT_INVALID at once; the calls throw what ports.ts says.
 */
export function connectRpc(endpoint: string, options: RpcOptions): Rpc & { readonly endpoint: string } {
  const wire = openEndpoint(endpoint, options);
  const commitment = options.commitment ?? 'confirmed';
  let cluster: Promise<string> | undefined;

  const ask = async <T>(method: string, params: readonly unknown[], shape: z.ZodType<T>): Promise<T> => {
    if (options.expectedGenesisHash !== undefined) await genesisHash();
    return understand(wire, method, await wire.call(method, params), shape);
  };

  const answeredHash = (): Promise<string> => {
    if (cluster === undefined) {
      const result = wire.call('getGenesisHash', []);
      cluster = result.then((hash) => understand(wire, 'getGenesisHash', hash, z.string()));
      cluster.catch(() => {
        cluster = undefined; // asked again next time
      });
    }
    return cluster;
  };

  const genesisHash = async (): Promise<string> => {
    const actual = await answeredHash();
    const { expectedGenesisHash: expected = actual } = options;
    if (actual !== expected) throw new SipError('WRONG_CLUSTER', { endpoint: wire.shown, actual, expected });
    return actual;
  };

  const accountsOf = async (keys: readonly PublicKey[], minContextSlot?: bigint) => {
    const config = {
      encoding: 'base64',
      commitment,
      ...(minContextSlot && { minContextSlot: Number(minContextSlot) }),
    };
    const { context, value } = await ask(
      'getMultipleAccounts',
      [keys.map((key) => key.toBase58()), config],
      ACCOUNTS,
    );
    if (value.length !== keys.length) throw garbled(wire, 'getMultipleAccounts');
    const accounts = value.map((account, i) => (account ? raw(keys[i] as PublicKey, account) : null));
    return { slot: context.slot, accounts };
  };

  return {
    endpoint: wire.shown,

    async getAccounts(keys, minSlot) {
      const accounts: (RawAccount | null)[] = [];
      let slot = minSlot;
      for (let at = 0; at === 0 || at < keys.length; at += ACCOUNTS_PER_CALL) {
        const batch = await accountsOf(keys.slice(at, at + ACCOUNTS_PER_CALL), slot);
        if (at === 0) slot = batch.slot;
        accounts.push(...batch.accounts);
      }
      return { slot: slot ?? 0n, accounts };
    },

    async getProgramAccounts(programId, filter) {
      const filters = [
        ...(filter.dataSize === undefined ? [] : [{ dataSize: filter.dataSize }]),
        ...(filter.memcmp ?? []).map(({ offset, bytes }) => ({
          memcmp: { offset, bytes: bs58.encode(bytes) },
        })),
      ];
      const config = { encoding: 'base64', commitment, filters };
      const found = await ask('getProgramAccounts', [programId.toBase58(), config], PROGRAM_ACCOUNTS);
      return found.map(({ pubkey, account }) => raw(pubkey, account));
    },

    async clock() {
      const { accounts } = await accountsOf([SYSVAR_CLOCK_PUBKEY]);
      const data = accounts[0]?.data;
      // slot u64, epoch start i64, epoch u64, leader schedule epoch u64, unix timestamp i64
      if (data === undefined || data.length < 40) throw garbled(wire, 'getMultipleAccounts');
      const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
      return { slot: view.getBigUint64(0, true), unixTimestamp: view.getBigInt64(32, true) as UnixSeconds };
    },

    genesisHash,

    minimumBalanceLamports: (dataLength) =>
      ask('getMinimumBalanceForRentExemption', [dataLength, { commitment }], COUNT),

    signaturesFor: (address, limit = 1000) =>
      ask('getSignaturesForAddress', [address.toBase58(), { limit, commitment }], SIGNATURES),

    async transaction(signature) {
      const config = { encoding: 'base64', commitment, maxSupportedTransactionVersion: 0 };
      const found = await ask('getTransaction', [signature, config], TRANSACTION);
      if (found === null) return null;
      return {
        signature,
        slot: found.slot,
        blockTime: timeOf(found.blockTime),
        err: found.meta?.err ?? null,
        logs: found.meta?.logMessages ?? [],
        computeUnits: found.meta?.computeUnitsConsumed ?? 0n,
        bytes: found.transaction,
      };
    },

    latestBlockhash: async () => (await ask('getLatestBlockhash', [{ commitment }], BLOCKHASH)).value,

    blockHeight: () => ask('getBlockHeight', [{ commitment }], COUNT),

    async simulate(bytes) {
      const config = { encoding: 'base64', commitment, sigVerify: isSigned(bytes) };
      const { value } = await ask('simulateTransaction', [base64(bytes), config], SIMULATION);
      return { err: value.err ?? null, logs: value.logs ?? [], computeUnits: value.unitsConsumed ?? 0n };
    },

    sendRaw: (bytes) =>
      ask(
        'sendTransaction',
        [
          base64(bytes),
          { encoding: 'base64', skipPreflight: true, maxRetries: 0, preflightCommitment: commitment },
        ],
        z.string(),
      ),

    async signatureOutcome(signature, searchHistory) {
      const config = { searchTransactionHistory: searchHistory };
      const { value } = await ask('getSignatureStatuses', [[signature], config], STATUSES);
      const status = value[0];
      if (!status) return null;
      // Older nodes leave confirmationStatus out; there, no count of confirmations means finalized.
      const confirmation =
        status.confirmationStatus ?? (status.confirmations === null ? 'finalized' : 'processed');
      return { slot: status.slot, err: status.err ?? null, confirmation };
    },

    async recentPriorityFees(writable) {
      const fees = await ask('getRecentPrioritizationFees', [writable.map((key) => key.toBase58())], FEES);
      return fees.map((fee) => fee.prioritizationFee);
    },
  };
}

/** Solana's first block, 2020-03-16. What calls itself older, as the embedded network does, is no time. */
const FIRST_BLOCK = 1_584_282_000;
const timeOf = (blockTime: number | null | undefined): UnixSeconds | null =>
  blockTime === null || blockTime === undefined || blockTime < FIRST_BLOCK
    ? null
    : (BigInt(blockTime) as UnixSeconds);

const COUNT = z
  .number()
  .nonnegative()
  .transform((n) => BigInt(Math.trunc(n)));
const KEY = z.string().transform((text, ctx) => {
  try {
    return new PublicKey(text);
  } catch {
    ctx.addIssue('not a key');
    return z.NEVER;
  }
});
const BASE64 = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const BASE64_PAIR = z.tuple([BASE64, z.literal('base64')]).transform(([data]) => data);
const CONTEXT = z.object({ slot: COUNT });
const ACCOUNT = z.object({ owner: KEY, lamports: COUNT, data: BASE64_PAIR, executable: z.boolean() });
const ACCOUNTS = z.object({ context: CONTEXT, value: z.array(ACCOUNT.nullable()) });
const PROGRAM_ACCOUNTS = z.array(z.object({ pubkey: KEY, account: ACCOUNT }));
const SIGNATURES = z.array(z.object({ signature: z.string(), slot: COUNT, err: z.unknown() }));
const TRANSACTION = z
  .object({
    slot: COUNT,
    blockTime: z.int().nullish(),
    meta: z
      .object({
        err: z.unknown(),
        logMessages: z.array(z.string()).nullish(),
        computeUnitsConsumed: COUNT.optional(),
      })
      .nullable(),
    transaction: BASE64_PAIR,
  })
  .nullable();
const BLOCKHASH = z.object({ value: z.object({ blockhash: z.string(), lastValidBlockHeight: COUNT }) });
const SIMULATION = z.object({
  value: z.object({ err: z.unknown(), logs: z.array(z.string()).nullish(), unitsConsumed: COUNT.nullish() }),
});
const STATUSES = z.object({
  value: z.array(
    z
      .object({
        slot: COUNT,
        err: z.unknown(),
        confirmations: z.number().nullish(),
        confirmationStatus: z.enum(['processed', 'confirmed', 'finalized']).nullish(),
      })
      .nullable(),
  ),
});
const FEES = z.array(z.object({ prioritizationFee: COUNT }));

function understand<T>(wire: Endpoint, method: string, result: unknown, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(result);
  if (!parsed.success) throw garbled(wire, method);
  return parsed.data;
}

function garbled(wire: Endpoint, method: string): SipError {
  return down(wire.shown, `its answer to ${method} makes no sense`);
}

function raw(address: PublicKey, account: z.output<typeof ACCOUNT>): RawAccount {
  return { address, ...account };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Whether no signature of a serialized transaction is all zero; fewer than 128 of them, so one length byte. */
function isSigned(bytes: Uint8Array): boolean {
  const count = bytes[0] ?? 0;
  for (let i = 0; i < count; i += 1)
    if (bytes.subarray(1 + 64 * i, 65 + 64 * i).every((byte) => byte === 0)) return false;
  return count > 0;
}
