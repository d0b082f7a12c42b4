import type { ImportView } from '#desktop/shared/views/index.ts';
import { Diff } from '../../components/diff.tsx';
import { FileChoice } from '../../components/file-choice.tsx';
import { Address, Card, Chip, FailureBox } from '../../components/parts.tsx';
import { hrefOf } from '../../router.tsx';
import { useAct } from '../../use-call.ts';

/** A SIP that somebody sent. Nothing of it reaches the chain before a member submits it. */
export function Import() {
  const take = useAct('sips.import');
  return (
    <Card title="Handed in" note=".sipz, patch or .md">
      <FileChoice
        label="Choose a file"
        hint="Drop a SIP here that an author sent you, or anywhere in the window."
        busy={take.isPending}
        onFile={(file) => take.mutate(file)}
      />
      {take.error && <FailureBox failure={take.error.failure} />}
      {take.data && <Imported view={take.data} />}
    </Card>
  );
}

const STATES = {
  new: 'It is among the documents now.',
  known: 'The same text was here already.',
  taken: 'Another text has this number. Both are kept; the documents show the one that was here first.',
} as const;

export function Imported({ view }: { readonly view: ImportView }) {
  const { sip, title, digest, author, authorName, state, findings, diff } = view;
  return (
    <div className="imported" role="status">
      <dl className="facts pad">
        <dt>Document</dt>
        <dd>
          <a href={hrefOf({ screen: 'sip', sip })}>
            SIP-{sip} · {title}
          </a>{' '}
          {state === 'taken' && <Chip tone="warn">! number taken</Chip>}
        </dd>
        <dt>Signed by</dt>
        <dd>
          {author === null ? (
            'nobody: who sent it is not proven'
          ) : (
            <>
              <Address value={author} /> {authorName ?? 'who is no member of this council'}
            </>
          )}
        </dd>
        <dt>Digest</dt>
        <dd>
          <Address value={digest} />
        </dd>
        <dt>Linter</dt>
        <dd>
          {findings.length === 0
            ? 'nothing to mend'
            : `${findings.length} to look at: ${findings[0]?.message}`}
        </dd>
      </dl>
      <p className="pad">{STATES[state]}</p>
      {state === 'taken' && <Diff hunks={diff} label="What differs from the document that was here" />}
    </div>
  );
}
