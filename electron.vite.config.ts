import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { resolve } = createRequire(import.meta.url);

/** As in the bundle of the command line: see tools/lib/bundle/bundle.mjs, where each is explained. */
const alias = {
  'bigint-buffer': 'bigint-buffer/dist/browser.js',
  '@coral-xyz/anchor': resolve('@coral-xyz/anchor'),
  'node-fetch': at('tools/lib/bundle/node-fetch.mjs'),
};
const external = [
  'electron',
  /^node:/,
  /^rpc-websockets(\/|$)/,
  /^litesvm(\/|$)/,
  /^@solana\/surfpool-/,
  'node-hid',
  'usb',
];

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      externalizeDeps: false,
      target: 'node20',
      rollupOptions: {
        input: {
          index: at('desktop/main/index.ts'),
          engine: at('desktop/engine/index.ts'),
          signer: at('desktop/signer/index.ts'),
          ledger: at('desktop/ledger/index.ts'),
        },
        external,
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { window: at('desktop/preload/window.ts'), confirm: at('desktop/preload/confirm.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('desktop/renderer'),
    // The handler of app:// puts a fresh nonce in its place at each load.
    html: { cspNonce: '__CSP_NONCE__' },
    // Its form for browsers reads entities by innerHTML, which the page's policy refuses; the whole text would stay raw.
    resolve: {
      alias: {
        'decode-named-character-reference': at('node_modules/decode-named-character-reference/index.js'),
      },
    },
    plugins: [react()],
    build: {
      minify: true,
      // No polyfill: it would fetch, and every Chromium this runs in preloads by itself.
      modulePreload: false,
      assetsInlineLimit: 0,
      rollupOptions: {
        input: {
          index: at('desktop/renderer/index.html'),
          confirm: at('desktop/renderer/confirm.html'),
          wallet: at('desktop/renderer/wallet.html'),
        },
      },
    },
  },
});
