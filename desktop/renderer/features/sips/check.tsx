import { useState } from 'react';
import type { Request } from '#desktop/shared/contract.ts';
import { Button, Card, Loaded } from '../../components/parts.tsx';
import { solText } from '../../format.ts';
import { useView } from '../../use-call.ts';

const SIGNS = { error: ['✕', 'bad'], warning: ['!', 'warn'], note: ['i', 'plain'] } as const;

/** Facts from chain: what would make the execution fail, and what reviewers should know. */
export function Check({ sip }: { readonly sip: number }) {
  const [asked, setAsked] = useState(false);
  return (
    <Card title="Checked against the chain">
      {asked ? (
        <CheckReport name="sips.check" request={{ sip }} />
      ) : (
        <div className="pad">
          <Button size="wide" onPress={() => setAsked(true)}>
            Check
          </Button>
        </div>
      )}
    </Card>
  );
}

/** @param props.name of the call: for a document, or for a text that is not saved yet */
export function CheckReport<N extends 'sips.check' | 'sips.check-text'>(props: {
  readonly name: N;
  readonly request: Request<N>;
}) {
  const view = useView(props.name, props.request, { refresh: false });
  return (
    <Loaded view={view}>
      {({ findings, rentLamports, vaultLamports }) => (
        <ul className="gates">
          {findings.map(({ level, code, message, help }) => (
            <li key={`${code}${message}`}>
              <span className={`sym ${SIGNS[level][1]}`} role="img" aria-label={level}>
                {SIGNS[level][0]}
              </span>
              <div>
                {message}
                <small>{help}</small>
              </div>
            </li>
          ))}
          {findings.length === 0 && (
            <li>
              <span className="sym ok" role="img" aria-label="passed">
                ✓
              </span>
              <div>Nothing to say.</div>
            </li>
          )}
          <li>
            <span className="sym plain">◔</span>
            <div>
              The vault pays at most {solText(rentLamports)} of rent
              <small>it has {solText(vaultLamports)}</small>
            </div>
          </li>
        </ul>
      )}
    </Loaded>
  );
}
