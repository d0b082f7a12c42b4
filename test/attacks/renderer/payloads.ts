import { type CallName, CONTRACT } from '#desktop/shared/contract.ts';
import type { Random } from '#test/verify/world.ts';
import { CHANNELS, REQUESTS } from './requests.ts';

/** What is handed to a channel, as a recipe: the page makes of it what no message between processes could carry there. */
export type Recipe =
  | null
  | boolean
  | number
  | string
  | readonly Recipe[]
  | { readonly [key: string]: Recipe };

export interface Payload {
  readonly kind: string;
  readonly recipe: Recipe;
}

/** Whom and what payloads name. */
export interface Aims {
  /** An address of this computer's that is not loopback, as a URL's origin. */
  readonly outside: string;
  /** In the name of every file that a payload would like to make. */
  readonly mark: string;
}

type Path = readonly (string | number)[];

/** Recipes with `$` are made in in-page.ts. */
const made = (what: string, more: { readonly [key: string]: Recipe } = {}): Recipe => ({ $: what, ...more });

/** Every value within, and the whole. */
function placesIn(value: Recipe, fits: (one: Recipe) => boolean, path: Path = []): readonly Path[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => placesIn(one, fits, [...path, key]))
      : [];
  return fits(value) && path.length > 0 ? [path, ...inside] : inside;
}

function put(value: Recipe, [key, ...rest]: Path, what: (old: Recipe) => Recipe): Recipe {
  if (key === undefined) return what(value);
  if (Array.isArray(value))
    return value.map((one: Recipe, at) => (String(at) === key ? put(one, rest, what) : one));
  const held = value as { readonly [key: string]: Recipe };
  return { ...held, [key]: put(held[key] ?? null, rest, what) };
}

/** One value of the request replaced; the whole where there is none of that kind. */
function replaced(
  request: Recipe,
  random: Random,
  what: (old: Recipe) => Recipe,
  fits: (one: Recipe) => boolean = () => true,
): Recipe {
  const places = placesIn(request, fits);
  return places.length === 0 ? what(request) : put(request, random.pick(places), what);
}

const isText = (one: Recipe) => typeof one === 'string';
const isCount = (one: Recipe) => typeof one === 'number' || (typeof one === 'string' && /^\d+$/.test(one));
const PATHS = (mark: string): readonly string[] => [
  '../../etc/passwd',
  `../../../../../../tmp/${mark}`,
  `/tmp/${mark}`,
  `/etc/${mark}`,
  `~/${mark}`,
  `..\\..\\${mark}`,
  `sip-0009-/../../../${mark}.md`,
  `sip-0009-..%2f..%2f${mark}.md`,
  `sip-0009-${mark}\u0000.md`,
  `../sip-0009-${mark}.md`,
  `./../../desktop.json`,
  `../profiles/${mark}.json`,
  `file:///tmp/${mark}`,
  `\\\\127.0.0.1\\c$\\${mark}`,
  '/proc/self/environ',
  '../../sandbox/window/sandbox.json',
];
const HOSTILE_TEXT = (mark: string): readonly string[] => [
  `$(touch ${mark})`,
  `'; touch ${mark}; '`,
  `| touch /tmp/${mark}`,
  `--upload-pack=touch ${mark}`,
  `--output=/tmp/${mark}`,
  '\u0000',
  '\ud800',
  '\u202egpj.exe',
  '&a [*a, *a]',
  '!!js/function "function(){}"',
  'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]',
  '{"kind":"key.sign"}',
  '%s%s%s%n',
  '',
  ' ',
  '-0',
];
const URLS = (outside: string, mark: string): readonly string[] => [
  `${outside}/${mark}`,
  outside.replace('http:', 'https:'),
  outside.replace('http:', 'ws:'),
  outside.replace('http://', 'http://user:pass@'),
  ` ${outside} `,
  outside.replace('http:', 'HTTP:'),
  outside.replace('http://', 'http:\\\\'),
  `file:///tmp/${mark}`,
  'javascript:alert(1)',
  'data:text/html,x',
  'app://console/confirm.html',
];
const LOOK_ALIKES = (key: string, random: Random): string => {
  const at = random.below(Math.max(1, key.length));
  const changed = (by: string) => key.slice(0, at) + by + key.slice(at + 1);
  return random.pick([
    changed('1'),
    changed('0'),
    changed('О'),
    `${key} `,
    `\u200b${key}`,
    key.toLowerCase(),
    key.slice(0, -1),
    key + key,
    [...key].reverse().join(''),
    '11111111111111111111111111111111',
  ]);
};
const OTHER_IDS = [
  ...['0', '1', '4', '00', '01', '1e0', '0x1', '18446744073709551615', '99999999999999999999', '-1'],
  ...[
    'epoch-admin',
    'guardian',
    'profile',
    'embedded',
    'embedded:window',
    'window',
    'constructor',
    '__proto__',
  ],
  ...[
    'sip-0002-whitelist-the-four-launch-lsts.md',
    'template.md',
    'README.md',
    'sandbox.json',
    'desktop.json',
  ],
];
const ODD_NUMBERS: readonly Recipe[] = [
  ...['nan', 'infinity', '-infinity', '-0', 'bigint'].map((what) => made(what)),
  ...[-1, 0.5, 2 ** 31, 2 ** 53, 1e308, 5e-324, 65_536, 10_000, 31_536_001, Number.MAX_SAFE_INTEGER],
];
const OTHER_TYPES: readonly Recipe[] = [null, true, 0, 1, '', 'x', [], {}, [[]], [null], made('undefined')];
const OTHER_OBJECTS = [
  'map',
  'set',
  'date',
  'regexp',
  'error',
  'bytes',
  'buffer',
  'boxed',
  'sparse',
  'class',
  'nullproto',
];
/** No message between processes can carry them: the bridge itself may refuse. */
const UNSENDABLE = ['function', 'symbol', 'proxy', 'node', 'promise', 'weakmap', 'thrower', 'window'];

