import type { Nodes } from 'mdast';

/** Quotes within lists within quotes: deeper than this nobody reads, and drawing it costs more than it says. */
export const DEEPEST = 24;

/** The characters of a node, without its marks. Without recursion: what is asked about may nest without end. */
export function plainOf(node: Nodes): string {
  const parts: string[] = [];
  const open: Nodes[] = [node];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if ('value' in one) parts.push(one.value);
    if ('children' in one) open.push(...one.children.toReversed());
  }
  return parts.join('\n');
}

/** Addresses that a document may name as a link. */
export const isPlainAddress = (url: string): boolean => /^(?:https:\/\/|mailto:)/i.test(url);
