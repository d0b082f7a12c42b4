import { type FormEvent, useState } from 'react';
import { Card, FailureBox, Loaded } from '../../components/parts.tsx';
import { numberIn } from '../../format.ts';
import { go } from '../../router.tsx';
import { useAct, useView } from '../../use-call.ts';

/** What the SIP asks for, under which title, by whom; everything else follows in the editor. */
export function Begin() {
  const kinds = useView('actions.list', {}, { refresh: false });
  const draft = useAct('sips.draft');
  const [kind, setKind] = useState('whitelist-lst');
  const [title, setTitle] = useState('');
  const [author, setAuthor] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    draft.mutate(
      { kind, title, author },
      { onSuccess: ({ fileName }) => go({ screen: 'edit', sip: numberIn(fileName) }) },
    );
  };
  return (
    <Loaded view={kinds}>
      {(all) => (
        <Card title="What does it ask for?" note="more can be added afterwards">
          <form className="form" onSubmit={submit}>
            <label className="field">
              Action
              <select value={kind} onChange={(event) => setKind(event.target.value)}>
                {all.map((one) => (
                  <option key={one.kind} value={one.kind}>
                    {one.title}
                  </option>
                ))}
              </select>
              <small>{all.find((one) => one.kind === kind)?.summary}</small>
            </label>
            <label className="field">
              Title
              <input
                required
                maxLength={200}
                placeholder="Whitelist JupSOL"
                value={title}
                onChange={(event) => setTitle(event.target.value.trimStart())}
              />
            </label>
            <label className="field">
              Authors
              <input
                required
                maxLength={200}
                placeholder="Ada Example (@ada)"
                value={author}
                onChange={(event) => setAuthor(event.target.value.trimStart())}
              />
            </label>
            {draft.error && <FailureBox failure={draft.error.failure} />}
            <div>
              <button type="submit" className="btn primary" disabled={draft.isPending}>
                Begin the document
              </button>
            </div>
          </form>
        </Card>
      )}
    </Loaded>
  );
}
