import { isSipError } from '#governance/errors.ts';
import { digestOf } from '#governance/sip/digest.ts';
import type { Sip } from '#governance/sip/document.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import { type VerifyInput, verifyTransaction } from '#governance/verify/index.ts';
import { Random } from '#test/verify/world.ts';
import { type Attack, seedOf, Tally } from './attack.ts';
import { BIDI, LOOK_ALIKES, TAGS, ZERO_WIDTH } from './support/hostile-characters.ts';
import { makeTexts, type Proposed, proposedText, reviewOf } from './support/proposed.ts';

/** A text that is not the one the bytes were made of. */

const TEXTS = makeTexts();
const INVISIBLE = [...BIDI, ...ZERO_WIDTH, ...TAGS];
/** Lines that may change while a SIP is decided, and are no part of its digest. */
const LIVING = /^(Status|Updated):/;

/** Every line of every text that counts: header values, action values and prose alike. */
const FIELDS = TEXTS.flatMap((bytes, text) =>
  new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((line, at) => (line === '' || LIVING.test(line) ? [] : [{ text, at }])),
);
const CELLS = FIELDS.length * INVISIBLE.length;
/** Prime, and no divisor of the number of cells: a short run is spread over all of them, a long one meets each once. */
const STRIDE = 1_000_003;

const insert = (line: string, at: number, what: string) => line.slice(0, at) + what + line.slice(at);
const pointName = (point: number) =>
  BIDI.includes(point)
    ? 'a bidi control in a line'
    : TAGS.includes(point)
      ? 'a tag character in a line'
      : 'a character without width in a line';

type Change = (lines: string[], random: Random) => boolean;

/** Picks a line that counts and is long enough; -1 where there is none. */
function pick(lines: readonly string[], random: Random, fits: (line: string) => boolean): number {
  const all = lines.flatMap((line, at) => (!LIVING.test(line) && fits(line) ? [at] : []));
  return all.length === 0 ? -1 : random.pick(all);
}

function replacing(fits: RegExp, by: (found: string, random: Random) => string): Change {
  return (lines, random) => {
    const at = pick(lines, random, (line) => fits.test(line));
    if (at < 0) return false;
    const places = [...lines[at]!.matchAll(new RegExp(fits, 'g'))];
    const place = random.pick(places);
    const from = place.index;
    lines[at] = lines[at]!.slice(0, from) + by(place[0], random) + lines[at]!.slice(from + place[0].length);
    return true;
  };
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const other = (one: string, of: string, random: Random) =>
  random.pick([...of].filter((each) => each !== one));

const CHANGES: Readonly<Record<string, Change>> = {
  'another digit': replacing(/[0-9]/, (digit, random) => other(digit, '0123456789', random)),
  'a digit more': replacing(/[0-9]/, (digit, random) => digit + random.below(10)),
  'a character of an address': replacing(/[1-9A-HJ-NP-Za-km-z]{32,44}/, (key, random) => {
    const at = random.below(key.length);
    return key.slice(0, at) + other(key[at]!, BASE58, random) + key.slice(at + 1);
  }),
  'the ends of an address kept': replacing(/[1-9A-HJ-NP-Za-km-z]{43,44}/, (key, random) => {
    const middle = Array.from({ length: key.length - 8 }, () => random.pick([...BASE58]));
    return key.slice(0, 4) + middle.join('') + key.slice(-4);
  }),
  'a look-alike letter': replacing(
    new RegExp(
      `[${Object.keys(LOOK_ALIKES)
        .filter((each) => each !== '-')
        .join('')}-]`,
    ),
    (letter) => LOOK_ALIKES[letter]!,
  ),
  'another letter': replacing(/[a-z]/, (letter, random) =>
    other(letter, 'abcdefghijklmnopqrstuvwxyz', random),
  ),
  'another case': replacing(/[a-z]/, (letter) => letter.toUpperCase()),
  'a blank more inside a line': replacing(/\S \S/, (found) => `${found[0]}  ${found[2]}`),
  'a blank line more': (lines, random) => {
    // Not behind the last line: how many line ends a file has there is no part of what it says.
    lines.splice(random.below(lines.length - 1), 0, '');
    return true;
  },
  'a line left out': (lines, random) => {
    const at = pick(lines, random, (line) => line !== '');
    lines.splice(at, 1);
    return at >= 0;
  },
  'a line twice': (lines, random) => {
    const at = pick(lines, random, (line) => line !== '');
    lines.splice(at, 0, lines[at]!);
    return at >= 0;
  },
  'two lines swapped': (lines, random) => {
    const at = pick(lines, random, (line) => line !== '');
    if (at < 0 || at + 1 >= lines.length || lines[at] === lines[at + 1] || LIVING.test(lines[at + 1]!))
      return false;
    [lines[at], lines[at + 1]] = [lines[at + 1]!, lines[at]!];
    return true;
  },
  'words of its own': (lines, random) => {
    const at = pick(lines, random, (line) => /^[A-Z].* /.test(line) && !line.includes(':'));
    if (at < 0) return false;
    lines[at] +=
      ` ${random.pick(['The cap is unlimited.', 'Approved.', '<!-- approved -->', '[ok](https://x.y)'])}`;
    return true;
  },
};

const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\n'));
const linesOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes).split('\n');

