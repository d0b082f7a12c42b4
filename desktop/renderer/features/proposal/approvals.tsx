import { ExplorerLink } from '../../components/explorer.tsx';
import { Address, Card, Empty, Loaded } from '../../components/parts.tsx';
import { useView } from '../../use-call.ts';

/** How each approval came about: one that was signed weeks ago is no opinion of today. */
export function Approvals({ transactionIndex }: { readonly transactionIndex: string }) {
  const view = useView('proposals.approvals', { transactionIndex }, { refresh: false });
  return (
    <Card title="How the approvals came about" note="from the endpoint’s history">
      <Loaded view={view}>
        {(approvals) =>
          approvals.length === 0 ? (
            <Empty title="No approval in the history">
              What the endpoint no longer keeps is missing here too; the votes above are the account’s own.
            </Empty>
          ) : (
            <ol className="history">
              {approvals.map(({ seat, publicKey, signature, when, warnings }) => (
                <li key={`${signature} ${publicKey}`}>
                  <span className="src">{when}</span>
                  <div>
                    <span className="name">{seat}</span>{' '}
                    {warnings.length === 0 ? (
                      <span className="src">paid for it itself, alone in its transaction, over no nonce</span>
                    ) : (
                      warnings.map((warning) => (
                        <p key={warning}>
                          <span className="sym bad" aria-hidden="true">
                            !
                          </span>{' '}
                          {warning}
                        </p>
                      ))
                    )}
                    <div>
                      <Address value={signature} /> <ExplorerLink kind="signature" what={signature} />
                    </div>
                  </div>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  );
}
