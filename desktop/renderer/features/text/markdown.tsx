import type { PhrasingContent, RootContent } from 'mdast';
import { Fragment, type ReactNode } from 'react';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const parser = unified().use(remarkParse).use(remarkGfm);

/** Markdown as React elements of an allow-list. HTML and images are left out; a link shows its address and leads nowhere. */
export function Markdown({ text }: { readonly text: string }) {
  return <>{parser.parse(text).children.map(block)}</>;
}

type Node = RootContent | PhrasingContent;

function block(node: Node, at: number): ReactNode {
  switch (node.type) {
    case 'paragraph':
      return <p key={at}>{node.children.map(block)}</p>;
    case 'heading':
      return <h3 key={at}>{node.children.map(block)}</h3>;
    case 'list':
      return node.ordered ? (
        <ol key={at}>{node.children.map(block)}</ol>
      ) : (
        <ul key={at}>{node.children.map(block)}</ul>
      );
    case 'listItem':
      return <li key={at}>{node.children.map(block)}</li>;
    case 'blockquote':
      return <blockquote key={at}>{node.children.map(block)}</blockquote>;
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by keyboard
        <pre key={at} tabIndex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case 'table':
      return (
        <div className="scroll" key={at}>
          <table className="table">
            <tbody>{node.children.map(block)}</tbody>
          </table>
        </div>
      );
    case 'tableRow':
      return <tr key={at}>{node.children.map(block)}</tr>;
    case 'tableCell':
      return <td key={at}>{node.children.map(block)}</td>;
    case 'thematicBreak':
      return <hr key={at} />;
    default:
      return inline(node, at);
  }
}

function inline(node: Node, at: number): ReactNode {
  switch (node.type) {
    case 'text':
      return <Fragment key={at}>{node.value}</Fragment>;
    case 'emphasis':
      return <em key={at}>{node.children.map(block)}</em>;
    case 'strong':
      return <strong key={at}>{node.children.map(block)}</strong>;
    case 'delete':
      return <del key={at}>{node.children.map(block)}</del>;
    case 'inlineCode':
      return <code key={at}>{node.value}</code>;
    case 'break':
      return <br key={at} />;
    case 'link':
      return (
        <span key={at}>
          {node.children.map(block)} <span className="src">({node.url})</span>
        </span>
      );
    default:
      return null;
  }
}
