import { lazy, Suspense, useState } from 'react';
import type { ProposalView } from '#desktop/shared/views/index.ts';
import { Copy } from '../../components/copy.tsx';
import { Address, Button, Card } from '../../components/parts.tsx';

const Qr = lazy(() => import('../../components/qr.tsx'));

/** What another signer reads out over the telephone, or scans. */
export function DigestCard({ view: { digest, membersHash } }: { readonly view: ProposalView }) {
  const [shown, setShown] = useState(false);
  if (digest === null) return null;
  return (
    <Card title="Compare with the others">
      <div className="pad digest">
        <Address value={digest} />
        <p className="src">SHA-256 of the text, hex; the message carries it</p>
        <div className="buttons">
          <Copy text={digest} label="Copy digest" />
          <Button size="small" onPress={() => setShown(!shown)}>
            {shown ? 'Hide QR code' : 'Show QR code'}
          </Button>
        </div>
        {shown && (
          <Suspense fallback={<p className="src">Drawing…</p>}>
            <Qr text={digest} label="QR code of the digest" />
          </Suspense>
        )}
        {membersHash !== null && (
          <>
            <Address value={membersHash} />
            <p className="src">SHA-256 of the council’s members that the text was written for</p>
          </>
        )}
      </div>
    </Card>
  );
}
