import type { EpochRow, Epochs } from '#desktop/shared/views/index.ts';
import { Button, Card, Chip, FailureBox } from '../../components/parts.tsx';
import { stateText, toneOf } from '../../components/states.ts';
import { SipLink } from '../../components/value.tsx';
import { amountText, distanceText, momentText, numberIn } from '../../format.ts';
import { go } from '../../router.tsx';
import { useAct } from '../../use-call.ts';
import type { Asked } from './check-list.tsx';
import { shareOf, shareText } from './fill.ts';

interface Props {
  readonly epochs: Epochs;
  readonly busy: boolean;
  readonly onAsk: (asked: Asked) => void;
}

export const EpochTable = (props: Props) => (
  <Card title="Plan against chain">
    <div className="scroll">
      <table className="table epochs">
        <thead>
          <tr>
            <th scope="col">Epoch</th>
            <th scope="col">State</th>
            <th scope="col">Window</th>
            <th scope="col">Access</th>
            <th scope="col">Caps, filled</th>
            <th scope="col">SIP</th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.epochs.rows.map((row) => (
            <Row key={row.index} row={row} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  </Card>
);

function Row({ row, ...props }: Props & { readonly row: EpochRow }) {
  const { now } = props.epochs;
  return (
    <tr>
      <th scope="row">{row.index}</th>
      <td>
        <Chip tone={row.status === 'active' ? 'accent' : toneOf(row.status)}>{stateText(row.status)}</Chip>
      </td>
      <td>
        <Moment word="opens" past="opened" unix={row.opensAt} now={now} />
        {row.closesAt === null ? (
          <div>open-ended</div>
        ) : (
          <Moment word="closes" past="closed" unix={row.closesAt} now={now} />
        )}
      </td>
      <td>
        {stateText(row.access)}
        <div className="src">withdrawals {row.withdrawals ? 'on' : 'off'}</div>
      </td>
      <td>
        <Caps row={row} />
      </td>
      <td>
        <SipLink sip={row.sip} />
        <Plan row={row} />
      </td>
      <td>
        <Offer row={row} {...props} />
      </td>
    </tr>
  );
}

function Moment(props: {
  readonly word: string;
  readonly past: string;
  readonly unix: number;
  readonly now: number;
}) {
  const { word, past, unix, now } = props;
  return (
    <div>
      {momentText(unix)}
      <div className="src">
        {unix > now ? word : past} {distanceText(unix, now)}
      </div>
    </div>
  );
}

const Caps = ({ row: { caps, poolsWithoutCap } }: { readonly row: EpochRow }) => (
  <>
    {caps.map((one) => {
      const share = shareOf(one);
      return (
        <div key={one.mint}>
          {one.cap === null ? `${one.symbol}, no cap` : `${amountText(one.cap, one.decimals)} ${one.symbol}`}
          <div className="src">
            {amountText(one.filled, one.decimals)} filled{share !== null && `, ${shareText(share)}`}
          </div>
        </div>
      );
    })}
    {caps.length === 0 && poolsWithoutCap.length === 0 && (
      <div className="src">none: it takes no deposits</div>
    )}
    {poolsWithoutCap.length > 0 && (
      <div className="src">takes no deposits of {poolsWithoutCap.join(', ')}: no cap is set</div>
    )}
  </>
);

function Plan({ row: { plan } }: { readonly row: EpochRow }) {
  if (plan === null) return <div className="src">its text is not at hand</div>;
  if (plan.length === 0)
    return (
      <div className="agrees">
        <span aria-hidden="true">✓</span> as planned
      </div>
    );
  return (
    <ul className="differs">
      {plan.map(({ field, planned, actual }) => (
        <li key={field}>
          <span aria-hidden="true">≠</span> {field}: planned {planned}, on chain {actual}
        </li>
      ))}
    </ul>
  );
}

/** A window that has passed is changed by a SIP only; both kinds come with what the chain knows filled in. */
function Missed({ index }: { readonly index: number }) {
  const draft = useAct('sips.draft-for-epoch');
  const begin = (what: 'amend' | 'cancel') =>
    draft.mutate(
      { index, what },
      { onSuccess: ({ fileName }) => go({ screen: 'edit', sip: numberIn(fileName) }) },
    );
  return (
    <div className="stack">
      <Button size="small" disabled={draft.isPending} onPress={() => begin('amend')}>
        Amend by SIP
      </Button>
      <Button size="small" disabled={draft.isPending} onPress={() => begin('cancel')}>
        Cancel by SIP
      </Button>
      {draft.error && <FailureBox failure={draft.error.failure} />}
    </div>
  );
}

/** The one thing that is next for this epoch. */
function Offer({ row, epochs, busy, onAsk }: Props & { readonly row: EpochRow }) {
  const { index, status, due, opensAt } = row;
  if (due === 'amendment') return <Missed index={index} />;
  if (due === 'closing')
    return (
      <Button disabled={busy} onPress={() => onAsk({ what: 'close', index })}>
        Close…
      </Button>
    );
  if (status !== 'scheduled') return null;
  if (epochs.activation.index !== index)
    return epochs.activation.index === null ? null : (
      <span className="src">Waits for epoch {epochs.activation.index}</span>
    );
  return (
    <>
      <Button disabled={busy} onPress={() => onAsk({ what: 'activate', index })}>
        Activate…
      </Button>
      {opensAt > epochs.now && <div className="src">can be done {distanceText(opensAt, epochs.now)}</div>}
    </>
  );
}