type Make = (request: Recipe, random: Random, aims: Aims) => Recipe;

/** Kinds of payload; each is tried on each channel. */
export const KINDS: Readonly<Record<string, Make>> = {
  'as it should be': (request) => request,
  'another type': (_, random) => random.pick(OTHER_TYPES),
  'a value of another type': (request, random) => replaced(request, random, () => random.pick(OTHER_TYPES)),
  'a value left out': (request, random) => {
    const held = request as { readonly [key: string]: Recipe };
    const keys = Object.keys(held);
    const gone = keys.length === 0 ? undefined : random.pick(keys);
    return Object.fromEntries(Object.entries(held).filter(([key]) => key !== gone));
  },
  'a value more': (request, random) => ({
    ...(request as object),
    [random.pick(['path', 'dataDir', 'source', 'message', 'seat', 'toJSON', 'then', 'length', '0', ''])]:
      random.pick(OTHER_TYPES),
  }),
  'a value in a list': (request, random) => replaced(request, random, (old) => [old, old]),
  'a very long text': (request, random) =>
    replaced(
      request,
      random,
      () =>
        made('long', {
          of: random.pick(['a', '\u0000', '(', '> ', '\n', 'é', '0']),
          count: random.pick([65, 4_097, 300_000, 2_000_000]),
        }),
      isText,
    ),
  'a deep object': (request, random) =>
    replaced(request, random, () =>
      made('deep', { count: random.pick([50, 900, 20_000]), list: random.pick([true, false]) }),
    ),
  'a long list': (request, random) =>
    replaced(request, random, () => made('list', { count: random.pick([256, 50_000]) })),
  'keys of the prototype': (request, random) => {
    const key = random.pick([
      '__proto__',
      'constructor',
      'prototype',
      '__defineGetter__',
      'hasOwnProperty',
      'toString',
    ]);
    const bad = `{${JSON.stringify(key)}:{"polluted":true,"prototype":{"polluted":true},"ok":true,"kind":"keypair"}`;
    return made('json', {
      text: `${bad}${JSON.stringify(request) === '{}' ? '' : `,${JSON.stringify(request).slice(1, -1)}`}}`,
    });
  },
  'a path': (request, random, { mark }) => replaced(request, random, () => random.pick(PATHS(mark)), isText),
  'an address elsewhere': (request, random, { outside, mark }) =>
    replaced(request, random, () => random.pick(URLS(outside, mark)), isText),
  'a number out of range': (request, random) =>
    replaced(request, random, () => random.pick(ODD_NUMBERS), isCount),
  'a key that looks alike': (request, random) =>
    replaced(request, random, (old) => LOOK_ALIKES(typeof old === 'string' ? old : 'x', random), isText),
  'an id of something else': (request, random) =>
    replaced(request, random, () => random.pick(OTHER_IDS), isText),
  'a hostile text': (request, random, { mark }) =>
    replaced(request, random, () => random.pick(HOSTILE_TEXT(mark)), isText),
  'a text with one character changed': (request, random) =>
    replaced(
      request,
      random,
      (old) => {
        const text = String(old);
        const at = random.below(text.length + 1);
        return (
          text.slice(0, at) +
          random.pick(['/', '..', '\u0000', '\n', '"', '9', '😀', '']) +
          text.slice(at + random.below(2))
        );
      },
      isText,
    ),
  'another number': (request, random) =>
    replaced(
      request,
      random,
      () => random.below(10_000),
      (one) => typeof one === 'number',
    ),
  'a request of another channel': (_, random) =>
    random.pick<Recipe>(REQUESTS[random.pick(CHANNELS)] as unknown as readonly Recipe[]),
  'an object that contains itself': (request) => made('cyclic', { of: request }),
  'another kind of object': (request, random) =>
    replaced(request, random, () => made(random.pick(OTHER_OBJECTS))),
  'what cannot be sent': (request, random) => replaced(request, random, () => made(random.pick(UNSENDABLE))),
  'an object that changes': (request) => made('changing', { of: request }),
};

export const KIND_NAMES = Object.keys(KINDS);

export function payloadOf(channel: CallName, kind: string, random: Random, aims: Aims): Payload {
  const request = random.pick<Recipe>(REQUESTS[channel] as unknown as readonly Recipe[]);
  return { kind, recipe: KINDS[kind]!(request, random, aims) };
}

/** Whether it is JSON and nothing else: then the bridge has no reason to refuse it, and main has to answer. */
export const isPlain = (recipe: Recipe): boolean => !JSON.stringify(recipe).includes('{"$":');

/** Whether the door lets it in. */
export const isAccepted = (channel: CallName, recipe: Recipe): boolean =>
  isPlain(recipe) && CONTRACT[channel].request.safeParse(recipe).success;
