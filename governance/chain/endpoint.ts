import pLimit, { type LimitFunction } from 'p-limit';
import pRetry from 'p-retry';
import { SipError } from '../errors.ts';
import type { Timer } from './ports.ts';
import { secretsIn, withoutSecrets } from './secrets.ts';

/** One HTTP endpoint that speaks JSON-RPC: concurrency, time limit, retries of reads, and one code per kind of trouble. */

export interface EndpointOptions {
  readonly timer: Timer;
  /** One attempt, headers and body together. */
  readonly timeoutMs?: number;
  /** Further attempts after the first; reads only. */
  readonly retries?: number;
  /** After so long no further attempt is begun: a silent endpoint is named while somebody is still waiting. */
  readonly patienceMs?: number;
  /** First delay between attempts, doubled each time, times 1 to 2 at random. */
  readonly retryDelayMs?: number;
  /** A longer Retry-After than this is not waited for. */
  readonly longestWaitMs?: number;
  readonly concurrency?: number;
  readonly fetch?: typeof fetch;
}

export interface Endpoint {
  /** Without credentials, path and query: fit for messages and logs. */
  readonly shown: string;
  /**
   * The `result` of one JSON-RPC call, unchecked.
   * @throws SipError ENDPOINT_DOWN, ENDPOINT_RATE_LIMITED, ENDPOINT_REFUSED
   */
  call(method: string, params: readonly unknown[]): Promise<unknown>;
}

/** Sent once each: whether a failed hand-over reached the cluster is for the sender to find out. */
const NEVER_RETRIED: ReadonlySet<string> = new Set(['sendTransaction', 'requestAirdrop']);
/** Agave's "node is behind" and "slot was skipped or not yet available": the next attempt may do better. */
const PASSING_RPC_ERRORS: ReadonlySet<number> = new Set([-32004, -32005, -32014, -32016]);
const PUBLIC_CONCURRENCY = 4;
const LOCAL_CONCURRENCY = 16;
/** Far beyond any answer the console asks for; an endpoint must not fill the memory. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

const limits = new Map<string, LimitFunction>();

/** @throws SipError ENDPOINT_INVALID */
export function openEndpoint(endpoint: string, options: EndpointOptions): Endpoint {
  const { url, authorization, secrets } = parse(endpoint);
  const shown = redact(url);
  const limit = limitOf(url, options.concurrency);
  const request = options.fetch ?? fetch;
  let lastId = 0;

  const attempt = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    let status: number;
    let text: string | undefined;
    let retryAfter: string | null;
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
        signal: AbortSignal.timeout(options.timeoutMs ?? 20_000),
        redirect: 'error', // credentials in the URL are for this host
      });
      status = response.status;
      retryAfter = response.headers.get('retry-after');
      text = await textOf(response);
    } catch (cause) {
      throw new Trouble(down(shown, networkReason(cause), cause), true);
    }
    if (status === 429)
      throw new Trouble(
        new SipError('ENDPOINT_RATE_LIMITED', { endpoint: shown }),
        true,
        waitOf(retryAfter, options.timer),
      );
    if (text === undefined) throw new Trouble(down(shown, 'its answer has no end'), false);
    const body = envelope(text);
    if (body === undefined || (body.id !== id && body.id !== null))
      throw new Trouble(
        down(shown, status === 200 ? 'its answer is not JSON-RPC' : `it answers HTTP ${status}`),
        status === 200 || status >= 500 || status === 408,
        waitOf(retryAfter, options.timer),
      );
    if (body.error === undefined) return body.result;
    if (body.error.code === 429)
      throw new Trouble(new SipError('ENDPOINT_RATE_LIMITED', { endpoint: shown }), true);
    const reason = oneLine(withoutSecrets(secrets, body.error.message));
    const facts = { endpoint: shown, method, reason, rpcCode: body.error.code };
    throw new Trouble(new SipError('ENDPOINT_REFUSED', facts), PASSING_RPC_ERRORS.has(body.error.code));
  };

  return {
    shown,
    async call(method, params) {
      try {
        return await pRetry(() => limit(() => attempt(method, params)), {
          retries: NEVER_RETRIED.has(method) ? 0 : (options.retries ?? 4),
          minTimeout: options.retryDelayMs ?? 250,
          maxTimeout: 5_000,
          maxRetryTime: options.patienceMs ?? 30_000,
          randomize: true,
          shouldRetry: ({ error }) =>
            error instanceof Trouble && error.passing && error.waitMs <= (options.longestWaitMs ?? 10_000),
          onFailedAttempt: async ({ error, retriesLeft }) => {
            if (!(error instanceof Trouble) || retriesLeft === 0) return;
            if (error.waitMs > 0 && error.waitMs <= (options.longestWaitMs ?? 10_000))
              await options.timer.sleep(error.waitMs);
          },
        });
      } catch (error) {
        throw error instanceof Trouble ? error.error : error;
      }
    },
  };
}

