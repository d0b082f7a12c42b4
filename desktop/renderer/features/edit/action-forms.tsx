import { useState } from 'react';
import type { ActionKindView, EditedBlock } from '#desktop/shared/views/index.ts';
import { Button, Card, Empty, FailureBox, Loaded } from '../../components/parts.tsx';
import { useView } from '../../use-call.ts';
import { Fields } from './fields.tsx';
import type { Edited } from './use-document.ts';

/** The actions block as forms, drawn from what the library says of each action; no action is named here. */
export function ActionForms({ document }: { readonly document: Edited }) {
  const kinds = useView('actions.list', {}, { refresh: false });
  const { block, problems, failure, change } = document;
  if (block === null)
    return (
      <Card title="Actions">
        <Empty title="The text has no actions block that can be read">
          Under “## Specification” it has one block of YAML; the linter says what is missing.
        </Empty>
      </Card>
    );
  const setActions = (actions: EditedBlock['actions']) => change({ ...block, actions });
  return (
    <Loaded view={kinds}>
      {(all) => (
        <>
          {failure && <FailureBox failure={failure} />}
          <Card title="Can be executed until" note="UTC">
            <div className="form">
              <label className="field">
                valid-until
                <input
                  spellCheck={false}
                  value={block.validUntil}
                  onChange={(event) => change({ ...block, validUntil: event.target.value })}
                />
                <small>At most 90 days after “Updated”.</small>
              </label>
            </div>
          </Card>
          {block.actions.map((action, at) => (
            <ActionForm
              // biome-ignore lint/suspicious/noArrayIndexKey: an action is its place in the block
              key={at}
              place={`${at + 1} of ${block.actions.length}`}
              kind={all.find(({ kind }) => kind === action.kind)}
              named={action.kind}
              values={action.values}
              problems={problems[at] ?? []}
              onChange={(values) => setActions(block.actions.with(at, { ...action, values }))}
              onMove={(by) => setActions(moved(block.actions, at, by))}
              onRemove={() => setActions(block.actions.toSpliced(at, 1))}
              first={at === 0}
              last={at === block.actions.length - 1}
            />
          ))}
          <Add all={all} onAdd={(kind) => setActions([...block.actions, { kind, values: {} }])} />
        </>
      )}
    </Loaded>
  );
}

interface FormProps {
  readonly place: string;
  /** Undefined where the text names an action that there is not. */
  readonly kind: ActionKindView | undefined;
  readonly named: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly onChange: (values: Record<string, unknown>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  readonly first: boolean;
  readonly last: boolean;
}

function ActionForm(props: FormProps) {
  const { place, kind, named, values, problems, onChange } = props;
  const whole = problems.filter(({ path }) => path === '');
  return (
    <Card title={kind?.title ?? named} note={place}>
      <div className="form">
        {kind ? <p className="src">{kind.summary}</p> : <p role="alert">“{named}” is no action.</p>}
        {kind &&
          whole.map(({ message }) => (
            <p key={message} role="alert">
              {message}
            </p>
          ))}
        {kind && (
          <Fields fields={kind.fields} values={values} problems={problems} path="" onChange={onChange} />
        )}
        <div className="buttons">
          <Button size="small" disabled={props.first} onPress={() => props.onMove(-1)}>
            Move up
          </Button>
          <Button size="small" disabled={props.last} onPress={() => props.onMove(1)}>
            Move down
          </Button>
          <Button size="small" disabled={props.first && props.last} onPress={props.onRemove}>
            Remove
          </Button>
        </div>
      </div>
    </Card>
  );
}

function Add({
  all,
  onAdd,
}: {
  readonly all: readonly ActionKindView[];
  readonly onAdd: (kind: string) => void;
}) {
  const [kind, setKind] = useState(all[0]?.kind ?? '');
  return (
    <Card title="Add an action">
      <div className="form">
        <label className="field">
          Action
          <select value={kind} onChange={(event) => setKind(event.target.value)}>
            {all.map((one) => (
              <option key={one.kind} value={one.kind}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
        <div>
          <Button onPress={() => onAdd(kind)}>Add</Button>
        </div>
      </div>
    </Card>
  );
}

function moved<T>(all: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...all];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(at + by, 0, one);
  return next;
}
