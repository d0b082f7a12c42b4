import type { Inbox } from '#desktop/shared/views/index.ts';
import { Card, Chip, Empty } from '../../components/parts.tsx';

/** What waits, by who has to do what; each row leads to where it is done. */
export function Sections({ sections }: { readonly sections: Inbox['sections'] }) {
  if (sections.length === 0)
    return (
      <Card>
        <Empty title="Nothing waits for this key">
          Proposals to vote on, to execute, and epochs that are due appear here.
        </Empty>
      </Card>
    );
  return sections.map(({ title, rows }) => (
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
  ));
}

export function waitingText({ sections }: Pick<Inbox, 'sections'>): string {
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return count === 1 ? '1 thing is waiting' : `${count} things are waiting`;
}
