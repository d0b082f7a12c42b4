import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addressOf } from '#governance/chain/address.ts';
import { receiptsFile } from '#governance/receipts/beside.ts';
import { type Receipt, renderReceipts, signReceipt } from '#governance/receipts/receipt.ts';
import { digestOf } from '#governance/sip/digest.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { runSip } from '../testing/run-sip.ts';
import { folderWithSips, SIP_8 } from '../testing/sip-folder.ts';

const signer = keypairSigner();
const KEY = 'So11111111111111111111111111111111111111112' as Address;

/** A folder with SIPs and a receipt about SIP-8, changed after it was signed. */
async function folderWithReceipt(change: Partial<Receipt> = {}) {
  const folder = folderWithSips();
  const receipt = await signReceipt(
    {
      ...{ schemaVersion: 1, tool: '0.1.0', genesisHash: KEY, programId: KEY, council: KEY },
      ...{ transactionIndex: 12, sip: 8, digest: digestOf(readFileSync(join(folder, SIP_8)), SIP_8) },
      ...{ verdict: 'match', messageHash: null, chainTime: 1_800_000_000n as UnixSeconds },
      member: addressOf(signer.publicKey),
    },
    signer,
  );
  const file = receiptsFile(SIP_8, receipt);
  writeFileSync(join(folder, file), renderReceipts([{ ...receipt, ...change }]));
  const check = async (...more: string[]) => {
    const ran = await runSip(['receipt', 'check', file, ...more, '--output', 'json'], { cwd: folder });
    return { ...ran.json(), exit: ran.code };
  };
  return { folder, file, check };
}

it('checks a receipt against the text beside it, without a network', async () => {
  const { folder, file, check } = await folderWithReceipt();
  const said = { text: 'compared', chain: 'not-compared' };
  expect(await check()).toMatchObject({ exit: 0, ...said, receipts: [{ sip: 8, faults: [] }] });
  const other = await check('--sip', '2');
  const faults = [{ code: 'sip-false' }, { code: 'digest-false' }];
  expect(other).toMatchObject({ exit: 3, ...said, receipts: [{ faults }] });
  expect(await check('--council', '11111111111111111111111111111111')).toMatchObject({
    exit: 3,
    receipts: [{ faults: [{ code: 'council-not-pinned' }] }],
  });
  const text = await runSip(['receipt', 'check', file], { cwd: folder });
  expect(text.stdout).toContain('SIP-8, transaction 12');
  expect(text.stdout).toContain('The chain was not asked');
});

it('names a receipt that was changed, and says where no text was compared', async () => {
  const { folder, file, check } = await folderWithReceipt({ verdict: 'stale' });
  const faults = [{ code: 'signature-false' }];
  expect(await check()).toMatchObject({ exit: 3, receipts: [{ faults }] });
  writeFileSync(join(folder, 'sent.jsonl'), readFileSync(join(folder, file)));
  const alone = await runSip(['receipt', 'check', 'sent.jsonl'], { cwd: folder });
  expect(alone.code).toBe(3);
  expect(alone.stdout).toContain('No text was compared');
});

it('refuses what is no receipt', async () => {
  const { folder } = await folderWithReceipt();
  const ran = await runSip(['receipt', 'check', SIP_8, '--output', 'json'], { cwd: folder });
  expect(ran.code).toBe(1);
  expect(ran.json()).toMatchObject({ error: { code: 'RECEIPT_INVALID' } });
});
