import { Button, Card, FailureBox } from '../../components/parts.tsx';
import { useAct } from '../../use-call.ts';

/** The document as a file, for whoever reviews or sponsors it. */
export function HandOut({ sip }: { readonly sip: number }) {
  const save = useAct('sips.export');
  return (
    <Card title="Hand in" note="as a file">
      <div className="pad stack">
        <Button size="wide" disabled={save.isPending} onPress={() => save.mutate({ sip, form: 'sipz' })}>
          Sign and save as .sipz
        </Button>
        <Button size="wide" disabled={save.isPending} onPress={() => save.mutate({ sip, form: 'md' })}>
          Save as .md
        </Button>
        <span className="src">
          A .sipz carries your signature over number and digest; it proves who wrote it and sends nothing.
        </span>
        {save.data && <p role="status">{save.data.saved ? 'Saved.' : 'Not saved.'}</p>}
        {save.error && <FailureBox failure={save.error.failure} />}
      </div>
    </Card>
  );
}
