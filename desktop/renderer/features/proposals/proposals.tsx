import { useMemo } from 'react';
import type { ProposalRow } from '#desktop/shared/views.ts';
import { Card, Chip, Empty, Loaded, Screen } from '../../components/parts.tsx';
import { stateText, toneOf, verdictTone } from '../../components/states.ts';
import { WindowList } from '../../components/window-list.tsx';
import { grouped } from '../../format.ts';
import { hrefOf } from '../../router.tsx';
import { useView } from '../../use-call.ts';
import './proposals.css';

const ROW_HEIGHT = 52;

/** Decimal strings of any length, the greatest first. */
const newestFirst = (a: ProposalRow, b: ProposalRow): number =>
  b.transactionIndex.length - a.transactionIndex.length || (b.transactionIndex > a.transactionIndex ? 1 : -1);

const countText = (count: number): string =>
  count === 1 ? '1 transaction' : `${grouped(String(count))} transactions, newest first`;

export function ProposalsScreen() {
  const view = useView('proposals.list', {});
  const rows = useMemo(() => [...(view.data ?? [])].sort(newestFirst), [view.data]);
  return (
    <Screen
      crumb="Squads multisig"
      title="Proposals"
      meta={view.data && <span>{countText(rows.length)}</span>}
    >
      <Loaded view={view}>
        {() => (
          <Card>
            {rows.length === 0 ? (
              <Empty title="No transaction has been proposed yet">
                A SIP that is submitted becomes a transaction here. Open SIPs to draft or submit one.
              </Empty>
            ) : (
              <WindowList
                label="Proposals"
                rows={rows}
                rowHeight={ROW_HEIGHT}
                keyOf={({ transactionIndex }) => transactionIndex}
                hrefOf={({ transactionIndex }) =>
                  hrefOf({ screen: 'proposal', transactionIndex, tab: 'effect' })
                }
              >
                {(row) => <Row row={row} />}
              </WindowList>
            )}
          </Card>
        )}
      </Loaded>
    </Screen>
  );
}

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
