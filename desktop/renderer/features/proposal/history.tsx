import type { ProposalView } from '#desktop/shared/views/index.ts';
import { ExplorerLink } from '../../components/explorer.tsx';
import { Address, Card, Empty } from '../../components/parts.tsx';
import { momentText } from '../../format.ts';

export const History = ({ view: { history } }: { readonly view: ProposalView }) => (
  <Card title="History" note="chain time">
    {history.length === 0 ? (
      <Empty title="Nothing has happened yet">Each vote and the execution appear here.</Empty>
    ) : (
      <ol className="history">
        {history.map(({ when, what, signature }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in the order of things
          <li key={at}>
            <span className="src">{when === null ? 'time not known' : momentText(when)}</span>
            <div>
              {what}
              {signature !== null && (
                <div>
                  <Address value={signature} /> <ExplorerLink kind="signature" what={signature} />
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
    )}
  </Card>
);
