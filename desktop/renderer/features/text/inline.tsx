import type { Nodes } from 'mdast';
import type { ReactNode } from 'react';
import { AsWritten } from './as-written.tsx';
import { DEEPEST, isPlainAddress, plainOf } from './limits.ts';

/** What stands in a line. A link is its words with the address behind them, and can't be followed. */
export function Inline({ node, depth }: { readonly node: Nodes; readonly depth: number }): ReactNode {
  if (depth > DEEPEST) return <AsWritten node={node} />;
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
          <Target url={node.url} title={titleOf(node)} words={plainOf(node)} />
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
    case 'imageReference':
      return (
        <span className="src">
          {' '}
          [image left out: <AsWritten node={node} />]
        </span>
      );
    default:
      return <AsWritten node={node} />;
  }
}

/** What a browser would show only to who waits with the pointer. */
const titleOf = ({ title }: { readonly title?: string | null | undefined }): string =>
  title ? ` “${title}”` : '';

function Target(props: { readonly url: string; readonly title: string; readonly words: string }) {
  const { url, title, words } = props;
  if (!isPlainAddress(url)) return <Refused what={`link left out: ${url}${title}`} />;
  if (title === '' && (url === words || url === `mailto:${words}`)) return null;
  return (
    <span className="src">
      {' '}
      ({url}
      {title})
    </span>
  );
}

const Refused = ({ what }: { readonly what: string }) => <span className="src"> [{what}]</span>;
