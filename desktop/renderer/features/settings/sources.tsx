import type { SourceRow } from '#desktop/shared/views/index.ts';
import { Button, Card, FailureBox, Loaded } from '../../components/parts.tsx';
import { useAct, useView } from '../../use-call.ts';
import './settings.css';

/** Where SIPs are read from besides the console's own folder. */
export function Sources() {
  const view = useView('sources.list', {});
  const add = useAct('sources.add');
  return (
    <Card title="SIP sources" note="folders, git clones among them">
      <Loaded view={view}>
        {({ sources, stored, problems }) => (
          <ul className="settings-rows">
            {sources.map((row) => (
              <Source key={row.id} row={row} />
            ))}
            <li>
              <p>
                The console’s own folder, and {stored} {stored === 1 ? 'text' : 'texts'} kept by digest:
                handed in, given for a proposal, or submitted.
              </p>
              {problems.map((problem) => (
                <p key={problem} role="alert">
                  {problem}
                </p>
              ))}
            </li>
          </ul>
        )}
      </Loaded>
      <div className="pad">
        <Button disabled={add.isPending} onPress={() => add.mutate({})}>
          Add a folder
        </Button>
        {add.error && <FailureBox failure={add.error.failure} />}
      </div>
    </Card>
  );
}

function Source({ row: { id, name, documents, problem } }: { readonly row: SourceRow }) {
  const remove = useAct('sources.remove');
  return (
    <li>
      <div className="head">
        <strong>{name}</strong>
        <span className="src">
          {documents} {documents === 1 ? 'document' : 'documents'}
        </span>
        <span className="buttons">
          <Button size="small" disabled={remove.isPending} onPress={() => remove.mutate({ id })}>
            Remove
          </Button>
        </span>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
    </li>
  );
}
