import { type ReactNode, useState } from 'react';
import type { GuideView } from '#desktop/shared/views.ts';
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
  const proposal = transactionIndex && (
    <Link to={hrefOf({ screen: 'proposal', transactionIndex, tab: 'effect' })}>Open its proposal</Link>
  );
  /** Of those that have not voted. */
  const others = MEMBERS.filter((id) => id !== me && seats.includes(id));
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
            {seats.includes(me ?? '') && proposal}
            {others.map((id, at) =>
              be(id, `seat ${id}`, at === 0 && !seats.includes(me ?? '') ? 'primary' : 'plain'),
            )}
          </>
        );
      case 'execute':
        return waitSeconds > 0 ? pass('Let the time lock pass') : proposal;
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

const Link = ({ to, children }: { readonly to: string; readonly children: string }) => (
  <a className="btn primary" href={to}>
    {children}
  </a>
);

const toEditor = ({ fileName }: { readonly fileName: string }) =>
  go({ screen: 'edit', sip: numberIn(fileName) });
