import { ExplorerLink } from '../../components/explorer.tsx';
import { Address, Card, Chip, Empty, Loaded, Screen } from '../../components/parts.tsx';
import { stateText, toneOf } from '../../components/states.ts';
import { useView } from '../../use-call.ts';

/** The journal: everything this console wanted to send, and what became of it. */
export function ActivityScreen() {
  const view = useView('activity.read', {});
  return (
    <Screen crumb="Journal of this computer" title="Activity">
      <Loaded view={view}>
        {(rows) => (
          <Card title="What this console wanted to send">
            {rows.length === 0 && (
              <Empty title="Nothing was sent yet">
                What you sign is written down here before it is sent, and stays.
              </Empty>
            )}
            {rows.map(({ seq, what, state, signature, advice }) => (
              <div className="row activity" key={seq}>
                <div>
                  <h3>{what}</h3>
                  {signature !== null && (
                    <small>
                      <Address value={signature} /> <ExplorerLink kind="signature" what={signature} />
                    </small>
                  )}
                  {advice !== '' && <small>{advice}</small>}
                </div>
                <Chip tone={toneOf(state)}>{stateText(state)}</Chip>
              </div>
            ))}
          </Card>
        )}
      </Loaded>
    </Screen>
  );
}
