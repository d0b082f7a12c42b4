import { useState } from 'react';
import type { EpochRow, Epochs } from '#desktop/shared/views/index.ts';
import { ActState } from '../../components/outcome.tsx';
import { Card, Chip, Empty, Loaded, Screen } from '../../components/parts.tsx';
import { distanceText } from '../../format.ts';
import { useAct, useView } from '../../use-call.ts';
import { type Asked, CheckList } from './check-list.tsx';
import './epochs.css';
import { EpochTable } from './table.tsx';
import { TimeLine } from './timeline.tsx';

export function EpochsScreen() {
  const view = useView('epochs.read', {});
  const signs = useView('state.read', {}).data?.seat !== null;
  const [asked, setAsked] = useState<Asked | null>(null);
  const activate = useAct('epochs.activate');
  const close = useAct('epochs.close');
  const [last, setLast] = useState<Asked['what']>('activate');
  const perform = ({ what, index }: Asked) => {
    setAsked(null);
    setLast(what);
    (what === 'activate' ? activate : close).mutate({ index });
  };
  const act = last === 'activate' ? activate : close;
  return (
    <Screen
      crumb="Restaking program"
      title="Restaking epochs"
      meta={view.data && <Meta epochs={view.data} />}
    >
      <Loaded view={view}>
        {(epochs) =>
          epochs.rows.length === 0 ? (
            <Card>
              <Empty title="No epoch is scheduled">
                A SIP schedules restaking epochs. Draft one under SIPs; once it is executed they appear here.
              </Empty>
            </Card>
          ) : (
            <>
              <Card title="Time line" note="UTC, chain time">
                <TimeLine rows={epochs.rows} now={epochs.now} />
              </Card>
              <ActState act={act} />
              <EpochTable epochs={epochs} busy={act.isPending} onAsk={setAsked} />
              {asked && (
                <CheckList
                  key={`${asked.what} ${asked.index}`}
                  asked={asked}
                  epochs={epochs}
                  signs={signs}
                  onGo={() => perform(asked)}
                  onLeave={() => setAsked(null)}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Screen>
  );
}

function Meta({ epochs: { rows, now } }: { readonly epochs: Epochs }) {
  const active = rows.find(({ status }) => status === 'active');
  const next = rows.find(({ status }) => status === 'scheduled');
  const differing = rows.filter(({ plan }) => plan !== null && plan.length > 0);
  return (
    <>
      <Chip tone={active ? 'accent' : 'plain'}>
        {active ? `Epoch ${active.index} active` : 'No epoch active'}
      </Chip>
      {next && <span>{nextText(next, now)}</span>}
      <span>
        {differing.length === 0
          ? 'Plan and chain agree'
          : `Plan and chain differ for ${differing.map(({ index }) => `epoch ${index}`).join(', ')}`}
      </span>
    </>
  );
}

const nextText = ({ index, opensAt }: EpochRow, now: number): string =>
  opensAt > now
    ? `Next: epoch ${index} opens ${distanceText(opensAt, now)}`
    : `Next: epoch ${index}, its window opened ${distanceText(opensAt, now)}`;
