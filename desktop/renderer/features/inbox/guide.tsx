import { type ReactNode, useState } from 'react';
import type { GuideView } from '#desktop/shared/views/index.ts';
import { Button, Card, FailureBox } from '../../components/parts.tsx';
import { numberIn } from '../../format.ts';
import { go, hrefOf } from '../../router.tsx';
import { useAct, useView } from '../../use-call.ts';

type Stage = GuideView['stage'];

const STEPS: readonly { readonly name: string; readonly stages: readonly Stage[] }[] = [
  { name: 'Draft a SIP that schedules a restaking epoch', stages: ['draft', 'save'] },
  { name: 'Submit it to the council', stages: ['submit'] },
  { name: 'Approve it as three members', stages: ['approve'] },
  { name: 'Execute it, once its time lock has passed', stages: ['execute'] },
  { name: 'Activate the epoch as its admin, once its window is open', stages: ['activate'] },
];

/** As many as decide on this network. */
const MEMBERS = ['0', '1', '2'];

/** What a first user does next, on the network that ends with the window, from a draft to an active epoch. */
export function Guide() {
  const { data: guide } = useView('guide.read', {});
  const [closed, setClosed] = useState(false);
  if (!guide || closed) return null;
  const at = STEPS.findIndex(({ stages }) => stages.includes(guide.stage));
  const doneUntil = at < 0 ? STEPS.length : at;
  return (
    <Card
      title="Try it: one SIP from its text to the state on chain"
      note="a network of your own, its keys are worthless"
    >
      <ol className="gates">
        {STEPS.map(({ name }, step) => (
          <li key={name} aria-current={step === at ? 'step' : undefined}>
            <span
              className={`sym ${step < doneUntil ? 'ok' : 'no'}`}
              role="img"
              aria-label={step < doneUntil ? 'done' : 'to do'}
            >
              {step < doneUntil ? '✓' : step + 1}
            </span>
            <div>{name}</div>
          </li>
        ))}
      </ol>
      <Next guide={guide} onClose={() => setClosed(true)} />
    </Card>
  );
}

/** What takes the step, and on the way there: other keys, and time that passes. */
function Next({ guide, onClose }: { readonly guide: GuideView; readonly onClose: () => void }) {
  const draft = useAct('guide.draft');
  const seat = useAct('seat.choose');
  const warp = useAct('network.warp');
  const { stage, sip, transactionIndex, waitSeconds, seats } = guide;
  const trouble = draft.error ?? seat.error ?? warp.error;
  const me = useView('state.read', {}).data?.seat;
  const be = (id: string, name: string, kind: 'plain' | 'primary' = 'plain') =>
    id !== me && (
      <Button key={id} kind={kind} onPress={() => seat.mutate({ seat: id })}>
        Be {name}
      </Button>
    );
  const pass = (name: string) => (
    <Button kind="primary" onPress={() => warp.mutate({ seconds: waitSeconds + 1 })}>
      {name}
    </Button>
  );
  const proposal = (kind: 'plain' | 'primary') =>
    transactionIndex && (
      <Link kind={kind} to={hrefOf({ screen: 'proposal', transactionIndex, tab: 'effect' })}>
        Open its proposal
      </Link>
    );
  const mayVote = seats.includes(me ?? '');
  const next = mayVote ? undefined : MEMBERS.find((id) => seats.includes(id));
  const step = (): ReactNode => {
    switch (stage) {
      case 'draft':
        return (
          <Button
            kind="primary"
            disabled={draft.isPending}
            onPress={() => draft.mutate({}, { onSuccess: toEditor })}
          >
            Draft it
          </Button>
        );
      case 'save':
        return <Link to={hrefOf({ screen: 'edit', sip })}>Open the draft and save it</Link>;
      case 'submit':
        return <Link to={hrefOf({ screen: 'sip', sip: sip ?? 0 })}>{`Read SIP-${sip} and submit it`}</Link>;
      case 'approve':
        return (
          <>
            {/* What the chain says changes a button's colour and never its place: somebody may be about to press it. */}
            {proposal(mayVote ? 'primary' : 'plain')}
            {MEMBERS.map((id) => be(id, `seat ${id}`, id === next ? 'primary' : 'plain'))}
          </>
        );
      case 'execute':
        return waitSeconds > 0 ? pass('Let the time lock pass') : proposal('primary');
      case 'activate':
        if (waitSeconds > 0) return pass('Let its window open');
        return (
          be('epoch-admin', 'the epoch admin', 'primary') || (
            <Link to={hrefOf({ screen: 'epochs' })}>Open Epochs</Link>
          )
        );
      case 'done':
        return (
          <>
            <span>The text, the bytes that were approved and the state on chain are one.</span>
            <Button onPress={onClose}>Close</Button>
          </>
        );
    }
  };
  return (
    <div className="pad stack">
      {trouble && <FailureBox failure={trouble.failure} />}
      <div className="buttons">{step()}</div>
    </div>
  );
}

interface LinkProps {
  readonly to: string;
  readonly kind?: 'plain' | 'primary';
  readonly children: string;
}

const Link = ({ to, kind = 'primary', children }: LinkProps) => (
  <a className={kind === 'primary' ? 'btn primary' : 'btn'} href={to}>
    {children}
  </a>
);

const toEditor = ({ fileName }: { readonly fileName: string }) =>
  go({ screen: 'edit', sip: numberIn(fileName) });
