import { useState } from 'react';
import { Button } from '../components/parts.tsx';
import { Stop } from './stop.tsx';

/** Confirmed here; now its person is at the browser's wallet. */
export function InBrowser({ url }: { readonly url: string | null }) {
  const [said, setSaid] = useState('');
  const out = (how: 'open' | 'copy') => {
    if (url !== null) void window.confirmation.openPage(how, url).then(setSaid);
  };
  return (
    <>
      <section className="card pad elsewhere" aria-label="In the browser" aria-busy={url === null}>
        <h2>Sign in the browser that has the wallet</h2>
        <p className="src">
          The page is on this computer only, opens once, and shows the same hash: compare it with the one
          above. Never sign on a page that you came to in another way.
        </p>
        <div className="row-of-buttons">
          <Button size="small" disabled={url === null} onPress={() => out('open')}>
            Open the page
          </Button>
          <Button size="small" disabled={url === null} onPress={() => out('copy')}>
            Copy its address
          </Button>
          <span className="src" role="status">
            {said}
          </span>
        </div>
      </section>
      <div className="buttons single">
        <Stop>Stop, and do not sign</Stop>
      </div>
    </>
  );
}
