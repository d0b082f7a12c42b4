import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stakePoolInfo } from '@solana/spl-stake-pool';
import { Connection, Keypair, type PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSipError } from '#governance/errors.ts';
import {
  lstNamed,
  OPERATORS,
  STAKE_POOL_LSTS,
  type StakePoolAsset,
} from '#governance/sandbox/lsts/fixtures.ts';
import { associatedTokenAddress } from '#governance/sandbox/lsts/token.ts';
import { sandboxRpc } from '#governance/sandbox/rpc.ts';
import { sendAndConfirm } from '#governance/sandbox/send.ts';
import { type BareNetwork, startBareNetwork } from '#governance/sandbox/start.ts';
import { testPrograms } from './programs.ts';
import { addValidator, depositSol, readPool, updatePool, withdrawSol } from './stake-pool-instructions.ts';

/** 432,000 slots of 50 ms. */
const SOLANA_EPOCH_SECONDS = 21_600n;
const SOL = 1_000_000_000n;

let network: BareNetwork;
let folder: string;
let connection: Connection;
let depositor: Keypair;
let manager: Keypair;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  network = await startBareNetwork({ dataDir: folder, programs: testPrograms() });
  connection = new Connection(network.info.rpcUrl, 'confirmed');
  depositor = await keypair(network.info.depositor.keypairPath);
  manager = await keypair(join(folder, 'sandbox', 'default', 'keys', 'pool-manager.json'));
});

afterAll(async () => {
  await network?.stop();
  await rm(folder, { recursive: true, force: true });
});

const keypair = async (path: string) =>
  Keypair.fromSecretKey(Uint8Array.from(JSON.parse(await readFile(path, 'utf8'))));

async function send(instructions: TransactionInstruction[], signer: Keypair): Promise<void> {
  const rpc = sandboxRpc(network.info.rpcUrl);
  await sendAndConfirm(rpc, 'test', instructions, [signer]).finally(() => rpc.close());
}

const pool = async (lst: StakePoolAsset) => readPool((await connection.getAccountInfo(lst.stakePool))!.data);
const tokensOf = (owner: PublicKey, lst: StakePoolAsset) => {
  const tokens = associatedTokenAddress(owner, lst.mint);
  return {
    owner,
    tokens,
    amount: async () => BigInt((await connection.getTokenAccountBalance(tokens)).value.amount),
  };
};

/** One pool of each program, one after the other: the Solana epoch is the network's, not the pool's. */
const CASES = ['JitoSOL', 'hSOL', 'JupSOL'].map((symbol) => lstNamed(symbol) as StakePoolAsset);

it.each(STAKE_POOL_LSTS)('the SDK reads the pool of $symbol', async (lst) => {
  const info = await stakePoolInfo(connection, lst.stakePool);
  expect(BigInt(info.totalLamports)).toBe(lst.totalLamports);
  expect(BigInt(info.poolTokenSupply)).toBe(lst.supplyBaseUnits);
  expect(info.validatorList.map(({ voteAccountAddress }) => voteAccountAddress)).toEqual([
    lst.vote.toBase58(),
  ]);
  expect([info.poolMint, info.maxValidators]).toEqual([lst.mint.toBase58(), 20]);
});

describe('the real stake pool program', () => {
  it.each(CASES)('mints $symbol for SOL at the pool rate', async (lst) => {
    const user = tokensOf(depositor.publicKey, lst);
    const [before, held] = [await pool(lst), await user.amount()];
    await send([depositSol(lst, before, user, 10n * SOL)], depositor);
    const after = await pool(lst);
    expect(after.totalLamports - before.totalLamports).toBe(10n * SOL);
    const minted = (10n * SOL * before.supplyBaseUnits) / before.totalLamports;
    expect((await user.amount()) - held).toBe(minted);
    expect(minted).toBeLessThan(10n * SOL);
  });

  it.each(CASES)('gives SOL back for $symbol, less the fee', async (lst) => {
    const user = tokensOf(depositor.publicKey, lst);
    const before = await pool(lst);
    const lamports = BigInt(await connection.getBalance(depositor.publicKey));
    await send([withdrawSol(lst, before, user, 5n * SOL)], depositor);
    const gained = BigInt(await connection.getBalance(depositor.publicKey)) - lamports;
    const worth = (5n * SOL * before.totalLamports) / before.supplyBaseUnits;
    expect(gained).toBeGreaterThan((worth * 998n) / 1_000n);
    expect(gained).toBeLessThan(worth);
  });

  it.each(CASES)('adds a validator to the pool of $symbol', async (lst) => {
    const vote = OPERATORS.find((operator) => !operator.vote.equals(lst.vote))!.vote;
    await send([addValidator(lst, await pool(lst), manager.publicKey, vote)], manager);
    const list = (await connection.getAccountInfo(lst.validatorList))!.data;
    expect(list.readUInt32LE(5)).toBe(2);
    expect(list.subarray(9 + 73 + 41, 9 + 73 + 73)).toEqual(vote.toBuffer());
  });

  it('updates every pool in a new Solana epoch and refuses deposits until then', async () => {
    await network.warpBy(SOLANA_EPOCH_SECONDS);
    const first = CASES[0]!;
    const refused = await send(
      [depositSol(first, await pool(first), tokensOf(depositor.publicKey, first), SOL)],
      depositor,
    ).catch((error: unknown) => error);
    // StakeListAndPoolOutOfDate
    expect(isSipError(refused) && String(refused.facts.reason)).toContain('{"Custom":17}');

    for (const lst of STAKE_POOL_LSTS) {
      const before = await pool(lst);
      const added = OPERATORS.find((operator) => !operator.vote.equals(lst.vote))!.vote;
      await send(updatePool(lst, before, CASES.includes(lst) ? [lst.vote, added] : [lst.vote]), depositor);
      const after = await pool(lst);
      expect([lst.symbol, after.lastUpdateEpoch]).toEqual([lst.symbol, 1n]);
      expect([lst.symbol, after.totalLamports]).toEqual([lst.symbol, before.totalLamports]);
    }
    await send([depositSol(first, await pool(first), tokensOf(depositor.publicKey, first), SOL)], depositor);
  });
});
