import { useEffect, useRef, useState } from 'react';
import type { ActName, ProposalView } from '#desktop/shared/views/index.ts';
import { ActState } from '../../components/outcome.tsx';
import { Button, Card, Gates } from '../../components/parts.tsx';
import { hrefOf } from '../../router.tsx';
import { useAct } from '../../use-call.ts';

type Offer = ProposalView['acts'][number];

const KINDS = { approve: 'primary', execute: 'primary', reject: 'danger', cancel: 'danger' } as const;
const ASKS_REASON: readonly ActName[] = ['reject', 'cancel'];

/** Conditions with their state, as a merge box has them, and what can be done now. */
export function Actions({ view }: { readonly view: ProposalView }) {
  const { acts, gates, row, seat } = view;
  const [asking, setAsking] = useState<ActName | null>(null);
  const perform = useAct('proposals.act');
  const run = (act: ActName, reason?: string) => {
    setAsking(null);
    perform.mutate({ transactionIndex: row.transactionIndex, act, seat, ...(reason ? { reason } : {}) });
  };
  const asked = acts.find(({ act, enabled }) => act === asking && enabled);
  return (
    <>
      <Card title={titleOf(acts)} note={noteOf(view)}>
        <Gates gates={gates} />
        {acts.length > 0 && (
          <div className="acts">
            {acts.map((offer) => (
              <OfferButton
                key={offer.act}
                offer={offer}
                busy={perform.isPending}
                onPress={() => (ASKS_REASON.includes(offer.act) ? setAsking(offer.act) : run(offer.act))}
              />
            ))}
            {row.sip !== null && acts.some(({ act }) => act === 'approve') && (
              <a
                className="btn wide"
                href={hrefOf({ screen: 'proposal', transactionIndex: row.transactionIndex, tab: 'votes' })}
              >
                Ask for changes instead
              </a>
            )}
          </div>
        )}
      </Card>
      {asked && (
        <Reason
          key={asked.act}
          offer={asked}
          kept={row.sip === null ? 'on this computer' : 'beside the document'}
          onGive={(reason) => run(asked.act, reason)}
          onLeave={() => setAsking(null)}
        />
      )}
      <ActState act={perform} />
    </>
  );
}

function titleOf(acts: readonly Offer[]): string {
  const can = (name: ActName) => acts.some(({ act }) => act === name);
  if (can('approve')) return 'To approve';
  if (can('execute')) return 'To execute';
  return acts.length > 0 ? 'Before you vote' : 'Conditions';
}

/** Of a change of the council nothing is ever ready: what speaks against it counts. */
function noteOf({ gates, councilChange }: ProposalView): string {
  const count = (wanted: string) => gates.filter(({ state }) => state === wanted).length;
  if (councilChange) return `${count('bad')} against it`;
  return `${count('ok')} of ${gates.length - count('no')} ready`;
}

function OfferButton(props: { readonly offer: Offer; readonly busy: boolean; readonly onPress: () => void }) {
  const { act, enabled, label, why } = props.offer;
  return (
    <div>
      <Button kind={KINDS[act]} size="wide" disabled={!enabled || props.busy} onPress={props.onPress}>
        {label}
      </Button>
      {!enabled && why !== '' && <p className="why">{why}</p>}
    </div>
  );
}

function Reason(props: {
  readonly offer: Offer;
  /** Where the reason goes. */
  readonly kept: string;
  readonly onGive: (reason: string) => void;
  readonly onLeave: () => void;
}) {
  const { offer, kept, onGive, onLeave } = props;
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  // A button asked for this form: its one field is what comes next.
  useEffect(() => field.current?.focus(), []);
  const optional = offer.act === 'cancel';
  return (
    <Card title={offer.label}>
      <form
        className="pad reason"
        onSubmit={(event) => {
          event.preventDefault();
          onGive(text.trim());
        }}
      >
        <label htmlFor="reason">Reason{optional && ', if you want to give one'}</label>
        <textarea
          id="reason"
          rows={4}
          maxLength={4000}
          ref={field}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="src">The reason is kept {kept}, never on chain.</p>
        <div className="buttons">
          <button type="submit" className="btn danger" disabled={!optional && text.trim() === ''}>
            {offer.label}
          </button>
          <Button onPress={onLeave}>Back</Button>
        </div>
      </form>
    </Card>
  );
}
