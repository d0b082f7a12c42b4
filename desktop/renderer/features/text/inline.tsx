import type { Nodes } from 'mdast';
import type { ReactNode } from 'react';
import { DEEPEST, isPlainAddress, plainOf } from './limits.ts';

/** What stands in a line. A link is its words with the address behind them, and can't be followed. */
export function Inline({ node, depth }: { readonly node: Nodes; readonly depth: number }): ReactNode {
  if (depth > DEEPEST) return plainOf(node);
  const inlines = (nodes: readonly Nodes[]) =>
    nodes.map((one, at) => <Inline key={one.position?.start.offset ?? at} node={one} depth={depth + 1} />);
  switch (node.type) {
    case 'text':
      return node.value;
    case 'emphasis':
      return <em>{inlines(node.children)}</em>;
    case 'strong':
      return <strong>{inlines(node.children)}</strong>;
    case 'delete':
      return <del>{inlines(node.children)}</del>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'html':
      return <code title="HTML is not drawn">{node.value}</code>;
    case 'break':
      return <br />;
    case 'link':
      return (
        <>
          {inlines(node.children)}
          <Target url={node.url} words={plainOf(node)} />
        </>
      );
    case 'linkReference':
      return (
        <>
          {inlines(node.children)} <span className="src">[{node.label ?? node.identifier}]</span>
        </>
      );
    case 'footnoteReference':
      return <sup>[{node.label ?? node.identifier}]</sup>;
    case 'image':
      return <Refused what={`image left out: ${node.alt ?? ''} ${node.url}`} />;
    case 'imageReference':
      return <Refused what={`image left out: ${node.alt ?? ''} [${node.label ?? node.identifier}]`} />;
    default:
      return plainOf(node);
  }
}

function Target({ url, words }: { readonly url: string; readonly words: string }) {
  if (!isPlainAddress(url)) return <Refused what={`link left out: ${url}`} />;
  if (url === words || url === `mailto:${words}`) return null;
  return <span className="src"> ({url})</span>;
}

const Refused = ({ what }: { readonly what: string }) => <span className="src"> [{what}]</span>;
