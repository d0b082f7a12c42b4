import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519';
import type { Page } from 'playwright-core';
import type { Display } from './display.ts';
import { type Launched, launchApp } from './launch.ts';

/** What the wallet of this browser does with a transaction; a SIMULATED one, but it speaks wallet-standard. */
export interface SimulatedWallet {
  readonly publicKey: string;
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** What it signs instead, in the test's hands. */
  change?: (transaction: Uint8Array) => Uint8Array;
}

export interface Browser {
  readonly page: Page;
  close(): Promise<void>;
}

const SIGNATURE_BYTES = 64;

/** A plain window of the runtime's Chromium, no part of the console, with one wallet in it. */
export async function startBrowser(display: Display, wallet: SimulatedWallet): Promise<Browser> {
  const app = mkdtempSync(join(tmpdir(), 'browser-'));
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'browser', main: 'main.js' }));
  writeFileSync(
    join(app, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 900, height: 900 }).loadURL('about:blank'));`,
  );
  const launched: Launched = await launchApp({ display, app });
  const page = launched.window;
  await page.exposeFunction('signInTest', (base64: string) => {
    const given = Uint8Array.from(Buffer.from(base64, 'base64'));
    const transaction = wallet.change?.(given) ?? given;
    const message = transaction.slice(1 + SIGNATURE_BYTES * (transaction[0] ?? 0));
    transaction.set(ed25519.sign(message, wallet.seed), 1);
    return Buffer.from(transaction).toString('base64');
  });
  await page.addInitScript(announce, wallet.publicKey);
  return {
    page,
    close: async () => {
      await launched.close();
      rmSync(app, { recursive: true, force: true });
    },
  };
}

/** Runs in the page before its own scripts, as an extension's does. */
function announce(publicKey: string): void {
  type Bytes = { readonly transaction: Uint8Array };
  const { signInTest } = globalThis as unknown as { signInTest(base64: string): Promise<string> };
  const account = {
    address: publicKey,
    publicKey: new Uint8Array(32),
    chains: ['solana:localnet'],
    features: ['solana:signTransaction'],
  };
  const sign = async ({ transaction }: Bytes) => {
    const signed = atob(await signInTest(btoa(String.fromCharCode(...transaction))));
    return { signedTransaction: Uint8Array.from(signed, (char) => char.charCodeAt(0)) };
  };
  const wallet = {
    version: '1.0.0',
    name: 'Simulated Wallet',
    icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
    chains: ['solana:localnet'],
    accounts: [],
    features: {
      'standard:connect': { version: '1.0.0', connect: async () => ({ accounts: [account] }) },
      'solana:signTransaction': {
        version: '1.0.0',
        supportedTransactionVersions: ['legacy', 0],
        signTransaction: (...asked: readonly Bytes[]) => Promise.all(asked.map(sign)),
      },
    },
  };
  const register = (api: { register(one: unknown): void }) => api.register(wallet);
  const page = globalThis as unknown as EventTarget;
  page.addEventListener('wallet-standard:app-ready', (event) =>
    register((event as CustomEvent<{ register(one: unknown): void }>).detail),
  );
  page.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: register }));
}
