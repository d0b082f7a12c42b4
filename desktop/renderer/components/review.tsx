import type { Claim, Cluster, ReviewView } from '#desktop/shared/signer-protocol.ts';
import { Address } from './parts.tsx';
import './review.css';

/** What the signer read in the bytes, who signs them and where they count. */
export function ReviewLines(props: {
  readonly review: ReviewView;
  readonly publicKey: string;
  readonly cluster: Cluster;
}) {
  const { review, publicKey, cluster } = props;
  return (
    <section className="card pad review" aria-label="What the signer read in the bytes">
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
  );
}

export const HashLines = ({ hash }: { readonly hash: ReviewView['messageHash'] }) => (
  <section className="card pad review" aria-label="Hash of the message">
    <p className="src">SHA-256 of the message, to compare with another device</p>
    <p className="hash">
      <Address value={hash.base58} />
    </p>
    <p className="hash">
      <Address value={hash.hex} />
    </p>
  </section>
);

export const ClaimLine = ({ claim }: { readonly claim: Claim }) => (
  <p className="claim">
    The console says: {claim.title}
    {claim.verdict !== null && ` (verdict ${claim.verdict})`}
  </p>
);

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
