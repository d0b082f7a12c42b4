import type { ProposalView } from '#desktop/shared/views/index.ts';
import { Address, Card } from '../../components/parts.tsx';
import { stateText } from '../../components/states.ts';
import { momentText } from '../../format.ts';

type Vote = ProposalView['votes'][number];

const CAST: Readonly<Record<Vote['cast'], readonly [string, string, string]>> = {
  approved: ['✓', 'Approved', 'ok'],
  rejected: ['✕', 'Rejected', 'bad'],
  cancelled: ['✕', 'Cancelled', 'warn'],
  none: ['…', 'Has not voted', 'plain'],
  cannot: ['–', 'Cannot vote', 'plain'],
};

const needed = ({ approvals, needed: wanted }: ProposalView): string => `${approvals} of ${wanted} needed`;

/** One field for each member who may vote; mine is dashed. The sentence beside it says the same. */
const Bar = ({ votes }: { readonly votes: readonly Vote[] }) => (
  <div className="vote-bar" aria-hidden="true">
    {votes
      .filter(({ cast }) => cast !== 'cannot')
      .map(({ publicKey, cast, me }) => (
        <i key={publicKey} className={`${cast} ${me ? 'me' : ''}`} />
      ))}
  </div>
);

export const VotesCard = ({ view }: { readonly view: ProposalView }) => (
  <Card title="Votes" note={needed(view)}>
    <div className="pad">
      <Bar votes={view.votes} />
      <p>{view.voteSentence}</p>
    </div>
  </Card>
);

/** As far as they were given on this computer, or stand beside the document. */
export function Reasons({ view: { reasons, reasonsProblem } }: { readonly view: ProposalView }) {
  if (reasons.length === 0 && reasonsProblem === '') return null;
  return (
    <Card title="Reasons" note="beside the document; signed by nobody, not on chain">
      {reasonsProblem !== '' && (
        <p className="pad" role="alert">
          {reasonsProblem}
        </p>
      )}
      <ol className="history">
        {reasons.map(({ vote, who, when, text }) => (
          <li key={`${when} ${who} ${vote}`}>
            <span className="src">{momentText(when)}</span>
            <div>
              {stateText(vote)}: {text}
              <div>
                <Address value={who} />
              </div>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

export const Votes = ({ view }: { readonly view: ProposalView }) => (
  <Card title="Members" note={needed(view)}>
    <div className="pad">
      <Bar votes={view.votes} />
    </div>
    <div className="scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">May</th>
            <th scope="col">Vote</th>
          </tr>
        </thead>
        <tbody>
          {view.votes.map((vote) => (
            <Member key={vote.publicKey} vote={vote} />
          ))}
        </tbody>
      </table>
    </div>
  </Card>
);

function Member({ vote: { seat, publicKey, permissions, cast, me } }: { readonly vote: Vote }) {
  const [sign, word, tone] = CAST[cast];
  return (
    <tr className={me ? 'me' : undefined}>
      <td>
        <span className="name">{seat}</span> {me && <span className="src">you sign as this one</span>}
        <br />
        <Address value={publicKey} />
      </td>
      <td>{permissions.join(', ')}</td>
      <td className="cast">
        <span className={`sym ${tone}`} aria-hidden="true">
          {sign}
        </span>{' '}
        {word}
      </td>
    </tr>
  );
}
