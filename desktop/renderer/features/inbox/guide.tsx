import type { SipRow } from '#desktop/shared/views.ts';
import { Button, Card } from '../../components/parts.tsx';
import { hrefOf } from '../../router.tsx';
import { useAct, useView } from '../../use-call.ts';

/** The time lock of the embedded network's council, in seconds. */
const TIME_LOCK = 600;

interface Step {
  readonly name: string;
  readonly done: boolean;
}

/** What a first user does next, on the network that ends with the window; gone when one SIP has been executed. */
export function Guide() {
  const state = useView('state.read', {});
  const sips = useView('sips.list', {});
  const seat = useAct('seat.choose');
  const warp = useAct('network.warp');
  const rows = sips.data ?? [];
  const { network } = state.data ?? {};
  if (!network?.ephemeral || rows.length === 0) return null;
  const first =
    rows.find(({ status }) => status === 'Submitted' || status === 'Approved') ??
    rows.find(({ status }) => status === 'Review');
  if (rows.some(({ status }) => status === 'Executed' || status === 'Activated') || first === undefined)
    return null;
  const { status, sip, due } = first;
  const locked = (due[0]?.notBefore ?? 0) > (network.now ?? 0);
  const submitted = status !== 'Review';
  const approved = status === 'Approved';
  const steps: Step[] = [
    { name: `Read SIP-${sip} and submit it to the council`, done: submitted },
    { name: 'Approve it as three members', done: approved },
    { name: 'Let the time lock pass', done: approved && !locked },
    { name: 'Execute it', done: false },
  ];
  return (
    <Card
      title="Try it: one SIP from its text to the state on chain"
      note="a network of your own, its keys are worthless"
    >
      <ol className="gates">
        {steps.map(({ name, done }, at) => (
          <li key={name}>
            <span className={`sym ${done ? 'ok' : 'no'}`} role="img" aria-label={done ? 'done' : 'to do'}>
              {done ? '✓' : at + 1}
            </span>
            <div>{name}</div>
          </li>
        ))}
      </ol>
      <div className="pad buttons">
        <a className="btn primary" href={next(first)}>
          {submitted ? `Open SIP-${sip}’s proposal` : `Read SIP-${sip}`}
        </a>
        {submitted &&
          !approved &&
          [0, 1, 2].map((id) => (
            <Button key={id} onPress={() => seat.mutate({ seat: String(id) })}>
              Be seat {id}
            </Button>
          ))}
        {approved && locked && (
          <Button onPress={() => warp.mutate({ seconds: TIME_LOCK })}>Let 10 minutes pass</Button>
        )}
      </div>
    </Card>
  );
}

function next({ sip, due }: SipRow): string {
  const index = due.map(({ step }) => /transaction (\d+)/.exec(step)?.[1]).find(Boolean);
  return index
    ? hrefOf({ screen: 'proposal', transactionIndex: index, tab: 'effect' })
    : hrefOf({ screen: 'sip', sip });
}
