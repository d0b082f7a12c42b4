import { getTransactionDecoder, type Address as KitAddress, type Lamports } from '@solana/kit';
import { ComputeBudgetProgram, PublicKey, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import { LiteSVM, type TransactionMetadata } from 'litesvm';
import { decodeLoaderAccount } from '#governance/chain/loader-accounts.ts';
import type { ChainReader, RawAccount } from '#governance/chain/ports.ts';
import { simulateExecution } from '#governance/simulate/execution.ts';
import { whitelistOperator } from '../program/support/instructions.ts';
import { voteAccount } from '../program/support/vote.ts';
import { freshAddress, World } from '../program/support/world.ts';
import { liteSvmRpc } from '../support/litesvm-rpc.ts';
import { medianMs } from './measure.ts';
import { ms, ratio, type Section } from './section.ts';

/** The exact execution on this computer, beside LiteSVM given the same accounts and the same message. */

export interface SimulateRow {
  readonly what: string;
  readonly ms: number;
}

const kit = (key: PublicKey): KitAddress => key.toBase58() as KitAddress;

/** @param operators actions of the SIP that is executed */
export async function simulateRows(operators: number, rounds: number): Promise<readonly SimulateRow[]> {
  const w = new World();
  const actions = Array.from({ length: operators }, (_, at) =>
    whitelistOperator(w, voteAccount(w.chain), `Operator ${at}`, freshAddress()),
  );
  const index = w.approved(w.nextSip(), actions);
  w.council.passTimeLock();
  const rpc = liteSvmRpc({ svm: w.chain.svm });
  const read = new Map<string, RawAccount>();
  const recorded: ChainReader = {
    ...rpc,
    async getAccounts(keys) {
      const answer = await rpc.getAccounts(keys);
      for (const account of answer.accounts) if (account) read.set(account.address.toBase58(), account);
      return answer;
    },
  };
  const remembered: ChainReader = {
    ...rpc,
    getAccounts: async (keys) => ({
      slot: w.chain.slot,
      accounts: keys.map((key) => read.get(key.toBase58()) ?? null),
    }),
  };
  const ours = () => simulateExecution(remembered, w.pins, [index], null);
  const { runs } = await simulateExecution(recorded, w.pins, [index], null);
  if (runs.some(({ failure }) => failure !== null)) throw new Error('the execution fails');

  const payer = w.council.first.publicKey;
  const message = new TransactionMessage({
    payerKey: payer,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: 1_400_000 }),
      w.council.executeInstruction(index),
    ],
  }).compileToV0Message();
  const transaction = getTransactionDecoder().decode(new VersionedTransaction(message).serialize());
  const clock = w.chain.svm.getClock();
  const bare = () => {
    const svm = new LiteSVM().withSigverify(false).withBlockhashCheck(false);
    svm.setClock(clock);
    for (const account of read.values()) put(svm, account, read);
    svm.airdrop(kit(payer), 1_000_000_000n as Lamports);
    const result = svm.sendTransaction(transaction);
    if ('err' in result) throw new Error(`LiteSVM alone fails: ${String(result)}`);
    return (result satisfies TransactionMetadata).computeUnitsConsumed();
  };
  const times = await medianMs({ 'LiteSVM alone': bare, 'sip simulate’s': ours }, rounds);
  return Object.entries(times).map(([what, elapsed]) => ({ what, ms: elapsed }));
}

function put(svm: LiteSVM, account: RawAccount, all: ReadonlyMap<string, RawAccount>): void {
  const { address, owner, lamports, data, executable } = account;
  const loaded = decodeLoaderAccount(account);
  if (loaded?.kind === 'program') {
    const content = decodeLoaderAccount(all.get(loaded.programData) ?? null);
    if (content?.kind === 'program-data') svm.addProgram(kit(address), content.elf);
  } else if (!executable && loaded === undefined && !owner.toBase58().startsWith('Sysvar'))
    svm.setAccount({
      ...{ address: kit(address), programAddress: kit(owner), data, executable },
      ...{ lamports: lamports as Lamports, space: BigInt(data.length) },
    });
}

export const simulate: Section = {
  name: 'simulate',
  title: 'The execution on this computer',
  async measure({ quick }) {
    const rounds = quick ? 3 : 31;
    const rows = await simulateRows(3, rounds);
    return {
      tables: [
        {
          columns: ['', 'Median', '÷ LiteSVM alone'],
          rows: rows.map(({ what, ms: elapsed }) => [what, ms(elapsed), ratio(elapsed, rows[0]?.ms ?? 0)]),
        },
      ],
      notes: [
        `A SIP of three actions; ${rounds} rounds of both in turn. Both make a runtime, give it the same accounts and programs and run the same message; ours also reads the accounts (from memory), takes the proposal as approved, and decodes what changed.`,
      ],
    };
  },
};
