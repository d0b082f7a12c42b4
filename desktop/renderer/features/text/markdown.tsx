import type { Nodes, RootContent, Table } from 'mdast';
import type { ReactNode } from 'react';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import './text.css';
import { useWritten, Written } from './as-written.tsx';
import { Inline } from './inline.tsx';
import { DEEPEST } from './limits.ts';

const parser = unified().use(remarkParse).use(remarkGfm);

/**
 * Markdown as React elements of an allow-list. Nothing of a document is hidden from who reviews it: what is not drawn
 * (HTML, images, links elsewhere than https or mail) is shown as the characters it is. No link leads anywhere.
 */
export function Markdown({ text }: { readonly text: string }) {
  const nodes = parse(text);
  if (nodes === null) return <Literal text={text} />;
  return (
    <Written value={text}>
      {nodes.map((node, at) => (
        <Block key={keyOf(node, at)} node={node} depth={0} />
      ))}
    </Written>
  );
}

/** A document may nest until the parser's stack ends; then it is shown as it is written. */
function parse(text: string): readonly RootContent[] | null {
  try {
    return parser.parse(text).children;
  } catch {
    return null;
  }
}

const keyOf = (node: Nodes, at: number) => node.position?.start.offset ?? at;

const Literal = ({ text }: { readonly text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: wide text is scrolled by keyboard
  <pre tabIndex={0}>
    <code>{text}</code>
  </pre>
);

const LiteralOf = ({ node }: { readonly node: Nodes }) => <Literal text={useWritten(node)} />;

function Block({ node, depth }: { readonly node: Nodes; readonly depth: number }): ReactNode {
  if (depth > DEEPEST) return <LiteralOf node={node} />;
  const blocks = (nodes: readonly Nodes[]) =>
    nodes.map((one, at) => <Block key={keyOf(one, at)} node={one} depth={depth + 1} />);
  switch (node.type) {
    case 'heading':
      return <h3>{blocks(node.children)}</h3>;
    case 'paragraph':
      return <p>{blocks(node.children)}</p>;
    case 'list':
      return node.ordered ? (
        <ol start={node.start ?? 1}>{blocks(node.children)}</ol>
      ) : (
        <ul>{blocks(node.children)}</ul>
      );
    case 'listItem':
      return (
        <li>
          {node.checked === true && '☑ '}
          {node.checked === false && '☐ '}
          {blocks(node.children)}
        </li>
      );
    case 'blockquote':
      return <blockquote>{blocks(node.children)}</blockquote>;
    case 'code':
      return (
        <>
          {node.lang && <p className="src">{[node.lang, node.meta].join(' ')}</p>}
          <Literal text={node.value} />
        </>
      );
    case 'table':
      return <Rows table={node} depth={depth} />;
    case 'thematicBreak':
      return <hr />;
    case 'definition':
      return (
        <p className="src">
          [{node.label ?? node.identifier}]: {node.url} {node.title}
        </p>
      );
    case 'footnoteDefinition':
      return (
        <div className="src">
          [{node.label ?? node.identifier}] {blocks(node.children)}
        </div>
      );
    default:
      return <Inline node={node} depth={depth} />;
  }
}

function Rows({ table, depth }: { readonly table: Table; readonly depth: number }) {
  return (
    <div className="scroll">
      <table className="table">
        <tbody>
          {table.children.map((row, line) => (
            <tr key={keyOf(row, line)}>
              {row.children.map((cell, at) => {
                // A heading without words would head nothing.
                const Cell = line === 0 && cell.children.length > 0 ? 'th' : 'td';
                return (
                  <Cell key={keyOf(cell, at)}>
                    {cell.children.map((one, place) => (
                      <Inline key={keyOf(one, place)} node={one} depth={depth + 1} />
                    ))}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
