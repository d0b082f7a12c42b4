import { lazy, Suspense, useState } from 'react';
import { Button } from '../components/parts.tsx';
import { Stop } from './stop.tsx';

const Qr = lazy(() => import('../components/qr.tsx'));

/** What the largest code holds. */
const MOST_IN_CODE = 2_900;

interface Props {
  readonly handout: string;
  /** A statement has no blockhash to hurry for. */
  readonly lasts: boolean;
  readonly token: string;
  readonly title: string;
  /** Why the last signature was not taken. */
  readonly foreign: string;
}

/** The key is on another machine: the message goes there, its signature comes back. */
export function Elsewhere({ handout, lasts, token, title, foreign }: Props) {
  const [said, setSaid] = useState('');
  const [code, setCode] = useState(false);
  const [signature, setSignature] = useState('');
  const out = (how: 'copy' | 'save') => void window.confirmation.handOut(how, handout).then(setSaid);
  return (
    <>
      <section className="card pad elsewhere" aria-label="Sign it on the machine that has the key">
        <h2>1. Take the message to the machine that has the key</h2>
        <p className="src">
          {!lasts && 'Its blockhash lasts some 60 to 90 seconds: have that machine ready. '}There, “sip sign
          FILE --keypair KEY” reads the same bytes again; compare the hash above.
        </p>
        <div className="row-of-buttons">
          <Button size="small" onPress={() => out('save')}>
            Save as file
          </Button>
          <Button size="small" onPress={() => out('copy')}>
            Copy
          </Button>
          {handout.length <= MOST_IN_CODE && (
            <Button size="small" onPress={() => setCode(!code)}>
              {code ? 'Hide QR code' : 'Show QR code'}
            </Button>
          )}
          <span className="src" role="status">
            {said}
          </span>
        </div>
        {code && (
          <Suspense fallback={<p className="src">Drawing</p>}>
            <Qr text={handout} label="The signing request as a QR code" />
          </Suspense>
        )}
        <h2>2. Bring its signature back</h2>
        <label className="field">
          Signature, base58
          <textarea
            rows={2}
            spellCheck={false}
            maxLength={200}
            value={signature}
            onChange={(event) => setSignature(event.target.value)}
          />
        </label>
        {foreign !== '' && (
          <p className="failure" role="alert">
            {foreign} Nothing was sent. Paste the one of this message.
          </p>
        )}
      </section>
      <div className="buttons">
        <Stop>Do not sign</Stop>
        <Button
          kind="primary"
          disabled={signature.trim() === ''}
          onPress={() => window.confirmation.signed(token, signature.trim())}
        >
          Use this signature: {title}
        </Button>
      </div>
    </>
  );
}
