import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { Passed } from '../failure.ts';
import { expectRefused } from '../testing/calls.ts';
import { type QuietEngine, startQuietEngine } from '../testing/quiet-engine.ts';

const KEY = 'CatzoSMUkTRidT5DwBxAC2pEtnwMBTpkCepHkFgZDiqb';
const LEDGER = { path: "44'/501'/0'", publicKey: KEY };
const offline = { kind: 'offline', name: 'Key in the safe', publicKey: KEY } as const;
const keypair = { kind: 'keypair', name: 'Key', allowMainnet: false } as const;

let test: QuietEngine;
let chosen: string | null;
beforeEach(async () => {
  chosen = null;
  test = await startQuietEngine({
    choose: async () => chosen,
    inspect: async (path) => (await keypairFileSigner(path)).publicKey.toBase58(),
    ledgerAddresses: async () => [LEDGER],
    ledgerShow: async () => LEDGER,
  });
});
afterEach(() => test?.stop());

const list = () => test.get('signers.list', {});

describe('a signer', () => {
  it('is added by its public key, once', async () => {
    expect(await test.get('signers.add', { ...offline, publicKey: ` ${KEY} ` })).toEqual({ added: true });
    expect(await list()).toMatchObject([{ ...offline, permissions: null, mainnet: true }]);
    await expectRefused(
      test.ask('signers.add', { ...offline, name: 'Again' }),
      'USAGE',
      /there already, as "Key in the safe"/,
    );
    // The same key in a wallet of the browser is another way to sign.
    expect(await test.get('signers.add', { ...offline, kind: 'browser', name: 'Wallet' })).toEqual({
      added: true,
    });
    await expectRefused(test.ask('signers.add', { ...offline, publicKey: 'x' }), 'USAGE', /no public key/);
  });

  it('in a file is chosen in a dialog, and its path stays here', async () => {
    expect(await test.get('signers.add', keypair)).toEqual({ added: false });
    const key = Keypair.generate();
    chosen = join(test.folder, 'id.json');
    await writeFile(chosen, JSON.stringify([...key.secretKey]), { mode: 0o600 });
    expect(await test.get('signers.add', keypair)).toEqual({ added: true });
    const rows = await list();
    expect(rows).toMatchObject([{ kind: 'keypair', publicKey: key.publicKey.toBase58(), mainnet: false }]);
    expect(JSON.stringify(rows)).not.toContain(test.folder);
    const settings = await readFile(join(test.dataDir, 'desktop.json'), 'utf8');
    expect(settings).toContain(chosen);
    for (const byte of ['secret', String([...key.secretKey.slice(0, 6)])])
      expect(settings).not.toContain(byte);
  });

  it('in a file that is none is refused by its name', async () => {
    chosen = join(test.folder, 'id.json');
    await writeFile(chosen, 'no key', { mode: 0o600 });
    await expectRefused(test.ask('signers.add', keypair), 'KEYPAIR_MALFORMED', /^id\.json /);
    expect(await list()).toEqual([]);
  });

  it('on a Ledger is the one that was shown there', async () => {
    expect(await test.get('signers.ledger', { account: 0 })).toEqual([LEDGER]);
    expect(await test.get('signers.add', { kind: 'ledger', name: 'Ledger', path: LEDGER.path })).toEqual({
      added: true,
    });
    expect(await list()).toMatchObject([{ kind: 'ledger', publicKey: KEY }]);
  });

  it('signs until it is removed', async () => {
    await test.get('signers.add', offline);
    const [{ id } = { id: '' }] = await list();
    await test.as(id);
    expect(test.engine.seat).toBe(id);
    await test.get('signers.remove', { id });
    expect(await list()).toEqual([]);
    expect(test.engine.seat).toBeNull();
  });
});

it('a Ledger that is not there is told as it was said', async () => {
  await test.stop();
  const absent = {
    code: 'LEDGER_ABSENT',
    message: 'No Ledger is connected.',
    sent: 'no',
    remedy: 'Connect it.',
  } as const;
  test = await startQuietEngine({ ledgerShow: () => Promise.reject(new Passed(absent)) });
  await expectRefused(
    test.ask('signers.add', { kind: 'ledger', name: 'L', path: LEDGER.path }),
    'LEDGER_ABSENT',
  );
});
