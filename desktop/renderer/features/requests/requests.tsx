import { useEffect, useRef, useState } from 'react';
import type { ChangeRequestView, Seat } from '#desktop/shared/views/index.ts';
import { ActState, SaveState } from '../../components/outcome.tsx';
import { Address, Button, Card, Chip, Loaded } from '../../components/parts.tsx';
import { TakeStatements } from '../../components/take-statements.tsx';
import { momentText } from '../../format.ts';
import { useAct, useView } from '../../use-call.ts';
import './requests.css';

interface Props {
  readonly sip: number;
  /** Of the text that is shown: what is signed is about that one. */
  readonly digest: string;
  /** Where files of reviewers are taken in. */
  readonly takes?: boolean;
}

/** What reviewers want changed in a text, before it is proposed as well as after. No vote, and nothing waits for it. */
export function ChangeRequests({ sip, digest, takes = false }: Props) {
  const view = useView('sips.requests', { digest });
  const state = useView('state.read', {}).data;
  const me = state?.seats.find(({ id }) => id === state.seat);
  return (
    <Card title="Requests for changes" note="signed by reviewers; no votes">
      <Loaded view={view}>
        {({ requests, problems }) => (
          <>
            {problems.map((problem) => (
              <p key={problem} className="pad problem" role="alert">
                {problem}
              </p>
            ))}
            {requests.length === 0 && <p className="pad src">None lies beside the document.</p>}
            {requests.length > 0 && (
              <ol className="history requests">
                {requests.map((request) => (
                  <Request key={request.id} request={request} shown={digest} />
                ))}
              </ol>
            )}
          </>
        )}
      </Loaded>
      <Ask sip={sip} digest={digest} me={me} looking={state !== undefined && me === undefined} />
      {takes && (
        <TakeStatements label="Choose a request" hint="Drop a request here that a reviewer sent you." />
      )}
    </Card>
  );
}

interface RequestProps {
  readonly request: ChangeRequestView;
  /** Digest of the text on the screen. */
  readonly shown: string;
}

function Request({ request, shown }: RequestProps) {
  const { id, seat, publicKey, standing, at, text, open, digest, faults } = request;
  const save = useAct('sips.export-request');
  return (
    <li>
      <span className="src">{momentText(at)}</span>
      <div>
        <div>
          <span className="name">{seat}</span> <Standing request={request} />{' '}
          {standing !== '' && <Chip tone="bad">! {standing}</Chip>}
        </div>
        <p className="wanted">{text}</p>
        {faults.map((fault) => (
          <p key={fault}>
            <span className="sym bad" aria-hidden="true">
              !
            </span>{' '}
            {fault}
          </p>
        ))}
        <div>
          <Address value={publicKey} />
        </div>
        {!open && (
          <p className="src">
            About the text with the digest <Address value={digest} />
          </p>
        )}
        <Button size="small" disabled={save.isPending} onPress={() => save.mutate({ digest: shown, id })}>
          Save as file
        </Button>
        <SaveState save={save} />
      </div>
    </li>
  );
}

/** Of one that is not what it says nothing else counts. */
function Standing({ request: { open, faults } }: { readonly request: ChangeRequestView }) {
  if (faults.length > 0) return <Chip tone="bad">! not what it says</Chip>;
  return open ? <Chip tone="warn">about this text</Chip> : <Chip>answered by a new text</Chip>;
}

interface AskProps extends Omit<Props, 'takes'> {
  readonly me: Seat | undefined;
  /** Nobody signs. */
  readonly looking: boolean;
}

function Ask({ sip, digest, me, looking }: AskProps) {
  /** Digest of the text that was shown when it was begun; null while nothing is asked. */
  const [begun, setBegun] = useState<string | null>(null);
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const ask = useAct('sips.request-changes');
  // The button asked for this form: its one field is what comes next.
  useEffect(() => {
    if (begun !== null) field.current?.focus();
  }, [begun]);
  const sign = (seat: string) =>
    ask.mutate(
      { digest, text, seat },
      {
        onSuccess: () => {
          setText('');
          setBegun(null);
        },
      },
    );
  return (
    <div className="ask">
      {begun !== null && me ? (
        <form
          className="reason"
          onSubmit={(event) => {
            event.preventDefault();
            sign(me.id);
          }}
        >
          <label htmlFor="wanted">What should change in the text of SIP-{sip}</label>
          <textarea
            id="wanted"
            rows={5}
            maxLength={4000}
            ref={field}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {begun !== digest && (
            <p role="alert">The text has changed since you began: read it again before you sign.</p>
          )}
          <p className="src">
            Signed over the digest of this text and kept beside the document. It is no vote: to stop a
            proposal, reject it.
          </p>
          <div className="buttons">
            <button type="submit" className="btn primary" disabled={ask.isPending || text.trim() === ''}>
              Request changes with {me.name}
            </button>
            <Button onPress={() => setBegun(null)}>Back</Button>
          </div>
        </form>
      ) : (
        <>
          <Button disabled={me === undefined} onPress={() => setBegun(digest)}>
            Request changes…
          </Button>
          {looking && <p className="why">Nobody signs here: choose a key below the list of screens.</p>}
        </>
      )}
      <ActState act={ask} />
    </div>
  );
}