/** A changed text and what was done to it: another change where the one whose turn it is can't be made. */
function changed(turn: number, base: Proposed, random: Random): { name: string; bytes: Uint8Array } {
  const names = Object.keys(CHANGES);
  for (let at = turn; ; at += 1) {
    const lines = linesOf(base.bytes);
    const name = names[at % names.length]!;
    if (CHANGES[name]!(lines, random)) return { name, bytes: bytesOf(lines) };
  }
}

function withInvisible(cell: number, random: Random): { text: number; name: string; bytes: Uint8Array } {
  const { text, at } = FIELDS[Math.floor(cell / INVISIBLE.length)]!;
  const point = INVISIBLE[cell % INVISIBLE.length]!;
  const lines = linesOf(TEXTS[text]!);
  lines[at] = insert(lines[at]!, random.below(lines[at]!.length + 1), String.fromCodePoint(point));
  return { text, name: pointName(point), bytes: bytesOf(lines) };
}

type Verify = (input: VerifyInput) => { readonly verdict: string };

/** Undefined where the parser refuses it, which is the first line of defence. */
function parsed(bytes: Uint8Array): Sip | undefined {
  try {
    return parseUnnamed(bytes, 'attack.md');
  } catch (error) {
    if (isSipError(error, 'SIP_INVALID')) return undefined;
    throw error;
  }
}

/**
 * Three ways in which such a text could pass: it has the digest of the discussed one, its own proposal is taken for
 * the discussed one's, or its actions are under the digest of the discussed one.
 */
function problemOf(base: Proposed, bytes: Uint8Array, verify: Verify): string | undefined {
  const text = parsed(bytes);
  if (text === undefined) return undefined;
  if (text.digest === base.sip.digest) return 'the digest is the same';
  if (verify(reviewOf(base, text, base.sip)).verdict === 'match')
    return 'called a match with the bytes of another text';
  if (verify(reviewOf(base, base.sip, text)).verdict === 'match')
    return 'its bytes are called a match with another text';
  const forged = reviewOf(base, base.sip, { ...text, digest: base.sip.digest });
  const honest = reviewOf(base, base.sip, base.sip);
  const same = Buffer.from(forged.accounts.transaction!.data).equals(honest.accounts.transaction!.data);
  // Prose alone has changed: under the discussed digest those are the discussed text's own bytes.
  if (!same && verify(forged).verdict === 'match') return 'its actions pass under the digest of another text';
  return undefined;
}

function run(seed: number, from: number, count: number, honest: number, verify: Verify = verifyTransaction) {
  const bases = TEXTS.map((bytes, at) => proposedText(bytes, seed + at));
  const tally = new Tally();
  for (let at = from; at < from + count; at += 1) {
    const random = new Random(seedOf(seed, at));
    const place = ` (try ${at} of seed ${seed})`;
    // Every second try until each cell was met, then all are drawn.
    if (at % 2 === 0 && at / 2 < CELLS) {
      const { text, name, bytes } = withInvisible(((at / 2) * STRIDE) % CELLS, random);
      const problem = problemOf(bases[text]!, bytes, verify);
      tally.try(name, problem && problem + place);
      continue;
    }
    const base = random.pick(bases);
    const { name, bytes } = changed(at >> 1, base, random);
    const problem = problemOf(base, bytes, verify);
    tally.try(name, problem && problem + place);
  }
  for (let at = 0; at < honest; at += 1) tally.accept(honestProblem(random(seed, from + at), bases, verify));
  return tally.outcome;
}

const random = (seed: number, at: number) => new Random(seedOf(seed + 1, at));

/** The status moves on, line ends and trailing blanks come and go: the text stays the one that was discussed. */
function honestProblem(by: Random, bases: readonly Proposed[], verify: Verify): string | undefined {
  const base = by.pick(bases);
  const lines = linesOf(base.bytes).map((line) =>
    line.startsWith('Status:')
      ? `Status: ${by.pick(['Draft', 'Review', 'Submitted', 'Executed'])}`
      : line + ' '.repeat(by.below(2)),
  );
  const bytes = new TextEncoder().encode(lines.join(by.pick(['\n', '\r\n'])));
  const text = parsed(bytes);
  if (text === undefined) return 'refused by the parser';
  if (digestOf(bytes) !== base.sip.digest) return 'another digest';
  const { verdict } = verify(reviewOf(base, text, base.sip));
  return verdict === 'match' ? undefined : `called ${verdict}`;
}

/** A verifier that looks at the actions and not at the text, and one that looks at the text and not at the actions. */
const DEFECTS: Readonly<Record<string, Verify>> = {
  'believes the announcement': (input) => {
    const digest = Buffer.from(input.text!.digest, 'hex');
    return {
      verdict: Buffer.from(input.accounts.transaction!.data).includes(digest) ? 'match' : 'different',
    };
  },
  'shows every text as the one': () => ({ verdict: 'match' }),
};

export const text: Attack = {
  name: 'attack:text',
  what: 'Texts that differ from what their bytes were made of, in any character: none is shown as match.',
  unit: 'changed texts',
  full: Math.max(100_000, 2 * CELLS),
  slice: 500,
  honestIn: (count) => Math.ceil(count / 50),
  classes: [
    'a bidi control in a line',
    'a tag character in a line',
    'a character without width in a line',
    ...Object.keys(CHANGES),
  ],
  classesFrom: 400,
  run: ({ seed, from, count, honest }) => run(seed, from, count, honest),
  missedDefects: (seed) =>
    Object.entries(DEFECTS).flatMap(([name, verify]) =>
      run(seed, 0, 200, 0, verify).broken.length === 0 ? [name] : [],
    ),
};
