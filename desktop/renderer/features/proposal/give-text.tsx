import type { GivenText } from '#desktop/shared/views/index.ts';
import { Diff } from '../../components/diff.tsx';
import { FileChoice } from '../../components/file-choice.tsx';
import { Address, Card, FailureBox } from '../../components/parts.tsx';
import { useAct } from '../../use-call.ts';

/** The text that is missing; taken only if it is the very one. */
export function GiveText({ transactionIndex }: { readonly transactionIndex: string }) {
  const give = useAct('proposals.give-text');
  return (
    <Card title="Give the text">
      <FileChoice
        label="Choose the document"
        hint="Drop the document here. It is taken only if its digest is the one on chain."
        busy={give.isPending}
        onFile={(file) => give.mutate({ transactionIndex, ...file })}
      />
      {give.error && <FailureBox failure={give.error.failure} />}
      {give.data && !give.data.taken && <NotTaken given={give.data} />}
    </Card>
  );
}

export function NotTaken({ given: { digest, expected, diff } }: { readonly given: GivenText }) {
  return (
    <div role="alert">
      <p className="pad">This is another text. It was not taken, and nothing was sent.</p>
      <dl className="facts pad">
        <dt>On chain</dt>
        <dd>
          <Address value={expected} />
        </dd>
        <dt>Of this text</dt>
        <dd>
          <Address value={digest} />
        </dd>
      </dl>
      {diff.length > 0 && <Diff hunks={diff} label="What differs from the document at hand of this number" />}
    </div>
  );
}
