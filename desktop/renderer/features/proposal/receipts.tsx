import { Address, Card, Chip, Loaded } from '../../components/parts.tsx';
import { verdictTone } from '../../components/states.ts';
import { momentText } from '../../format.ts';
import { useView } from '../../use-call.ts';

/** What members' own consoles found, where they said so; nothing counts it. */
export function Receipts({ transactionIndex }: { readonly transactionIndex: string }) {
  const view = useView('proposals.receipts', { transactionIndex }, { refresh: false });
  if (view.data?.receipts.length === 0 && view.data.problem === null) return null;
  return (
    <Card title="Review receipts" note="signed words of what a member’s console found; no approvals">
      <Loaded view={view}>
        {({ receipts, problem }) => (
          <>
            {problem && <p className="pad">{problem}</p>}
            <ol className="history">
              {receipts.map(({ seat, publicKey, verdict, at, tool, faults }) => (
                <li key={publicKey}>
                  <span className="src">{momentText(at)}</span>
                  <div>
                    <span className="name">{seat}</span> <Chip tone={verdictTone(verdict)}>{verdict}</Chip>{' '}
                    <span className="src">by version {tool}</span>
                    <div>
                      <Address value={publicKey} />
                    </div>
                    {faults.map((fault) => (
                      <p key={fault}>
                        <span className="sym bad" aria-hidden="true">
                          !
                        </span>{' '}
                        {fault}
                      </p>
                    ))}
                  </div>
                </li>
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </Card>
  );
}
