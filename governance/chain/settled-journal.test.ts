import { Keypair, SystemProgram } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { type LiteSvmRpc, liteSvmRpc } from '#test/support/litesvm-rpc.ts';
import { keypairSigner, memoryPorts, virtualTimer } from '#test/support/memory-ports.ts';
import { SipError } from '../errors.ts';
import { openJournal, readJournal } from './journal.ts';
import type { Rpc } from './ports.ts';
import { sendTransaction } from './send.ts';
import { journalPath, withSettledJournal } from './settled-journal.ts';

const [A, B] = ['a', 'b'].map((letter) => letter.repeat(43)) as [string, string];
const live = { genesis: A, network: null };
const INTENT = { kind: 'intent', what: 'approve 1', messageHash: '00'.repeat(32) } as const;

describe('the journals of a data folder', () => {
  it('are one for each cluster, named by its genesis hash and, where it is embedded, its name', () => {
    expect(journalPath(live)).toEqual({ prefix: 'journal-', path: `journal-${A}` });
    expect(journalPath({ genesis: A, network: 'embedded:second' })).toEqual({
      prefix: 'journal-embedded-second-',
      path: `journal-embedded-second-${A}`,
    });
  });

  it('are kept, but for those of the same embedded network from an earlier start', async () => {
    const own = `journal-embedded-${A}`;
    const gone = [
      `journal-embedded-${B}`,
      `journal-embedded-${'1'.repeat(32)}`,
      `journal-embedded-${'z'.repeat(44)}`,
    ];
    const kept = [
      `journal-${B}`,
      `journal-embedded-second-${B}`,
      `journal-embedded-${B}.torn`,
      `journal-embedded-${'b'.repeat(31)}`,
      `journal-embedded-${'b'.repeat(45)}`,
      `journal-embedded-0${'b'.repeat(42)}`,
      `settings-embedded-${B}`,
      'settings.json',
      B,
    ];
    for (const [network, left] of [
      ['embedded', kept],
      [null, [...kept, ...gone]],
    ] as const) {
      const stored = new Map([...kept, ...gone].map((name) => [name, new Uint8Array()]));
      const cluster = { genesis: A, network };
      const ports = memoryPorts({ stored });
      for (let nth = 0; nth < 2; nth += 1)
        await withSettledJournal(
          ports,
          {} as Rpc,
          cluster,
          () => {},
          ({ journal }) => journal.append(INTENT),
        );
      const mine = network === null ? `journal-${A}` : own;
      expect([...stored.keys()].sort()).toEqual([...left, mine].sort());
      expect(await readJournal(ports.files, mine)).toMatchObject([{ state: 'dropped' }, { state: 'open' }]);
    }
  });
});

/** A transfer that was signed and sent to nobody, when the console was interrupted; half a minute passes with each look. */
async function interrupted() {
  const svm = liteSvmRpc();
  const signer = keypairSigner();
  svm.airdrop(signer.publicKey, 1_000_000_000n);
  const ports = memoryPorts({ timer: virtualTimer(() => svm.expireBlockhashes()) });
  const [fromPubkey, toPubkey] = [signer.publicKey, Keypair.generate().publicKey];
  const instructions = [SystemProgram.transfer({ fromPubkey, toPubkey, lamports: 2_000_000 })];
  const died: Rpc = { ...svm, sendRaw: () => Promise.reject(new Error('interrupted')) };
  const journal = await openJournal(ports, { path: journalPath(live).path });
  const sent = sendTransaction(
    { ...ports, rpc: died, journal },
    { signer, instructions, describe: 'transfer' },
  );
  await expect(sent).rejects.toThrow('interrupted');
  await journal.close();
  return { svm, ports, payer: signer.publicKey };
}

const down = () => Promise.reject(new SipError('ENDPOINT_DOWN', { endpoint: 'x', reason: 'y' }));
const emptied = (svm: LiteSvmRpc, payer: Keypair['publicKey']) =>
  svm.setAccount({
    address: payer,
    owner: SystemProgram.programId,
    lamports: 1_000_000n,
    data: new Uint8Array(),
  });

describe('what was interrupted', () => {
  it.each<[string, (svm: LiteSvmRpc, payer: Keypair['publicKey']) => Rpc | undefined, string]>([
    ['it has landed', () => undefined, 'landed'],
    ['it has failed and changed nothing', (svm, payer) => void emptied(svm, payer), 'failed'],
    ['it did not land and cannot any more', (svm) => void svm.dropNextSends(1_000), 'expired'],
    [
      'not known yet; what was signed may still land, and the next command looks again',
      (svm) => ({ ...svm, signatureOutcome: down }),
      'unsettled',
    ],
  ])('is settled before anything else, and told: %s', async (words, happens, state) => {
    const { svm, ports, payer } = await interrupted();
    const told: string[] = [];
    const rpc = happens(svm, payer) ?? svm;
    const answer = await withSettledJournal(
      ports,
      rpc,
      live,
      (text) => told.push(text),
      async ({ journal }) => {
        expect(journal.intents().map((intent) => intent.state)).toEqual([state]);
        expect(told).toEqual([`Interrupted earlier: transfer: ${words}.`]);
        return 'done';
      },
    );
    expect(answer).toBe('done');
    expect(await readJournal(ports.files, journalPath(live).path)).toMatchObject([{ state }]);
  });

  it('before it was signed is dropped without a word; a torn record is told', async () => {
    const { path } = journalPath(live);
    const ports = memoryPorts();
    const journal = await openJournal(ports, { path });
    await journal.append(INTENT);
    await journal.close();
    const run = async () => {
      const told: string[] = [];
      await withSettledJournal(
        ports,
        {} as Rpc,
        live,
        (text) => told.push(text),
        async () => undefined,
      );
      return told;
    };
    expect(await run()).toEqual([]);
    expect(await readJournal(ports.files, path)).toMatchObject([{ state: 'dropped' }]);
    ports.stored.set(path, Uint8Array.from([...ports.stored.get(path)!, 1]));
    expect(await run()).toEqual([
      `The last record of the journal was cut off by an interruption; it is kept in ${path}.torn.`,
    ]);
  });
});

describe('the work', () => {
  it('fails with what was sent by then, and lets the journal go', async () => {
    const { svm, ports } = await interrupted();
    const blind: Rpc = { ...svm, signatureOutcome: down };
    const work = () => down() as Promise<never>;
    await expect(withSettledJournal(ports, blind, live, () => {}, work)).rejects.toMatchObject({
      sent: 'unknown',
    });
    await expect(withSettledJournal(ports, svm, live, () => {}, work)).rejects.toMatchObject({ sent: 'yes' });
  });

  it('never reads what is older than it has read', async () => {
    let slot = 9n;
    const rpc = { getAccounts: async () => ({ slot: slot--, accounts: [] }) } as unknown as Rpc;
    const twice = withSettledJournal(
      memoryPorts(),
      rpc,
      live,
      () => {},
      async (ports) => {
        await ports.rpc.getAccounts([]);
        await ports.rpc.getAccounts([]);
      },
    );
    await expect(twice).rejects.toMatchObject({ code: 'ENDPOINT_DOWN' });
  });
});
