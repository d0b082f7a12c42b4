import bs58 from 'bs58';
import type { Random } from '#test/verify/world.ts';

/** Lies in an endpoint's answer: one field of its JSON is something else. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Path = readonly (string | number)[];

/** Every value in it, the whole answer first. */
export function pathsOf(value: Json, before: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [before];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each as Json, [...before, Array.isArray(value) ? Number(key) : key]),
  );
  return [before, ...inner];
}

/** `value.0.data.0` → `value.*.data.*`: which field it is, in whatever element. */
export const fieldName = (path: Path): string =>
  path.length === 0 ? 'the answer' : path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');

export const at = (value: Json, path: Path): Json =>
  path.reduce<Json>((inner, step) => (inner as { [key: string]: Json })[step]!, value);

/** `undefined` takes the field away. */
export function replaced(value: Json, path: Path, by: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return by ?? null;
  if (Array.isArray(value)) {
    const copy = [...(value as Json[])];
    if (rest.length === 0 && by === undefined) copy.splice(Number(step), 1);
    else copy[Number(step)] = replaced(copy[Number(step)]!, rest, by);
    return copy;
  }
  const copy = { ...(value as { [key: string]: Json }) };
  if (rest.length === 0 && by === undefined) delete copy[step];
  else copy[step] = replaced(copy[step]!, rest, by);
  return copy;
}

/** What stands there is told otherwise: in its own type first of all, in another one, or not at all. */
export function lieAbout(value: Json, random: Random): Json | undefined {
  if (random.below(6) === 0)
    return random.pick<Json | undefined>([undefined, null, true, -1, 1.5, 2 ** 60, '', 'x', [], {}, [[]]]);
  if (typeof value === 'number')
    return random.pick([value + 1, value - 1, value * 2, 0, value + random.below(1_000)]);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return lieAboutText(value, random);
  if (Array.isArray(value)) return lieAboutList(value as readonly Json[], random);
  return null;
}

function lieAboutText(text: string, random: Random): string {
  const key = bs58.decodeUnsafe(text);
  if (key?.length === 32) return bs58.encode(random.bytes(32));
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < 8) return `${text}x`;
  const copy = Uint8Array.from(bytes);
  copy[random.below(copy.length)]! ^= 1 + random.below(255);
  const changed = random.pick([
    copy,
    copy,
    copy,
    bytes.subarray(1),
    bytes.subarray(0, -1),
    Uint8Array.from([...bytes, 0]),
  ]);
  return Buffer.from(changed).toString('base64');
}

function lieAboutList(list: readonly Json[], random: Random): readonly Json[] {
  if (list.length < 2) return [...list, ...list];
  const copy = [...list];
  const [one, other] = [random.below(list.length), random.below(list.length)];
  [copy[one], copy[other]] = [copy[other]!, copy[one]!];
  return random.pick([copy, list.slice(1), list.slice(0, -1), [...list, list[0]!]]);
}
