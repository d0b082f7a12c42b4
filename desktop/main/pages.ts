import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type ProtocolResponse, protocol } from 'electron';

/** The pages of the app, under app://console/: a fixed map of built files and nothing else. */

export const ORIGIN = 'app://console';
export type Page = 'index.html' | 'confirm.html';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};
const NONCE = '__CSP_NONCE__';

/** Styles of libraries carry the nonce; scripts are files of ours only, and nothing is fetched by a page. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** Before `ready`. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** After `ready`. @param folder of the built renderer */
export function servePages(folder: string): void {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
    .map((entry) => join(entry.parentPath, entry.name));
  const files = new Map(
    names.map((path) => [`${ORIGIN}/${path.slice(folder.length + 1).replaceAll('\\', '/')}`, path]),
  );
  // Deprecated, and there in every Electron up to 45: `handle` makes Node load its whole `fetch` for the first file, which
  // costs a fifth of a second before anything is seen.
  protocol.registerBufferProtocol('app', ({ url, method }, answer) => {
    const [address = ''] = url.split(/[?#]/);
    const path = files.get(address);
    if (path === undefined || method !== 'GET') return answer(NOTHING);
    readFile(path).then(
      (body) => answer(responseOf(path, body)),
      () => answer(NOTHING),
    );
  });
}

const NOTHING: ProtocolResponse = { statusCode: 404, data: Buffer.alloc(0) };

function responseOf(path: string, body: Buffer): ProtocolResponse {
  const headers = { 'content-type': TYPES[extname(path)] ?? '', 'x-content-type-options': 'nosniff' };
  if (extname(path) !== '.html') return { data: body, headers };
  const nonce = randomBytes(16).toString('base64');
  return {
    data: Buffer.from(body.toString('utf8').replaceAll(NONCE, nonce)),
    headers: { ...headers, 'content-security-policy': policy(nonce), 'cache-control': 'no-store' },
  };
}
