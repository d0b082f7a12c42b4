import type { CouncilChangeView, ProposalView } from '#desktop/shared/views/index.ts';
import { Card } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { POSTURE_SIGNS } from '../../components/states.ts';
import { grouped } from '../../format.ts';
import { hrefOf } from '../../router.tsx';
import { Changes } from './changes.tsx';
import { LocalRun } from './local.tsx';

/** Who would decide, how hard they would be to capture, and what would be void, before anything else. */
export function CouncilChange(props: { readonly view: ProposalView; readonly change: CouncilChangeView }) {
  const { view, change } = props;
  const { row, effects, changes } = view;
  if (!change.readable)
    return (
      <Card title="Effect">
        <p className="pad" role="alert">
          Its bytes cannot be read, so nobody can say what it would do. Nobody should approve it.
        </p>
      </Card>
    );
  return (
    <>
      <Card title="The council, before → after" note="on chain now → from the bytes">
        {change.trouble !== '' && (
          <p className="pad" role="alert">
            It would not run as it stands: <Sentence text={change.trouble} />.
          </p>
        )}
        {changes.length > 0 && <Changes changes={changes} />}
        {changes.length === 0 && change.trouble === '' && (
          <p className="pad">It leaves everything as it is.</p>
        )}
      </Card>
      {change.trouble === '' && <Afterwards change={change} />}
      <Card title="Its actions, in their order">
        <ol className="effects pad">
          {effects.map(({ sentence }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an action is its place, and may be there twice
            <li key={at}>
              <Sentence text={sentence} />
            </li>
          ))}
        </ol>
      </Card>
      <LocalRun transactionIndex={row.transactionIndex} />
    </>
  );
}

function Afterwards({ change: { posture, makesStale, voids } }: { readonly change: CouncilChangeView }) {
  return (
    <Card title="What that means">
      <ul className="gates">
        {posture.map(({ level, code, message }) => (
          <li key={code}>
            <span
              className={`sym ${POSTURE_SIGNS[level][1]}`}
              role="img"
              aria-label={POSTURE_SIGNS[level][2]}
            >
              {POSTURE_SIGNS[level][0]}
            </span>
            <div>
              <Sentence text={message} />
            </div>
          </li>
        ))}
        {posture.length === 0 && (
          <li>
            <span className="sym ok" role="img" aria-label="in order">
              ✓
            </span>
            <div>Nothing can be said of the council’s posture that cannot be said now.</div>
          </li>
        )}
        <li>
          <span
            className={`sym ${voids.length > 0 ? 'warn' : 'no'}`}
            role="img"
            aria-label={voids.length > 0 ? 'warning' : 'nothing lost'}
          >
            {voids.length > 0 ? '!' : '–'}
          </span>
          <div>
            {staleText(makesStale, voids.length)}
            {voids.map(({ transactionIndex, title }) => (
              <small key={transactionIndex}>
                <a href={hrefOf({ screen: 'proposal', transactionIndex, tab: 'effect' })}>
                  Transaction {grouped(transactionIndex)}
                </a>
                , {title}
              </small>
            ))}
          </div>
        </li>
      </ul>
    </Card>
  );
}

function staleText(makesStale: boolean, voids: number): string {
  if (!makesStale) return 'What was proposed before stays as good as it is.';
  if (voids === 0) return 'Nothing else is before the council that it would void.';
  return voids === 1 ? 'It would void what is before the council:' : `It would void ${voids} transactions:`;
}
