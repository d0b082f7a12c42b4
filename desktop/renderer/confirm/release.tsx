import { useState } from 'react';
import type { ToConfirm } from '#desktop/shared/signer-protocol.ts';
import { Button } from '../components/parts.tsx';
import { InBrowser } from './browser.tsx';
import { OnDevice } from './device.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { Lasts } from './lasts.tsx';
import { Stop } from './stop.tsx';

/** What the signer says after its review. */
export type News = Exclude<ToConfirm, { kind: 'review' | 'refused' }>;

const VERBS = {
  keypair: 'Sign',
  ledger: 'Sign on the Ledger',
  browser: 'Sign in the browser',
} as const;

interface Props {
  readonly shown: Extract<ToConfirm, { kind: 'review' }>;
  readonly news: News | null;
}

/** Where the signature is released, or refused: it differs by where the key is. */
export function Release({ shown: { how, token, review }, news }: Props) {
  const [released, setReleased] = useState(false);
  if (how.kind === 'offline')
    return (
      <Elsewhere
        handout={how.handout}
        lasts={review.statement === true}
        token={token}
        title={review.title}
        foreign={news?.kind === 'foreign' ? news.sentence : ''}
      />
    );
  if (released && how.kind === 'ledger')
    return <OnDevice step={news?.kind === 'device' ? news.step : null} />;
  if (released && how.kind === 'browser') return <InBrowser url={news?.kind === 'page' ? news.url : null} />;
  const release = () => {
    setReleased(true);
    window.confirmation.sign(token);
  };
  return (
    <>
      {review.statement !== true && <Lasts />}
      <div className="buttons">
        <Stop>Do not sign</Stop>
        <Button kind="primary" disabled={released} onPress={release}>
          {VERBS[how.kind]}: {review.title}
        </Button>
      </div>
    </>
  );
}
