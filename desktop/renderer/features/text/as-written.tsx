import type { Nodes } from 'mdast';
import { createContext, useContext } from 'react';

/** The whole document. */
export const Written = createContext('');

/** Its characters as they stand in the document: reading them would leave some out, such as a link in an image's words. */
export function useWritten({ position }: Nodes): string {
  return useContext(Written).slice(position?.start.offset, position?.end.offset);
}

export const AsWritten = ({ node }: { readonly node: Nodes }) => useWritten(node);
