import { useCallback, useState } from 'react';
import { PAGE_LENGTH } from '#desktop/shared/page-length.ts';
import type { ProposalRow } from '#desktop/shared/views/index.ts';
import { Card, Chip, Empty, Loaded, Screen } from '../../components/parts.tsx';
import { stateText, toneOf, verdictTone } from '../../components/states.ts';
import { WindowList } from '../../components/window-list.tsx';
import { grouped } from '../../format.ts';
import { hrefOf } from '../../router.tsx';
import { useView, useViews } from '../../use-call.ts';
import './proposals.css';

const ROW_HEIGHT = 52;

const countText = (count: number): string =>
  count === 1 ? '1 transaction' : `${grouped(String(count))} transactions, newest first`;

const pageOf = (index: number): number => Math.floor((index - 1) / PAGE_LENGTH);

export function ProposalsScreen() {
  const newest = useView('proposals.list', { page: null });
  const count = Number(newest.data?.newest ?? 0);
  const [drawn, setDrawn] = useState({ first: 0, last: 0 });
  const onRest = useCallback((first: number, last: number) => setDrawn({ first, last }), []);
  const others = new Set<number>();
  for (let at = drawn.first; at < Math.min(drawn.last, count); at += 1) others.add(pageOf(count - at));
  others.delete(newest.data?.page ?? 0);
  const pages = useViews(
    'proposals.list',
    [...others].map((page) => ({ page })),
  );
  const rows = new Map(
    [...(newest.data ? [newest.data] : []), ...pages.data].flatMap((page) =>
      page.rows.map((row) => [Number(row.transactionIndex), row] as const),
    ),
  );
  return (
    <Screen crumb="Squads multisig" title="Proposals" meta={newest.data && <span>{countText(count)}</span>}>
      <Loaded view={{ data: newest.data, error: newest.error ?? pages.error }}>
        {() => (
          <Card>
            {count === 0 ? (
              <Empty title="No transaction has been proposed yet">
                A SIP that is submitted becomes a transaction here. Open SIPs to draft or submit one.
              </Empty>
            ) : (
              <WindowList
                label="Proposals"
                count={count}
                rowHeight={ROW_HEIGHT}
                keyOf={(at) => String(count - at)}
                hrefOf={(at) =>
                  hrefOf({ screen: 'proposal', transactionIndex: String(count - at), tab: 'effect' })
                }
                onRest={onRest}
              >
                {(at) => {
                  const row = rows.get(count - at);
                  return row ? <Row row={row} /> : <Unread index={count - at} />;
                }}
              </WindowList>
            )}
          </Card>
        )}
      </Loaded>
    </Screen>
  );
}

/** Passed by while it was not asked for yet. */
const Unread = ({ index }: { readonly index: number }) => (
  <span className="proposal-unread">Transaction {grouped(String(index))}</span>
);

function Row({ row }: { readonly row: ProposalRow }) {
  const tone = verdictTone(row.verdict);
  return (
    <span className="proposal-row">
      <span className={`sym ${tone}`} aria-hidden="true">
        {tone === 'ok' ? '=' : '≠'}
      </span>
      <span className="what">
        <strong title={row.title}>{row.title}</strong>
        <small title={row.creator}>
          Transaction {grouped(row.transactionIndex)} · by {row.creator}
        </small>
      </span>
      <span className="src">{row.votes}</span>
      <Chip tone={toneOf(row.state)}>{stateText(row.state)}</Chip>
      <Chip tone={tone}>{row.verdict}</Chip>
    </span>
  );
}
