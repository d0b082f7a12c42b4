import { Card, Chip, Empty, Loaded, Screen } from '../../components/parts.tsx';
import { momentText } from '../../format.ts';
import { useView } from '../../use-call.ts';
import { Guide } from './guide.tsx';

export function InboxScreen() {
  const view = useView('inbox.read', {});
  const sections = view.data?.sections ?? [];
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <Screen
      crumb={view.data ? `Chain time ${momentText(view.data.now)}` : 'Chain time'}
      title="Inbox"
      meta={<span>{count === 1 ? '1 thing is waiting' : `${count} things are waiting`}</span>}
    >
      <Guide />
      <Loaded view={view}>
        {(inbox) =>
          inbox.sections.length === 0 ? (
            <Card>
              <Empty title="Nothing waits for this key">
                Proposals to vote on, to execute, and epochs that are due appear here.
              </Empty>
            </Card>
          ) : (
            inbox.sections.map(({ title, rows }) => (
              <Card key={title} title={title}>
                {rows.map((row) => (
                  <div className="row" key={row.id}>
                    <span className={`sym ${row.tone}`} aria-hidden="true">
                      {row.symbol}
                    </span>
                    <div>
                      <h3>{row.title}</h3>
                      <small>{row.detail}</small>
                    </div>
                    <Chip tone={row.chip.tone}>{row.chip.text}</Chip>
                    <a
                      className={`btn ${row.primary ? 'primary' : ''}`}
                      href={`#/${row.route}`}
                      aria-label={`${row.verb}: ${row.title}`}
                    >
                      {row.verb}
                    </a>
                  </div>
                ))}
              </Card>
            ))
          )
        }
      </Loaded>
    </Screen>
  );
}
