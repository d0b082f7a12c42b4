import { type PublicKey, SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';
import bs58 from 'bs58';
import { keyOf } from '#governance/chain/address.ts';
import type { RawAccount, Rpc } from '#governance/chain/ports.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { rpcAnswers } from '#test/support/rpc-answers.ts';
import { makeBase } from '#test/verify/mutations.ts';
import { Random } from '#test/verify/world.ts';
import type { Json } from './lies.ts';

/** Endpoints by the real client, whose answers are made in this process: no socket is opened. */

export const GENESIS = bs58.encode(new Uint8Array(32).fill(7));
const SLOT = 345_678_901n;

export interface Honest {
  readonly keys: readonly PublicKey[];
  readonly program: PublicKey;
  readonly signature: string;
  readonly bytes: Uint8Array;
  /** The true `result` of each question, by its name in the attack. */
  readonly answers: Readonly<Record<string, Json>>;
}

/** An account of the Clock sysvar: slot, epoch start, epoch, leader epoch, unix time. */
function clockData(unix: bigint): Uint8Array {
  const view = new DataView(new ArrayBuffer(40));
  view.setBigUint64(0, SLOT, true);
  view.setBigInt64(32, unix, true);
  return new Uint8Array(view.buffer);
}

/** A council with a proposal before it. @param number different ones are different chains */
export async function honestChain(number: number): Promise<Honest> {
  const random = new Random(number + 1);
  const { input } = makeBase(number);
  const accounts = Object.values(input.accounts).flatMap((account): RawAccount[] =>
    account
      ? [
          {
            address: keyOf(account.address),
            owner: keyOf(account.owner),
            lamports: 2_000_000n + BigInt(random.below(1_000)),
            data: account.data,
            executable: false,
          },
        ]
      : [],
  );
  const clock: RawAccount = {
    ...{ address: SYSVAR_CLOCK_PUBKEY, owner: random.key(), lamports: 1n, executable: false },
    data: clockData(input.clock),
  };
  const byKey = new Map([...accounts, clock].map((account) => [account.address.toBase58(), account]));
  const keys = [...accounts.map(({ address }) => address), random.key()];
  const program = accounts[0]!.owner;
  const signature = bs58.encode(random.bytes(64));
  const bytes = random.bytes(200);
  const answer = rpcAnswers({
    getAccounts: async (asked: readonly PublicKey[]) => ({
      slot: SLOT,
      accounts: asked.map((key) => byKey.get(key.toBase58()) ?? null),
    }),
    getProgramAccounts: async () => accounts.filter(({ owner }) => owner.equals(program)),
    clock: async () => ({ slot: SLOT, unixTimestamp: input.clock }),
    genesisHash: async () => GENESIS,
    minimumBalanceLamports: async () => 1_586_880n,
    signaturesFor: async () => [{ signature, slot: SLOT - 5n, err: null }],
    transaction: async () => ({
      ...{ signature, slot: SLOT - 5n, blockTime: input.clock, err: null, logs: ['Program log: x'] },
      ...{ computeUnits: 5_000n, bytes },
    }),
    latestBlockhash: async () => ({ blockhash: GENESIS, lastValidBlockHeight: 300_000_000n }),
    blockHeight: async () => 299_999_900n,
    simulate: async () => ({ err: null, logs: ['Program log: y'], computeUnits: 6_000n }),
    sendRaw: async () => signature,
    signatureOutcome: async () => ({ slot: SLOT, err: null, confirmation: 'confirmed' }),
    recentPriorityFees: async () => [0n, 10n],
  } as Partial<Rpc> as Rpc);
  const base64 = Buffer.from(bytes).toString('base64');
  const asked: Readonly<Record<string, readonly unknown[]>> = {
    getMultipleAccounts: [keys.map((key) => key.toBase58())],
    'getMultipleAccounts of the clock': [[SYSVAR_CLOCK_PUBKEY.toBase58()]],
    getProgramAccounts: [program.toBase58(), {}],
    getGenesisHash: [],
    getMinimumBalanceForRentExemption: [100],
    getSignaturesForAddress: [program.toBase58(), {}],
    getTransaction: [signature],
    getLatestBlockhash: [],
    getBlockHeight: [],
    simulateTransaction: [base64],
    sendTransaction: [base64],
    getSignatureStatuses: [[signature]],
    getRecentPrioritizationFees: [[program.toBase58()]],
  };
  const answers: Record<string, Json> = {};
  for (const [name, params] of Object.entries(asked)) {
    const result = await answer(name.split(' ')[0]!, params);
    answers[name] = JSON.parse(JSON.stringify(result)) as Json;
  }
  return { keys, program, signature, bytes, answers };
}

/** One method is answered otherwise; `down` is no answer at all. */
export interface Told {
  readonly method: string;
  readonly told: Json | 'down';
}

const timer = { now: () => 0, sleep: async () => undefined };
let hosts = 0;

/** Each is of a host of its own. */
export function endpointsOf(honest: Honest, told?: Told) {
  hosts += 1;
  return connectRpc(`http://endpoint-${hosts}.test`, {
    ...{ timer, retries: 0, expectedGenesisHash: GENESIS },
    fetch: async (_, init) => {
      const { id, method, params } = JSON.parse(String(init?.body)) as {
        id: number;
        method: string;
        params: readonly [readonly string[]];
      };
      const clock = method === 'getMultipleAccounts' && params[0][0] === SYSVAR_CLOCK_PUBKEY.toBase58();
      const truth = honest.answers[clock ? `${method} of the clock` : method] ?? null;
      if (told?.method === method && told.told === 'down') throw new TypeError('fetch failed');
      const result = told?.method === method ? told.told : truth;
      return new Response(JSON.stringify({ jsonrpc: '2.0', id, result }), { status: 200 });
    },
  });
}
