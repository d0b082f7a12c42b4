import type { EffectLine, ProposalView } from '#desktop/shared/views/index.ts';
import { Card, Chip, Empty } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { grouped } from '../../format.ts';
import { Changes } from './changes.tsx';
import { CouncilChange } from './council-change.tsx';
import { LocalRun } from './local.tsx';

const ONLY = {
  bytes: ['not in the text', 'bad'],
  text: ['in the text only', 'warn'],
} as const;

/** What only one of the two says stands out by a word and a colour. */
function Line({ line: { sentence, saidBy } }: { readonly line: EffectLine }) {
  const only = saidBy === 'bytes' || saidBy === 'text' ? ONLY[saidBy] : undefined;
  return (
    <li className={only && `only ${only[1]}`}>
      <span>
        <Sentence text={sentence} />
      </span>
      {only && (
        <>
          {' '}
          <Chip tone={only[1]}>{only[0]}</Chip>
        </>
      )}
    </li>
  );
}

/** Unlike what is stale or expired: there the bytes are the text's. */
const differsInBytes = ({ differences }: ProposalView): boolean =>
  differences.some(({ kind }) => /^(different|extra|missing|reordered)/.test(kind));

export function Effect({ view }: { readonly view: ProposalView }) {
  const { effects, changes, simulation, councilChange } = view;
  const differs = effects.some(({ saidBy }) => saidBy === 'bytes' || saidBy === 'text');
  if (councilChange) return <CouncilChange view={view} change={councilChange} />;
  return (
    <>
      {effects.length > 0 && (
        <Card title="Effect" note={differs ? 'the bytes, beside the text' : 'drawn from the bytes'}>
          <ul className="effects pad">
            {effects.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an instruction may be there twice, its place is what counts
              <Line key={at} line={line} />
            ))}
          </ul>
          {!differs && effects.some(({ saidBy }) => saidBy === 'both') && differsInBytes(view) && (
            <p className="pad src">
              In words the transaction and the text say the same. They are not the same: what differs stands
              above.
            </p>
          )}
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
