import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** JavaScript that the page loads before anybody has clicked: the entry and what it imports, and so on. */
export function startFiles(renderer: string): readonly string[] {
  const html = readFileSync(join(renderer, 'index.html'), 'utf8');
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const text = readFileSync(join(renderer, name), 'utf8');
    for (const [, next] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g))
      if (next) add(join('assets', next));
  };
  for (const [, name] of html.matchAll(/<script[^>]+src="\.?\/?([^"]+\.js)"/g)) if (name) add(name);
  return [...found];
}

export const gzippedBytes = (renderer: string, names: readonly string[]): number =>
  names.reduce((all, name) => all + gzipSync(readFileSync(join(renderer, name)), { level: 9 }).length, 0);
