import type { Failure, OutcomeView } from '#desktop/shared/views/index.ts';
import { Copy } from './copy.tsx';
import './outcome.css';
import { Address, FailureBox } from './parts.tsx';

/** What became of an act: waiting for the confirm window, done, or failed. */
export function ActState(props: {
  readonly act: {
    readonly isPending: boolean;
    readonly data: OutcomeView | undefined;
    readonly error: { readonly failure: Failure } | null;
  };
}) {
  const { isPending, data, error } = props.act;
  return (
    <div aria-live="polite" className="act-state">
      {isPending && (
        <p className="waiting">
          <strong>Waiting for the confirm window.</strong> It shows what the signer read from the bytes.
          Nothing is signed until you say so there.
        </p>
      )}
      {!isPending && error && <FailureBox failure={error.failure} />}
      {!isPending && data && <Outcome outcome={data} />}
    </div>
  );
}

function Outcome({ outcome }: { readonly outcome: OutcomeView }) {
  const { sentence, line, signatures } = outcome;
  return (
    <div className="outcome">
      <p>
        <span className="sym ok" aria-hidden="true">
          ✓
        </span>{' '}
        {sentence}
      </p>
      {line !== null && (
        <div className="line">
          <code>{line}</code>
          <Copy text={line} />
        </div>
      )}
      {signatures.map((signature) => (
        <p key={signature} className="src">
          Signature <Address value={signature} />
        </p>
      ))}
    </div>
  );
}

/** What became of a file that a dialog of the system was to save. */
export const SaveState = (props: {
  readonly save: {
    readonly data: { readonly saved: boolean } | undefined;
    readonly error: { readonly failure: Failure } | null;
  };
}) => (
  <>
    {props.save.data && <p role="status">{props.save.data.saved ? 'Saved.' : 'Not saved.'}</p>}
    {props.save.error && <FailureBox failure={props.save.error.failure} />}
  </>
);
