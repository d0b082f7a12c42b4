import { ExplorerLink } from '../../components/explorer.tsx';
import { Address, Button, Card, Chip, Empty, FailureBox, Loaded, Screen } from '../../components/parts.tsx';
import { stateText, toneOf } from '../../components/states.ts';
import { useAct, useView } from '../../use-call.ts';

/** The journal: everything this console wanted to send, and what became of it. */
export function ActivityScreen() {
  const view = useView('activity.read', {});
  const settle = useAct('activity.settle');
  const unsettled = view.data?.some(({ state }) => state === 'unsettled') === true;
  return (
    <Screen crumb="Journal of this computer" title="Activity">
      <Loaded view={view}>
        {(rows) => (
          <Card title="What this console wanted to send">
            {unsettled && (
              <div className="pad stack">
                <Button disabled={settle.isPending} onPress={() => settle.mutate({})}>
                  {settle.isPending ? 'Asking the chain' : 'Find out what became of it'}
                </Button>
                <span className="src">
                  The same signed bytes are sent again until their fate is known; nothing new is signed.
                </span>
              </div>
            )}
            {settle.error && <FailureBox failure={settle.error.failure} />}
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
