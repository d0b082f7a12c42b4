import type { ProposalView, ReviewReceiptView } from '#desktop/shared/views/index.ts';
import { ActState, SaveState } from '../../components/outcome.tsx';
import { Address, Button, Card, Chip, Loaded } from '../../components/parts.tsx';
import { verdictTone } from '../../components/states.ts';
import { TakeStatements } from '../../components/take-statements.tsx';
import { momentText } from '../../format.ts';
import { useAct, useView } from '../../use-call.ts';

/** What members' own consoles found, where they said so; nothing counts it. Of a transaction without a text there is none. */
export function Receipts({ view: proposal }: { readonly view: ProposalView }) {
  const { transactionIndex } = proposal.row;
  const view = useView('proposals.receipts', { transactionIndex }, { refresh: false });
  const none = view.data?.receipts.length === 0 && view.data.problem === null;
  if (none && proposal.text === null) return null;
  return (
    <Card title="Review receipts" note="signed words of what a member’s console found; no approvals">
      <Loaded view={view}>
        {({ receipts, problem }) => (
          <>
            {problem && <p className="pad">{problem}</p>}
            {none && <p className="pad src">None lies beside the document.</p>}
            {receipts.length > 0 && (
              <ol className="history">
                {receipts.map((receipt) => (
                  <Receipt key={receipt.id} receipt={receipt} transactionIndex={transactionIndex} />
                ))}
              </ol>
            )}
          </>
        )}
      </Loaded>
      {proposal.text !== null && <Give proposal={proposal} />}
      {proposal.text !== null && (
        <TakeStatements label="Choose a receipt" hint="Drop a receipt here that a member sent you." />
      )}
    </Card>
  );
}

interface ReceiptProps {
  readonly receipt: ReviewReceiptView;
  readonly transactionIndex: string;
}

function Receipt({ receipt, transactionIndex }: ReceiptProps) {
  const { id, seat, publicKey, verdict, at, tool, faults } = receipt;
  const save = useAct('proposals.export-receipt');
  return (
    <li>
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
        <Button size="small" disabled={save.isPending} onPress={() => save.mutate({ transactionIndex, id })}>
          Save as file
        </Button>
        <SaveState save={save} />
      </div>
    </li>
  );
}

function Give({ proposal: { row, seat, votes } }: { readonly proposal: ProposalView }) {
  const give = useAct('proposals.give-receipt');
  const me = votes.find((vote) => vote.me);
  return (
    <div className="ask">
      <Button
        disabled={me === undefined || give.isPending}
        onPress={() => give.mutate({ transactionIndex: row.transactionIndex, seat })}
      >
        Give a receipt{me && ` with ${me.seat}`}
      </Button>
      <p className="why">
        {me === undefined
          ? 'A receipt is a member’s: choose a member’s key below the list of screens.'
          : 'It says what this console finds now, approves nothing, and may be given before a vote or after it.'}
      </p>
      <ActState act={give} />
    </div>
  );
}
