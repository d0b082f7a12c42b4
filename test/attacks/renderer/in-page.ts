import type { Recipe } from './payloads.ts';

/** Runs in the window's page, as whoever has taken it over would; it stands alone, because it is sent there as text. */

export interface Call {
  readonly name: string;
  readonly recipe: Recipe;
}

export type Answer =
  | { readonly kind: 'value'; readonly signatures: number }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  /** The bridge could not carry the payload out of the page. */
  | { readonly kind: 'not sent'; readonly message: string }
  | { readonly kind: 'never' }
  /** No answer of the contract's shape. */
  | { readonly kind: 'odd'; readonly message: string };

/** All at once. @param waitMs after which a call counts as never answered */
export async function callAll([calls, waitMs]: readonly [readonly Call[], number]): Promise<Answer[]> {
  const { council } = globalThis as unknown as {
    council: { call(name: string, request: unknown): Promise<unknown> };
  };
  const make = (recipe: unknown): unknown => {
    if (typeof recipe !== 'object' || recipe === null) return recipe;
    if (Array.isArray(recipe)) return recipe.map(make);
    const { $: what, of, count, list, text } = recipe as Record<string, unknown>;
    if (typeof what !== 'string')
      return Object.fromEntries(Object.entries(recipe).map(([key, one]) => [key, make(one)]));
    const times = Number(count);
    switch (what) {
      case 'undefined':
        return undefined;
      case 'nan':
        return Number.NaN;
      case 'infinity':
        return Number.POSITIVE_INFINITY;
      case '-infinity':
        return Number.NEGATIVE_INFINITY;
      case '-0':
        return -0;
      case 'bigint':
        return 7n;
      case 'long':
        return String(of).repeat(times);
      case 'list':
        return new Array(times).fill('x');
      case 'deep': {
        let deep: unknown = 'x';
        for (let at = 0; at < times; at += 1) deep = list ? [deep] : { a: deep };
        return deep;
      }
      case 'json':
        return JSON.parse(String(text));
      case 'cyclic': {
        const whole = make(of) as Record<string, unknown>;
        whole.self = whole;
        return whole;
      }
      case 'changing': {
        const whole = make(of) as Record<string, unknown>;
        let asked = 0;
        for (const [key, value] of Object.entries(whole))
          Object.defineProperty(whole, key, {
            enumerable: true,
            get: () => (asked++ % 2 === 0 ? value : { toString: () => '../../etc/passwd' }),
          });
        return whole;
      }
      case 'function':
        return () => 'x';
      case 'symbol':
        return Symbol('x');
      case 'proxy':
        return new Proxy({}, { get: () => 'x', ownKeys: () => ['sip', 'text'] });
      case 'node':
        return document.body;
      case 'window':
        return globalThis;
      case 'promise':
        return Promise.resolve({});
      case 'weakmap':
        return new WeakMap();
      case 'thrower':
        return {
          get sip() {
            throw new Error('x');
          },
        };
      case 'map':
        return new Map([['sip', 8]]);
      case 'set':
        return new Set([1]);
      case 'date':
        return new Date(Number.NaN);
      case 'regexp':
        return /x/g;
      case 'error':
        return new Error('x');
      case 'bytes':
        return new Uint8Array(4_096);
      case 'buffer':
        return new ArrayBuffer(8);
      case 'boxed':
        return Object('1');
      case 'sparse': {
        const sparse: unknown[] = [];
        sparse[100_000] = 1;
        return sparse;
      }
      case 'class':
        return new (class Request {
          sip = 8;
          get text() {
            return 'x';
          }
        })();
      case 'nullproto':
        return Object.assign(Object.create(null), { sip: 8 });
      default:
        throw new Error(`no recipe ${what}`);
    }
  };
  const read = (answer: unknown): Answer => {
    const { ok, value, error } = (answer ?? {}) as Record<string, Record<string, unknown> | undefined>;
    if ((ok as unknown) === true && value !== undefined) {
      const made = (value as { signatures?: unknown[] } | null)?.signatures;
      return { kind: 'value', signatures: made?.length ?? 0 };
    }
    if ((ok as unknown) === false && typeof error?.code === 'string' && error.code !== '')
      return { kind: 'error', code: error.code, message: String(error.message) };
    return { kind: 'odd', message: (JSON.stringify(answer) ?? 'nothing').slice(0, 200) };
  };
  const one = async ({ name, recipe }: Call): Promise<Answer> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<Answer>((resolve) => {
      timer = setTimeout(() => resolve({ kind: 'never' }), waitMs);
    });
    try {
      const asked = council.call(name, make(recipe)).then(read);
      return await Promise.race([asked, late]);
    } catch (error) {
      return { kind: 'not sent', message: String(error).slice(0, 200) };
    } finally {
      clearTimeout(timer);
    }
  };
  return Promise.all(calls.map(one));
}
