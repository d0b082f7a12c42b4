import { useEffect, useState } from 'react';
import type { ToConfirm } from '#desktop/shared/signer-protocol.ts';
import { ClaimLine, HashLines, ReviewLines } from '../components/review.tsx';
import { type News, Release } from './release.tsx';
import { Stop } from './stop.tsx';
import './bridge.ts';
import './confirm.css';

type Review = Extract<ToConfirm, { kind: 'review' }>;
type Shown = Extract<ToConfirm, { kind: 'review' | 'refused' }>;

/** What the signer read in the bytes, and the one place where a signature is released. */
export function Confirm() {
  const [message, setMessage] = useState<Shown | null>(null);
  const [news, setNews] = useState<News | null>(null);
  useEffect(
    () =>
      window.confirmation.onReview((said) => {
        if (said.kind === 'review' || said.kind === 'refused') setMessage(said);
        else setNews(said);
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
  return <Reviewed review={message} news={news} />;
}

function Reviewed({ review: shown, news }: { readonly review: Review; readonly news: News | null }) {
  const { review, claim, cluster, publicKey } = shown;
  return (
    <main className="confirm">
      <h1>{review.title}</h1>
      <ReviewLines review={review} publicKey={publicKey} cluster={cluster} />
      <HashLines hash={review.messageHash} />
      <ClaimLine claim={claim} />
      <Release shown={shown} news={news} />
    </main>
  );
}

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
