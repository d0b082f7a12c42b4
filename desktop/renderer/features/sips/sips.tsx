import { useState } from 'react';
import type { SipRow, Tone } from '#desktop/shared/views/index.ts';
import { Card, Chip, Empty, Loaded, Screen } from '../../components/parts.tsx';
import { distanceText } from '../../format.ts';
import { hrefOf } from '../../router.tsx';
import { useView } from '../../use-call.ts';
import { Import } from './import.tsx';
import './sips.css';

export const statusTone = (status: string): Tone =>
  (
    ({
      Submitted: 'accent',
      Approved: 'accent',
      Executed: 'ok',
      Activated: 'ok',
      Rejected: 'bad',
      Cancelled: 'bad',
      Void: 'bad',
    }) as Record<string, Tone>
  )[status] ?? 'plain';

export function SipsScreen() {
  const view = useView('sips.list', {});
  const now = useView('state.read', {}).data?.network?.now ?? 0;
  const [query, setQuery] = useState('');
  const [status, setStatus] = useState('');
  const statuses = [...new Set(view.data?.map((row) => row.status) ?? [])];
  const fits = (row: SipRow) =>
    (status === '' || row.status === status) &&
    `sip-${row.sip} ${row.title} ${row.authors} ${row.actions.join(' ')}`
      .toLowerCase()
      .includes(query.toLowerCase());
  return (
    <Screen
      crumb="Documents"
      title="SIPs"
      meta={
        <div className="filters">
          <label>
            <span className="visually-hidden">Search</span>
            <input
              type="search"
              placeholder="Search title, author, action"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          </label>
          <label>
            <span className="visually-hidden">Status</span>
            <select value={status} onChange={(event) => setStatus(event.target.value)}>
              <option value="">All statuses</option>
              {statuses.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <a className="btn" href={hrefOf({ screen: 'edit', sip: null })}>
            New SIP
          </a>
        </div>
      }
    >
      <Loaded view={view}>
        {(rows) => (
          <>
            <Import />
            <Unsaved />
            <Card title="Documents" note={`${rows.filter(fits).length} of ${rows.length}`}>
              {rows.filter(fits).map((row) => (
                <div className="row sip" key={row.sip}>
                  <span className="src">{row.sip}</span>
                  <div>
                    <h3>
                      <a href={hrefOf({ screen: 'sip', sip: row.sip })}>{row.title}</a>
                    </h3>
                    <small>
                      {row.authors} · {dueText(row, now)}
                    </small>
                  </div>
                  <Chip tone={statusTone(row.status)}>{row.status}</Chip>
                </div>
              ))}
              {rows.filter(fits).length === 0 && (
                <Empty title="No SIP fits">Change the search or the status.</Empty>
              )}
            </Card>
          </>
        )}
      </Loaded>
    </Screen>
  );
}

export function dueText({ because, due }: Pick<SipRow, 'because' | 'due'>, now: number): string {
  const [step] = due;
  if (step === undefined) return because;
  const when = step.notBefore !== null && step.notBefore > now ? ` ${distanceText(step.notBefore, now)}` : '';
  return `next: ${step.step}, by ${step.who}${when}`;
}

/** What was typed and not saved. */
function Unsaved() {
  const view = useView('sips.unsaved', {});
  if (!view.data?.length) return null;
  return (
    <Card title="Not saved yet">
      <ul className="plain-list">
        {view.data.map(({ sip, fileName }) => (
          <li key={fileName}>
            <a href={hrefOf({ screen: 'edit', sip })}>{fileName}</a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
