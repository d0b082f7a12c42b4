import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Page, servePage } from './page.ts';

let folder: string;
let page: Page;
let answers: object[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'wallet.html'), '<p>wallet</p>');
  await writeFile(join(folder, 'index.html'), '<p>console</p>');
  await writeFile(join(folder, 'assets', 'a.js'), 'a');
  await writeFile(join(folder, 'assets', 'secret.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  answers = [];
  page = await servePage({
    folder,
    request: (token) => ({ token }),
    answer: (fields) => {
      answers.push(fields);
      return { kind: 'taken' };
    },
  });
});
afterEach(() => page.close());

const origin = () => new URL(page.url).origin;
const opening = () => new URL(page.url).hash.slice(1);

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
function http({ method = 'GET', path, headers = {}, body = '' }: Asked) {
  return new Promise<{ status: number; text: string; policy: string }>((resolve, reject) => {
    const { hostname, port } = new URL(page.url);
    const sent = ask({ hostname, port, method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      const policy = String(response.headers['content-security-policy']);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, policy }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
const post = (path: string, body: unknown, headers: Record<string, string> = { origin: origin() }) =>
  http({ method: 'POST', path, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('the page', () => {
  it('and its assets are served under a policy, and no other file', async () => {
    expect(await http({ path: '/' })).toMatchObject({ status: 200, text: '<p>wallet</p>' });
    expect((await http({ path: '/' })).policy).toContain("default-src 'none'");
    expect(await http({ path: '/assets/a.js' })).toMatchObject({ status: 200, text: 'a' });
    for (const path of [
      '/index.html',
      '/assets/secret.json',
      '/assets/../index.html',
      '/assets/%2e%2e/index.html',
      '/assets/',
      '//',
      '/?x',
    ])
      expect([path, (await http({ path })).status]).toEqual([path, 404]);
  });

  it.each(['localhost', 'evil.example', '127.0.0.1', '[::1]'])(
    'is not served to the host %s',
    async (host) => {
      const { port } = new URL(page.url);
      const name = host === '127.0.0.1' ? host : `${host}:${port}`;
      expect((await http({ path: '/', headers: { host: name } })).status).toBe(403);
    },
  );
});

describe('the request', () => {
  it('is given once, for the token of the address', async () => {
    expect((await post('/request', { token: '0'.repeat(64) })).status).toBe(403);
    expect((await post('/request', { token: opening() })).status).toBe(200);
    expect((await post('/request', { token: opening() })).status).toBe(403);
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example' }],
    ['a name of this computer', { origin: 'http://localhost' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['nobody', {}],
  ])('is not given to a page of %s', async (_, headers) => {
    expect((await post('/request', { token: opening() }, headers)).status).toBe(403);
    // And it is not spent by that.
    expect((await post('/request', { token: opening() })).status).toBe(200);
  });

  it.each<[string, unknown]>([
    ['no JSON', 'x'],
    ['no object', 'null'],
    ['a body without end', JSON.stringify({ token: 'x'.repeat(9000) })],
  ])('is not given for %s', async (_, body) => {
    expect((await post('/request', body)).status).toBe(400);
  });
});

describe('an answer', () => {
  it('counts only with the token that came with the request', async () => {
    const { text } = await post('/request', { token: opening() });
    const { token } = JSON.parse(text) as { token: string };
    expect(token).not.toBe(opening());
    for (const wrong of [opening(), '', undefined, ['x'], token.slice(1), token.toUpperCase()])
      if (wrong !== token)
        expect((await post('/answer', { token: wrong, kind: 'refused' })).status).toBe(403);
    expect(answers).toEqual([]);
    expect(await post('/answer', { token, kind: 'refused' })).toMatchObject({ status: 200 });
    expect(answers).toEqual([{ token, kind: 'refused' }]);
  });

  it('goes to no other path and by no other method', async () => {
    expect((await post('/', {})).status).toBe(404);
    expect((await http({ method: 'PUT', path: '/answer', headers: { origin: origin() } })).status).toBe(404);
    expect((await http({ method: 'OPTIONS', path: '/answer' })).status).toBe(404);
  });
});
