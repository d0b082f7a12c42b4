import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseLink } from '#desktop/shared/route.ts';

/** What nothing here can run is at least held to what the package for Linux is made of. */

interface Config {
  readonly directories: { readonly app: string; readonly output: string };
  readonly asarUnpack: readonly string[];
  readonly electronLanguages: readonly string[];
  readonly protocols: readonly { readonly schemes: readonly string[] }[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
}
const load = (name: string) => import(resolve(import.meta.dirname, name));
const { FUSES } = (await load('fuses.mjs')) as { FUSES: Readonly<Record<string, { readonly on: boolean }>> };
const { LANGUAGE, UNPACKED } = (await load('contents.mjs')) as {
  LANGUAGE: string;
  UNPACKED: readonly string[];
};
const config = parse(readFileSync(join(import.meta.dirname, 'electron-builder.yml'), 'utf8')) as Config;

it('has the fuses of the package for Linux, every one', () => {
  const wanted = Object.entries(FUSES).map(([name, { on }]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    on,
  ]);
  expect(config.electronFuses).toEqual(Object.fromEntries(wanted));
});

it('has the same beside the archive, the same language and the scheme that the app opens', () => {
  expect(config.asarUnpack).toEqual(UNPACKED);
  expect(config.electronLanguages).toEqual([LANGUAGE]);
  const links = config.protocols
    .flatMap(({ schemes }) => schemes)
    .map((scheme) => parseLink(`${scheme}://sip/7`));
  expect(links).toEqual([{ screen: 'sip', sip: 7 }]);
});

it('names no path that is not there', () => {
  expect(config.directories).toEqual({ app: '${env.APP_FOLDER}', output: 'build/package' });
  const { directories: _, asarUnpack: __, ...rest } = config;
  const paths = stringsIn(rest).filter(
    (text) => text.includes('/') || /\.(?:ic(?:o|ns)|png|plist|mjs|js|rtf)$/.test(text),
  );
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

const stringsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];
