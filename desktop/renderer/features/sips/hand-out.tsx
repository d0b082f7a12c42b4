import { SaveState } from '../../components/outcome.tsx';
import { Button, Card } from '../../components/parts.tsx';
import { useAct } from '../../use-call.ts';

/** Its whole way for a third party; there is none before the council has it. */
export function HandOutAudit({ sip }: { readonly sip: number }) {
  const save = useAct('sips.audit');
  return (
    <Card title="Audit" note="as a file">
      <div className="pad stack">
        <Button size="wide" disabled={save.isPending} onPress={() => save.mutate({ sip })}>
          {save.isPending ? 'Reading the chain' : 'Save the audit'}
        </Button>
        <span className="src">
          From the text to the state: the accounts’ bytes, the signed transactions, receipts and reasons.
          Anybody checks it without a network: <code>sip audit check</code>.
        </span>
        <SaveState save={save} />
      </div>
    </Card>
  );
}

/** The document as a file, for whoever reviews or sponsors it. */
export function HandOut({ sip, signs }: { readonly sip: number; readonly signs: boolean }) {
  const save = useAct('sips.export');
  return (
    <Card title="Hand in" note="as a file">
      <div className="pad stack">
        <Button
          size="wide"
          disabled={!signs || save.isPending}
          onPress={() => save.mutate({ sip, form: 'sipz' })}
        >
          Sign and save as .sipz
        </Button>
        {!signs && <span className="src">Nobody signs here. Choose a seat at the lower left.</span>}
        <Button size="wide" disabled={save.isPending} onPress={() => save.mutate({ sip, form: 'md' })}>
          Save as .md
        </Button>
        <span className="src">
          A .sipz carries your signature over number and digest; it proves who wrote it and sends nothing.
        </span>
        <SaveState save={save} />
      </div>
    </Card>
  );
}
