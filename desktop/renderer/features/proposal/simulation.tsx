import type { ProposalView } from '#desktop/shared/views/index.ts';
import { Card } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { grouped } from '../../format.ts';

const SIGNS = { true: ['✓', 'ok'], false: ['✕', 'bad'], null: ['–', 'plain'] } as const;

export function Simulation({ view: { simulation } }: { readonly view: ProposalView }) {
  const { ok, sentence, computeUnits, logs } = simulation;
  const [sign, tone] = SIGNS[`${ok}`];
  return (
    <Card
      title="As the endpoint simulates it"
      note={computeUnits === null ? undefined : `${grouped(computeUnits)} compute units`}
    >
      <p className="pad">
        <span className={`sym ${tone}`} aria-hidden="true">
          {sign}
        </span>{' '}
        <Sentence text={sentence} />
        <span className="src"> The same, run on this computer, stands under Effect.</span>
      </p>
      {logs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs it
        <section className="logs" aria-label="Logs of the programs" tabIndex={0}>
          {logs.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat
            <div key={at}>{line}</div>
          ))}
        </section>
      )}
    </Card>
  );
}
