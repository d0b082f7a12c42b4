import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '#governance/receipts/receipt.ts';
import { type CliWorld, errorOf, startCliWorld } from '#test/support/cli-world.ts';
import { sipFile, whitelist } from '#test/support/sip-text.ts';

/** What members attest of their reviews, on the embedded network: beside the text, and compared with the chain. */

let world: CliWorld;
let fileName: string;

beforeAll(async () => {
  world = await startCliWorld({ timeLockSeconds: 0 });
  const text = sipFile(
    { sip: 2, title: 'Whitelist mSOL', actions: [whitelist('mSOL', '250000')] },
    world.today,
  );
  fileName = text.file;
  await world.write(text);
  expect(await world.json(['submit', '2', '--as', '5'])).toMatchObject({ exit: 0 });
}, 1_800_000);
afterAll(() => world?.stop());

const receiptFiles = async () => (await readdir(world.sips)).filter((name) => name.includes('.receipts.'));
type Shown = Receipt & { readonly file: string; readonly faults: readonly { readonly code: string }[] };
const receiptsIn = (document: Record<string, unknown>) => document.receipts as readonly Shown[];
const check = async (file: string, ...more: string[]) => {
  const document = await world.json(['receipt', 'check', file, ...more]);
  return {
    exit: document.exit,
    codes: (receiptsIn(document) ?? []).map(({ faults }) => faults.map(({ code }) => code)),
  };
};

describe('a review receipt', () => {
  it('is made without a vote, beside the text, and is true on chain', async () => {
    const made = await world.json(['receipt', 'make', '2', '--as', '1']);
    expect(made).toMatchObject({ exit: 0, receipts: [{ sip: 2, transactionIndex: 1, verdict: 'match' }] });
    const [receipt] = receiptsIn(made);
    expect(receipt!.member).toBe(world.sandbox.info.members[1]!.publicKey);
    expect(await receiptFiles()).toEqual([
      `${fileName}.receipts.${receipt!.digest}.${receipt!.member}.jsonl`,
    ]);
    expect(await check(receipt!.file, '--on-chain')).toEqual({ exit: 0, codes: [[]] });
    expect(await check(receipt!.file)).toEqual({ exit: 0, codes: [[]] });
    // It counts for nothing.
    expect(await world.json(['status', '2'])).toMatchObject({
      status: 'Submitted',
      receipts: [{ transactionIndex: 1, verdict: 'match', faults: [] }],
      receiptsProblem: null,
    });
    expect(await world.json(['approvals', '--transaction-index', '1'])).toMatchObject({ approvals: [] });
  });

  it('is refused to whoever has no seat, and not made of a transaction without a text', async () => {
    const stranger = ['--keypair', world.sandbox.info.depositor.keypairPath];
    const refused = await world.json(['receipt', 'make', '2', ...stranger]);
    expect(errorOf(refused)).toMatchObject({ code: 'NOT_A_MEMBER', sent: 'no' });
    const none = await world.json(['receipt', 'make', '--transaction-index', '9']);
    expect(errorOf(none)).toMatchObject({ code: 'RECEIPT_TEXT_MISSING' });
  });

  it('of another member, message or cluster is found beside the chain', async () => {
    const [receipt] = receiptsIn(await world.json(['receipt', 'make', '2', '--as', '1']));
    const { renderReceipts, signReceipt, parseReceipts } = await import('#governance/receipts/receipt.ts');
    const { openSigner } = await import('#governance/cli/signers.ts');
    const [honest] = parseReceipts(new Uint8Array(await readFile(receipt!.file)), receipt!.file);
    const { members, depositor } = world.sandbox.info;
    const written = async (change: object, keypairPath = members[1]!.keypairPath) => {
      const file = join(world.folder, 'changed.jsonl');
      const signed = await signReceipt({ ...honest!, ...change }, await openSigner(keypairPath));
      await writeFile(file, renderReceipts([signed]));
      return check(file, '--on-chain', '--sip', '2');
    };
    expect(await written({})).toEqual({ exit: 0, codes: [[]] });
    expect(await written({ messageHash: '0'.repeat(64) })).toEqual({
      exit: 3,
      codes: [['message-hash-false']],
    });
    expect(await written({ transactionIndex: 2 })).toEqual({ exit: 3, codes: [['message-hash-false']] });
    expect(await written({ genesisHash: honest!.council })).toEqual({
      exit: 3,
      codes: [['genesis-not-pinned']],
    });
    expect(await written({ digest: '0'.repeat(64) })).toEqual({ exit: 3, codes: [['digest-false']] });
    expect(await written({ member: depositor.publicKey }, depositor.keypairPath)).toEqual({
      exit: 3,
      codes: [['not-a-member']],
    });
  });

  it('follows an approval where it is asked for, and a failure of it does not hide the vote', async () => {
    expect(await world.json(['approve', '2', '--as', '0'])).toMatchObject({ exit: 0 });
    expect(await receiptFiles()).toHaveLength(1);
    const approved = await world.json(['approve', '2', '--as', '1', '--receipt']);
    expect(approved).toMatchObject({ exit: 0, transactions: [{ outcome: 'voted' }] });
    const [own] = await receiptFiles();
    await writeFile(join(world.sips, own!), 'no receipt\n');
    expect(await world.json(['status', '2'])).toMatchObject({
      ...{ exit: 0, status: 'Submitted', receipts: [] },
      receiptsProblem: { code: 'RECEIPT_INVALID' },
    });
    const again = await world.json(['approve', '2', '--as', '1', '--receipt']);
    expect(again).toMatchObject({ exit: 0, transactions: [{ outcome: 'already-voted', receipt: null }] });
    await rm(join(world.sips, own!));
    const third = await world.json(['approve', '2', '--as', '2', '--receipt']);
    expect(third).toMatchObject({
      exit: 0,
      transactions: [{ outcome: 'voted', state: { kind: 'approved' } }],
    });
    const [one] = third.transactions as readonly { readonly receipt: string }[];
    expect(await check(one!.receipt, '--on-chain')).toEqual({ exit: 0, codes: [[]] });
  });

  it('that could not be kept leaves the vote told, with its signature', async () => {
    await world.write(
      sipFile({ sip: 3, title: 'Whitelist bSOL', actions: [whitelist('bSOL', '10')] }, world.today),
    );
    expect(await world.json(['submit', '3', '--as', '5'])).toMatchObject({ exit: 0 });
    const made = receiptsIn(await world.json(['receipt', 'make', '3', '--as', '0']));
    await writeFile(made[0]!.file, 'no receipt\n');
    const ran = await world.sip(['approve', '3', '--as', '0', '--receipt']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('signature');
    expect(ran.stderr).toContain('its receipt was not made');
  });
});
