import { PROPOSAL_TABS, type ProposalTab } from '#desktop/shared/route.ts';
import type { ProposalView } from '#desktop/shared/views/index.ts';
import { Chip, Loaded, Screen } from '../../components/parts.tsx';
import { stateText, toneOf } from '../../components/states.ts';
import { SipLink } from '../../components/value.tsx';
import { distanceText, grouped, momentText } from '../../format.ts';
import { hrefOf } from '../../router.tsx';
import { useView } from '../../use-call.ts';
import { Actions } from './actions.tsx';
import { DigestCard } from './digest.tsx';
import { Effect } from './effect.tsx';
import { History } from './history.tsx';
import './proposal.css';
import { ChangeRequests } from '../requests/requests.tsx';
import { Approvals } from './approvals.tsx';
import { Receipts } from './receipts.tsx';
import { Simulation } from './simulation.tsx';
import { Text } from './text.tsx';
import { Transaction } from './transaction.tsx';
import { Verdict } from './verdict.tsx';
import { Reasons, Votes, VotesCard } from './votes.tsx';

interface Props {
  readonly transactionIndex: string;
  readonly tab: ProposalTab;
}

/** An outcome belongs to one transaction: another one starts afresh. */
export const ProposalScreen = (props: Props) => <Shown key={props.transactionIndex} {...props} />;

function Shown({ transactionIndex, tab }: Props) {
  const view = useView('proposals.read', { transactionIndex });
  const { data } = view;
  return (
    <Screen
      crumb={
        <>
          <a href={hrefOf({ screen: 'proposals' })}>Proposals</a> / Transaction {grouped(transactionIndex)}
        </>
      }
      title={data?.row.title ?? `Transaction ${transactionIndex}`}
      meta={data && <Meta view={data} />}
      nav={<Tabs transactionIndex={transactionIndex} tab={tab} />}
      aside={data && <Aside view={data} />}
    >
      <Loaded view={view}>
        {(loaded) => (
          <>
            <Verdict view={loaded} />
            <Panel view={loaded} tab={tab} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Meta({ view: { row, part, parts, expiresAt, executed } }: { readonly view: ProposalView }) {
  const state = useView('state.read', {});
  const now = state.data?.network?.now ?? undefined;
  return (
    <>
      <Chip tone={toneOf(row.state)}>{stateText(row.state)}</Chip>
      {row.sip !== null && <SipLink sip={row.sip} />}
      {parts !== null && parts > 1 && (
        <span>
          Part {part} of {parts}
        </span>
      )}
      <span>Submitted by {row.creator}</span>
      {expiresAt !== null && !executed && (
        <span title={momentText(expiresAt)}>
          {now === undefined || now < expiresAt ? 'Expires' : 'Expired'}{' '}
          {now === undefined ? momentText(expiresAt) : distanceText(expiresAt, now)}
        </span>
      )}
    </>
  );
}

const Tabs = ({ transactionIndex, tab }: Props) => (
  <nav className="tabs" aria-label="Parts of this proposal">
    {PROPOSAL_TABS.map((name) => (
      <a
        key={name}
        href={hrefOf({ screen: 'proposal', transactionIndex, tab: name })}
        aria-current={name === tab ? 'page' : undefined}
      >
        {stateText(name)}
      </a>
    ))}
  </nav>
);

const Aside = ({ view }: { readonly view: ProposalView }) => (
  <>
    <Actions view={view} />
    <VotesCard view={view} />
    <DigestCard view={view} />
  </>
);

function Panel({ view, tab }: { readonly view: ProposalView; readonly tab: ProposalTab }) {
  switch (tab) {
    case 'text':
      return <Text view={view} />;
    case 'effect':
      return <Effect view={view} />;
    case 'transaction':
      return <Transaction view={view} />;
    case 'simulation':
      return <Simulation view={view} />;
    case 'votes':
      return (
        <>
          <Votes view={view} />
          <Reasons view={view} />
          <Approvals transactionIndex={view.row.transactionIndex} />
          <Receipts view={view} />
          {view.row.sip !== null && view.digest !== null && (
            <ChangeRequests sip={view.row.sip} digest={view.digest} />
          )}
        </>
      );
    case 'history':
      return <History view={view} />;
  }
}
