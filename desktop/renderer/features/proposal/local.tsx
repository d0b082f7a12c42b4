import { Card, Loaded } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { grouped } from '../../format.ts';
import { useView } from '../../use-call.ts';
import { Changes } from './changes.tsx';

const SIGNS = {
  holds: ['✓', 'ok', 'in order'],
  runs: ['–', 'plain', 'ran, compared with nothing'],
  differs: ['✕', 'bad', 'differs'],
  fails: ['✕', 'bad', 'fails'],
  unable: ['–', 'plain', 'not run'],
} as const;

/** What the execution does when it is run, as opposed to what its text promises. */
export function LocalRun({ transactionIndex }: { readonly transactionIndex: string }) {
  const view = useView('proposals.simulate', { transactionIndex }, { refresh: false });
  const { data } = view;
  return (
    <Card
      title="Run on this computer"
      note={data?.computeUnits != null && `${grouped(data.computeUnits)} compute units`}
    >
      <Loaded view={view}>
        {({ state, sentence, assumed, changes }) => (
          <>
            <p className="pad">
              <span className={`sym ${SIGNS[state][1]}`} role="img" aria-label={SIGNS[state][2]}>
                {SIGNS[state][0]}
              </span>{' '}
              <Sentence text={sentence} />
              {assumed !== '' && <span className="src"> As if {assumed}.</span>}
            </p>
            {changes.length > 0 && <Changes changes={changes} />}
          </>
        )}
      </Loaded>
    </Card>
  );
}
