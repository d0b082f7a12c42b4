import type { ChangeView, ProposalView } from '#desktop/shared/views.ts';
import { Address, Card, Empty } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { Value } from '../../components/value.tsx';
import { grouped } from '../../format.ts';

export function Effect({ view }: { readonly view: ProposalView }) {
  const { effects, changes, simulation } = view;
  return (
    <>
      {effects.length > 0 && (
        <Card title="Effect" note="drawn from the bytes">
          <ul className="effects pad">
            {effects.map((sentence) => (
              <li key={sentence}>
                <Sentence text={sentence} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card
        title="What changes"
        note={simulation.computeUnits && `simulated, ${grouped(simulation.computeUnits)} compute units`}
      >
        {changes.length === 0 ? (
          <Empty title="No change to show">{simulation.sentence}</Empty>
        ) : (
          <Changes changes={changes} />
        )}
      </Card>
    </>
  );
}

const Changes = ({ changes }: { readonly changes: readonly ChangeView[] }) => (
  <div className="scroll">
    <table className="table changes">
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Field</th>
          <th scope="col">Before → after</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change, at) => (
          <tr key={`${change.address} ${change.field}`}>
            {changes[at - 1]?.address !== change.address && (
              <td rowSpan={sameFrom(changes, at)}>
                <span className="name">{change.account}</span>
                <br />
                <Address value={change.address} />
              </td>
            )}
            <td>{change.field}</td>
            <td>
              <span className="old">
                <Value text={change.before} />
              </span>
              <span className="arrow" role="img" aria-label="becomes">
                →
              </span>
              <span className="new">
                <Value text={change.after} />
              </span>{' '}
              <span className="src">{change.source}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** How many rows in succession are about one account. */
function sameFrom(changes: readonly ChangeView[], at: number): number {
  const next = changes.findIndex(({ address }, index) => index > at && address !== changes[at]?.address);
  return (next < 0 ? changes.length : next) - at;
}
