import { lazy, Suspense } from 'react';
import type { SipView } from '#desktop/shared/views/index.ts';
import { Address, Button, Card, Chip, FailureBox, Loaded, Screen } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { momentText, sentenceOf } from '../../format.ts';
import { hrefOf } from '../../router.tsx';
import { useAct, useView } from '../../use-call.ts';
import { ChangeRequests } from '../requests/requests.tsx';
import { Changes } from './changes.tsx';
import { Check } from './check.tsx';
import { GitHistory } from './git-history.tsx';
import { HandOut, HandOutAudit } from './hand-out.tsx';
import { dueText, statusTone } from './sips.tsx';

const Markdown = lazy(() => import('../text/markdown.tsx').then((module) => ({ default: module.Markdown })));

export function SipScreen({ sip }: { readonly sip: number }) {
  const view = useView('sips.read', { sip });
  const state = useView('state.read', {}).data;
  const now = state?.network?.now ?? 0;
  const row = view.data?.row;
  return (
    <Screen
      crumb={<a href={hrefOf({ screen: 'sips' })}>SIPs</a>}
      title={row ? `SIP-${sip} · ${row.title}` : `SIP-${sip}`}
      meta={
        row && (
          <>
            <Chip tone={statusTone(row.status)}>{row.status}</Chip>
            <span>{row.authors}</span>
            <span>{dueText(row, now)}</span>
          </>
        )
      }
      aside={
        view.data && (
          <Aside
            view={view.data}
            signs={state?.seat !== null}
            may={state?.seats.find(({ id }) => id === state.seat)?.permissions.includes('initiate') === true}
          />
        )
      }
    >
      <Loaded view={view}>
        {({ row: { digest }, effects, sections, transactions, impostors, reasons, reasonsProblem }) => (
          <>
            <Card title="What it asks for" note="in words, from the text">
              <ol className="plain-list">
                {effects.map((text) => (
                  <li key={text}>
                    <Sentence text={text} />
                  </li>
                ))}
              </ol>
            </Card>
            {[...transactions, ...impostors].length > 0 && (
              <Card title="On chain">
                <ul className="plain-list">
                  {transactions.map((one) => (
                    <li key={one.transactionIndex}>
                      <a
                        href={hrefOf({
                          screen: 'proposal',
                          transactionIndex: one.transactionIndex,
                          tab: 'effect',
                        })}
                      >
                        Transaction {one.transactionIndex}
                      </a>{' '}
                      · {one.state} · {one.verdict}
                    </li>
                  ))}
                  {impostors.map((one) => (
                    <li key={one.transactionIndex}>
                      <Chip tone="bad">≠ {one.verdict}</Chip>{' '}
                      <a
                        href={hrefOf({
                          screen: 'proposal',
                          transactionIndex: one.transactionIndex,
                          tab: 'effect',
                        })}
                      >
                        Transaction {one.transactionIndex}
                      </a>{' '}
                      names this digest and is not this SIP.
                    </li>
                  ))}
                </ul>
              </Card>
            )}
            <Changes sip={sip} />
            <GitHistory sip={sip} />
            <ChangeRequests sip={sip} digest={digest} takes />
            {(reasons.length > 0 || reasonsProblem !== '') && (
              <Card title="Reasons given">
                {reasonsProblem !== '' && (
                  <p className="pad" role="alert">
                    {reasonsProblem}
                  </p>
                )}
                <ul className="plain-list">
                  {reasons.map(({ vote, who, when, text }) => (
                    <li key={`${who}${when}`}>
                      {vote}: {text}
                      <small>
                        <Address value={who} /> · {momentText(when)}
                      </small>
                    </li>
                  ))}
                </ul>
              </Card>
            )}
            {sections.map(({ name, markdown }) => (
              <Card key={name} title={name}>
                <Suspense fallback={<div className="skeleton" />}>
                  <div className="prose">
                    <Markdown text={markdown} />
                  </div>
                </Suspense>
              </Card>
            ))}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Aside(props: {
  readonly view: SipView;
  /** False for whoever only looks. */
  readonly signs: boolean;
  readonly may: boolean;
}) {
  const { view, signs, may } = props;
  const submit = useAct('sips.submit');
  const { row, validUntil } = view;
  const open = row.due.some(({ step }) => /^(submit|open)/.test(step));
  return (
    <>
      <Card title="Next step">
        <div className="pad stack">
          {open ? (
            <Button
              kind="primary"
              size="wide"
              disabled={!may || submit.isPending}
              onPress={() => submit.mutate({ sip: row.sip })}
            >
              {submit.isPending ? 'Waiting for the confirm window' : `Submit SIP-${row.sip} to the council`}
            </Button>
          ) : (
            <span>{sentenceOf(row.because)}</span>
          )}
          {open && !may && (
            <span className="src">
              {signs
                ? 'The key that signs may not initiate. Choose another seat at the lower left.'
                : 'Nobody signs here. Choose a seat at the lower left.'}
            </span>
          )}
          {submit.data && <p role="status">{submit.data.sentence}</p>}
          {submit.error && <FailureBox failure={submit.error.failure} />}
          <a className="btn wide" href={hrefOf({ screen: 'edit', sip: row.sip })}>
            Edit a copy
          </a>
        </div>
      </Card>
      <Check sip={row.sip} />
      <HandOut sip={row.sip} signs={signs} />
      {view.transactions.length > 0 && <HandOutAudit sip={row.sip} />}
      <Card title="Digest of the text" note="SHA-256">
        <div className="pad">
          <Address value={row.digest} />
        </div>
      </Card>
      <Card title="Can be executed until">
        <div className="pad">{momentText(validUntil)}</div>
      </Card>
    </>
  );
}
