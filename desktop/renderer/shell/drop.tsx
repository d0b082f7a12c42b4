import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Route } from '#desktop/shared/route.ts';
import { Button, Card, FailureBox } from '../components/parts.tsx';
import { Taken } from '../components/taken-statements.tsx';
import { NotTaken } from '../features/proposal/give-text.tsx';
import { Imported } from '../features/sips/import.tsx';
import { useRoute } from '../router.tsx';
import { seenView } from '../use-call.ts';
import './drop.css';
import { type Dropped, filesOf, takeFiles } from './dropped.ts';
import { useFileDrag } from './file-drag.ts';

/** Files that are dropped anywhere in the window: what will be taken while they are over it, and what became of them. */
export function Drop() {
  const route = useRoute();
  const client = useQueryClient();
  const [reading, setReading] = useState(false);
  const [dropped, setDropped] = useState<readonly Dropped[]>([]);
  const take = async (files: readonly File[], transactionIndex: string | null) => {
    setReading(true);
    setDropped([]);
    try {
      setDropped(await takeFiles(files, transactionIndex));
    } finally {
      setReading(false);
      await client.invalidateQueries();
    }
  };
  const over = useFileDrag((transfer) => void take(filesOf(transfer), textMissingAt(route, client)));
  return (
    <>
      <div aria-live="polite">
        {over && <Over transactionIndex={textMissingAt(route, client)} />}
        {reading && <p className="banner plain">Reading what was dropped</p>}
      </div>
      {dropped.length > 0 && <Told dropped={dropped} onClose={() => setDropped([])} />}
    </>
  );
}

/** The transaction that is looked at, where it names a text that is not at hand: then a document is given for it. */
function textMissingAt(route: Route, client: QueryClient): string | null {
  if (route.screen !== 'proposal') return null;
  const { transactionIndex } = route;
  const view = seenView(client, 'proposals.read', { transactionIndex });
  return view?.text === null && view.digest !== null ? transactionIndex : null;
}

const Over = ({ transactionIndex }: { readonly transactionIndex: string | null }) => (
  <div className="drop-over">
    <div>
      {transactionIndex === null ? (
        <>
          <strong>Drop it to hand in a SIP</strong>
          <p>
            A .sipz, an .md or a patch; or, as .jsonl, a reviewer’s request for changes or a member’s receipt.
            It is kept on this computer; nothing is sent.
          </p>
        </>
      ) : (
        <>
          <strong>Drop the text of transaction {transactionIndex}</strong>
          <p>A .sipz, an .md or a patch. It is taken only if its digest is the one on chain.</p>
        </>
      )}
    </div>
  </div>
);

function Told(props: { readonly dropped: readonly Dropped[]; readonly onClose: () => void }) {
  const { dropped, onClose } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs it
    <section className="dropped" aria-label="What was dropped" tabIndex={0}>
      {dropped.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
        <Card key={at} title={one.name}>
          <Became of={one} />
        </Card>
      ))}
      <Button onPress={onClose}>Close</Button>
    </section>
  );
}

function Became({ of: { became } }: { readonly of: Dropped }) {
  switch (became.kind) {
    case 'imported':
      return <Imported view={became.view} />;
    case 'failed':
      return <FailureBox failure={became.failure} />;
    case 'statements':
      return <Taken of={became.taken} />;
    case 'left':
      return (
        <p className="pad" role="alert">
          {became.because}
        </p>
      );
    case 'given':
      return became.given.taken ? (
        <p className="pad" role="status">
          It is the text of transaction {became.transactionIndex}, and is compared with its bytes now.
        </p>
      ) : (
        <NotTaken given={became.given} />
      );
  }
}
