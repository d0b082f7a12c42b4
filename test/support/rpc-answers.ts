import { PublicKey } from '@solana/web3.js';
import bs58 from 'bs58';
import type { RawAccount, Rpc } from '#governance/chain/ports.ts';
import type { Answer } from './faulty-rpc.ts';

/** JSON-RPC in front of any Rpc port, so that a LiteSVM can be reached over HTTP: `faultyRpc(rpcAnswers(liteSvmRpc()))`. */
export function rpcAnswers(rpc: Rpc): Answer {
  const bytesOf = (text: unknown) => new Uint8Array(Buffer.from(String(text), 'base64'));
  const key = (text: unknown) => new PublicKey(String(text));
  const account = (found: RawAccount | null) =>
    found && {
      data: [Buffer.from(found.data).toString('base64'), 'base64'],
      owner: found.owner.toBase58(),
      lamports: Number(found.lamports),
      executable: found.executable,
      rentEpoch: 0,
      space: found.data.length,
    };
  const withContext = async (value: unknown) => ({
    context: { slot: Number((await rpc.clock()).slot) },
    value,
  });

  const methods: Readonly<Record<string, (params: readonly unknown[]) => Promise<unknown>>> = {
    getGenesisHash: () => rpc.genesisHash(),
    getMultipleAccounts: async ([keys]) =>
      withContext((await rpc.getAccounts((keys as unknown[]).map(key))).accounts.map(account)),
    getAccountInfo: async ([address]) =>
      withContext(account((await rpc.getAccounts([key(address)])).accounts[0] ?? null)),
    getProgramAccounts: async ([program, config]) => {
      const { filters = [] } = config as {
        filters?: { dataSize?: number; memcmp?: { offset: number; bytes: string } }[];
      };
      const dataSize = filters.find((filter) => filter.dataSize !== undefined)?.dataSize;
      const memcmp = filters.flatMap(({ memcmp: m }) =>
        m ? [{ offset: m.offset, bytes: bs58.decode(m.bytes) }] : [],
      );
      const found = await rpc.getProgramAccounts(key(program), {
        ...(dataSize !== undefined && { dataSize }),
        memcmp,
      });
      return found.map((raw) => ({ pubkey: raw.address.toBase58(), account: account(raw) }));
    },
    getMinimumBalanceForRentExemption: async ([length]) =>
      Number(await rpc.minimumBalanceLamports(Number(length))),
    getSignaturesForAddress: async ([address, config]) =>
      (await rpc.signaturesFor(key(address), (config as { limit?: number }).limit)).map((entry) => ({
        ...entry,
        slot: Number(entry.slot),
      })),
    getTransaction: async ([signature]) => {
      const found = await rpc.transaction(String(signature));
      return (
        found && {
          slot: Number(found.slot),
          blockTime: found.blockTime === null ? null : Number(found.blockTime),
          meta: { err: found.err, logMessages: found.logs, computeUnitsConsumed: Number(found.computeUnits) },
          transaction: [Buffer.from(found.bytes).toString('base64'), 'base64'],
        }
      );
    },
    getLatestBlockhash: async () => {
      const { blockhash, lastValidBlockHeight } = await rpc.latestBlockhash();
      return withContext({ blockhash, lastValidBlockHeight: Number(lastValidBlockHeight) });
    },
    getBlockHeight: async () => Number(await rpc.blockHeight()),
    simulateTransaction: async ([bytes]) => {
      const { err, logs, computeUnits } = await rpc.simulate(bytesOf(bytes));
      return withContext({ err, logs, unitsConsumed: Number(computeUnits) });
    },
    sendTransaction: ([bytes]) => rpc.sendRaw(bytesOf(bytes)),
    getSignatureStatuses: async ([signatures]) =>
      withContext(
        await Promise.all(
          (signatures as string[]).map(async (signature) => {
            const found = await rpc.signatureOutcome(signature, true);
            return (
              found && {
                slot: Number(found.slot),
                err: found.err,
                confirmationStatus: found.confirmation,
                confirmations: null,
              }
            );
          }),
        ),
      ),
    getRecentPrioritizationFees: async ([keys]) =>
      (await rpc.recentPriorityFees((keys as unknown[]).map(key))).map((fee) => ({
        slot: 0,
        prioritizationFee: Number(fee),
      })),
  };

  return (method, params) => {
    const answer = methods[method];
    if (!answer) throw { code: -32601, message: 'Method not found' };
    return answer(params);
  };
}
