import { lazy, Suspense } from 'react';
import type { CouncilChangeView, ProposalView } from '#desktop/shared/views/index.ts';
import { Address, Card, Empty } from '../../components/parts.tsx';
import { SipLink } from '../../components/value.tsx';
import { GiveText } from './give-text.tsx';

/** Reading Markdown takes a parser, which the start does without. */
const Markdown = lazy(() => import('../text/markdown.tsx').then((module) => ({ default: module.Markdown })));

export function Text({ view }: { readonly view: ProposalView }) {
  const { text, digest, row, councilChange } = view;
  if (councilChange) return <Announcements change={councilChange} />;
  if (text === null)
    return (
      <>
        <Card title="Text">
          <Empty title={digest === null ? 'It names no text' : 'No text at hand has this digest'}>
            {digest === null
              ? 'Its bytes carry no digest, so nothing that was discussed says what they do.'
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

/** No digest leads from a change of the council to a text; a text can lead to it. */
function Announcements({ change: { announcedBy, hash } }: { readonly change: CouncilChangeView }) {
  return (
    <Card title="Text">
      {announcedBy.length === 0 ? (
        <Empty title="No text at hand announces it">
          A change of the council names no text. A SIP can announce one by the hash of its actions.
        </Empty>
      ) : (
        <p className="pad">
          Announced by{' '}
          {announcedBy.map((sip, at) => (
            <span key={sip}>
              {at > 0 && ', '}
              <SipLink sip={sip} />
            </span>
          ))}
          . That the text is wanted does not say that it is wanted again: look whether it has been done
          before.
        </p>
      )}
      {hash !== null && (
        <div className="pad">
          <Address value={hash} />
          <p className="src">Hash of its actions, for a SIP with record-external</p>
        </div>
      )}
    </Card>
  );
}
