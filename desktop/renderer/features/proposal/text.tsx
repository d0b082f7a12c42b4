import { lazy, Suspense } from 'react';
import type { ProposalView } from '#desktop/shared/views.ts';
import { Address, Card, Empty } from '../../components/parts.tsx';
import { GiveText } from './give-text.tsx';

/** Reading Markdown takes a parser, which the start does without. */
const Markdown = lazy(() => import('../text/markdown.tsx').then((module) => ({ default: module.Markdown })));

export function Text({ view: { text, digest, row } }: { readonly view: ProposalView }) {
  if (text === null)
    return (
      <>
        <Card title="Text">
          <Empty title="No text at hand has this digest">
            {digest === null
              ? 'The message names no digest, so no text belongs to it.'
              : 'Ask the author for the document with it; only the very same text has this digest.'}
          </Empty>
          {digest !== null && (
            <p className="pad">
              <Address value={digest} />
            </p>
          )}
        </Card>
        {digest !== null && <GiveText transactionIndex={row.transactionIndex} />}
      </>
    );
  return text.sections.map(({ name, markdown }) => (
    <Card key={name} title={name}>
      <div className="prose">
        <Suspense fallback={<p className="src">Reading the text…</p>}>
          <Markdown text={markdown} />
        </Suspense>
      </div>
    </Card>
  ));
}
