import type { ChangeView } from '#desktop/shared/views/index.ts';
import { Address } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { Value } from '../../components/value.tsx';

/** Before → after, one row a field, one cell an account. */
export const Changes = ({ changes }: { readonly changes: readonly ChangeView[] }) => (
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
          <tr key={`${change.address} ${change.field} ${change.after}`}>
            {changes[at - 1]?.address !== change.address && (
              <td rowSpan={sameFrom(changes, at)}>
                <span className="name">{change.account}</span>
                <br />
                <Address value={change.address} />
              </td>
            )}
            <td>
              <Sentence text={change.field} />
            </td>
            <td>
              <span className="old">
                <Value text={change.before} />
              </span>
              <span className="arrow" role="img" aria-label="becomes">
                →
              </span>
              <span className="new">
                <Value text={change.after} />
              </span>
              {change.source !== '' && <span className="src"> {change.source}</span>}
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
