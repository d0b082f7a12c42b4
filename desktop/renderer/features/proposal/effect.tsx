import type { ProposalView } from '#desktop/shared/views.ts';
import { Card, Empty } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { grouped } from '../../format.ts';
import { Changes } from './changes.tsx';
import { CouncilChange } from './council-change.tsx';
import { LocalRun } from './local.tsx';

export function Effect({ view }: { readonly view: ProposalView }) {
  const { effects, changes, simulation, councilChange } = view;
  if (councilChange) return <CouncilChange view={view} change={councilChange} />;
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
      <LocalRun transactionIndex={view.row.transactionIndex} />
      <Card
        title="What the text promises"
        note={
          simulation.computeUnits &&
          `the endpoint simulates ${grouped(simulation.computeUnits)} compute units`
        }
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
