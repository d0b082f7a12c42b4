import { useEffect, useState } from 'react';
import type { ToConfirm } from '#desktop/shared/signer-protocol.ts';
import { Address, Button } from '../components/parts.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { Stop } from './stop.tsx';
import './bridge.ts';
import './confirm.css';

type Review = Extract<ToConfirm, { kind: 'review' }>;
type Shown = Exclude<ToConfirm, { kind: 'foreign' }>;

/** What the signer read in the bytes, and the one place where a signature is released. */
export function Confirm() {
  const [message, setMessage] = useState<Shown | null>(null);
  const [foreign, setForeign] = useState('');
  useEffect(
    () =>
      window.confirmation.onReview((said) => {
        if (said.kind === 'foreign') setForeign(said.sentence);
        else setMessage(said);
      }),
    [],
  );
  if (message === null)
    return (
      <main className="confirm" aria-busy="true">
        Reading the bytes
      </main>
    );
  if (message.kind === 'refused') return <Refused {...message} />;
  return <Reviewed review={message} foreign={foreign} />;
}

function Reviewed(props: { readonly review: Review; readonly foreign: string }) {
  const { token, review, claim, cluster, publicKey, handout } = props.review;
  return (
    <main className="confirm">
      <h1>{review.title}</h1>
      <section className="card pad" aria-label="What the signer read in the bytes">
        <dl>
          {review.lines.map(({ label, value, address }) => (
            <Line
              key={`${label}${value}`}
              label={label}
              value={value}
              address={address === true || label.startsWith('Digest')}
            />
          ))}
          <Line label="Signs with" value={publicKey} address />
          <Line
            label="On"
            value={cluster === 'embedded' ? 'the network inside this computer' : cluster}
            address={false}
          />
        </dl>
      </section>
      <section className="card pad" aria-label="Hash of the message">
        <p className="src">SHA-256 of the message, to compare with another device</p>
        <p className="hash">
          <Address value={review.messageHash.base58} />
        </p>
        <p className="hash">
          <Address value={review.messageHash.hex} />
        </p>
      </section>
      <p className="claim">
        The console says: {claim.title}
        {claim.verdict !== null && ` (verdict ${claim.verdict})`}
      </p>
      {handout === null ? (
        <div className="buttons">
          <Stop>Do not sign</Stop>
          <Button kind="primary" onPress={() => window.confirmation.sign(token)}>
            Sign: {review.title}
          </Button>
        </div>
      ) : (
        <Elsewhere handout={handout} token={token} title={review.title} foreign={props.foreign} />
      )}
    </main>
  );
}

const Line = ({
  label,
  value,
  address,
}: {
  readonly label: string;
  readonly value: string;
  readonly address: boolean;
}) => (
  <>
    <dt>{label}</dt>
    <dd>{address ? <Address value={value} /> : value}</dd>
  </>
);

const Refused = ({ code, sentence }: Extract<ToConfirm, { kind: 'refused' }>) => (
  <main className="confirm">
    <h1>This is not signed</h1>
    <div className="failure" role="alert">
      <h2>{sentence}</h2>
      <p>
        Nothing was sent. <code>{code}</code>
      </p>
    </div>
    <Stop>Close</Stop>
  </main>
);
