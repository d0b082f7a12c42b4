import { useAct } from '../use-call.ts';
import { FileChoice } from './file-choice.tsx';
import { FailureBox } from './parts.tsx';
import { Taken } from './taken-statements.tsx';

/** A file of requests or receipts that somebody sent. */
export function TakeStatements({ label, hint }: { readonly label: string; readonly hint: string }) {
  const take = useAct('sips.import-statements');
  return (
    <div className="take">
      <FileChoice label={label} hint={hint} busy={take.isPending} onFile={(file) => take.mutate(file)} />
      {take.error && (
        <div className="pad">
          <FailureBox failure={take.error.failure} />
        </div>
      )}
      {take.data && <Taken of={take.data} />}
    </div>
  );
}