/** What a reader of a message may see of an endpoint: many providers put the key in path or query. */
export function redact(url: URL): string {
  const path = url.pathname === '/' ? '' : '/…';
  return `${url.protocol}//${url.host}${path}${url.search === '' ? '' : '?…'}`;
}

/** The same of what is no URL: somebody may have mistyped one with a key in it. */
function beginningOf(text: string): string {
  const [shown = ''] = text.slice(text.lastIndexOf('@') + 1).split(/[/?#]/, 1);
  return shown === text ? oneLine(text) : `${oneLine(shown)}…`;
}

/** A failed attempt: the error to show in the end, whether another attempt makes sense, and after which wait. */
class Trouble extends Error {
  readonly error: SipError;
  readonly passing: boolean;
  readonly waitMs: number;
  constructor(error: SipError, passing: boolean, waitMs = 0) {
    super(error.message);
    this.error = error;
    this.passing = passing;
    this.waitMs = waitMs;
  }
}

interface Parsed {
  /** Without credentials. */
  readonly url: URL;
  readonly authorization: string | undefined;
  /** What of the address may be a key, as it was written and as it reads. */
  readonly secrets: readonly string[];
}

function parse(endpoint: string): Parsed {
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw new SipError('ENDPOINT_INVALID', { endpoint: beginningOf(endpoint), reason: 'it is not a URL' });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new SipError('ENDPOINT_INVALID', { endpoint: redact(url), reason: 'it is neither http nor https' });
  const { username, password } = url;
  url.username = '';
  url.password = '';
  // fetch refuses URLs with credentials; they mean basic authentication.
  const basic =
    username === '' ? '' : btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const authorization = basic === '' ? undefined : `Basic ${basic}`;
  return { url, authorization, secrets: secretsIn(url, [basic, username, password]) };
}

function limitOf(url: URL, concurrency: number | undefined): LimitFunction {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const size = concurrency ?? (local ? LOCAL_CONCURRENCY : PUBLIC_CONCURRENCY);
  const key = `${url.host} ${size}`;
  const limit = limits.get(key) ?? pLimit(size);
  limits.set(key, limit);
  return limit;
}

interface Envelope {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

function envelope(text: string): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  if ('error' in value && value.error !== null) {
    const { error } = value;
    if (typeof error !== 'object' || error === null || !('message' in error) || !('code' in error))
      return undefined;
    return { id: value.id, error: { code: Number(error.code), message: String(error.message) } };
  }
  return 'result' in value ? { id: value.id, result: value.result } : undefined;
}

/** The body as text; undefined where it is longer than any answer may be. */
async function textOf(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    size += read.value.length;
    if (size > MAX_ANSWER_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(read.value, { stream: true });
  }
  return text + decoder.decode();
}

/** Retry-After in seconds or as an HTTP date, as milliseconds from now. */
function waitOf(header: string | null, timer: Timer): number {
  if (header === null) return 0;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - timer.now());
}

export function down(endpoint: string, reason: string, cause?: unknown): SipError {
  return new SipError('ENDPOINT_DOWN', { endpoint, reason }, cause === undefined ? {} : { cause });
}

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection fails';
  if (error.name === 'TimeoutError') return 'it takes too long';
  const inner = error.cause;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'the connection is refused',
    ECONNRESET: 'the connection breaks off',
    UND_ERR_SOCKET: 'the connection breaks off',
    ENOTFOUND: 'its name is not known',
    EAI_AGAIN: 'its name cannot be looked up',
    ETIMEDOUT: 'it takes too long',
    UND_ERR_CONNECT_TIMEOUT: 'it takes too long',
  };
  if (inner instanceof Error && inner.message === 'unexpected redirect') return 'it redirects elsewhere';
  return reasons[code] ?? (code === '' ? 'the connection fails' : `the connection fails (${code})`);
}

/** Foreign text for one line of output. */
function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300);
}
