import { useEffect, useState } from 'react';
import { Address, Button, Card, Chip, FailureBox, Screen } from '../../components/parts.tsx';
import { go, hrefOf } from '../../router.tsx';
import { useAct, useView } from '../../use-call.ts';
import { DraftForm } from './draft-form.tsx';

/** As long as somebody types nothing is asked. */
const PAUSE_MS = 300;

interface Draft {
  readonly fileName: string;
  readonly text: string;
}

/** @param sip whose text is copied; null: a new document, by the form first */
export function EditScreen({ sip }: { readonly sip: number | null }) {
  const [draft, setDraft] = useState<Draft | null>(null);
  if (sip !== null && draft === null) return <Load sip={sip} onLoaded={setDraft} />;
  return (
    <Screen crumb={<a href={hrefOf({ screen: 'sips' })}>SIPs</a>} title={draft ? draft.fileName : 'New SIP'}>
      {draft ? <Editor draft={draft} onChange={setDraft} /> : <DraftForm onDraft={setDraft} />}
    </Screen>
  );
}

function Load({ sip, onLoaded }: { readonly sip: number; readonly onLoaded: (draft: Draft) => void }) {
  const view = useView('sips.read', { sip }, { refresh: false });
  const { data } = view;
  useEffect(() => {
    if (data) onLoaded({ fileName: data.fileName, text: data.text });
  }, [data, onLoaded]);
  return (
    <Screen crumb="SIPs" title={`SIP-${sip}`}>
      {view.error ? <FailureBox failure={view.error.failure} /> : <div className="skeleton" />}
    </Screen>
  );
}

function Editor({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  const settled = useSettled(draft);
  const lint = useView('sips.lint', settled, { refresh: false });
  const save = useAct('sips.save');
  const errors = lint.data?.findings.filter(({ level }) => level === 'error').length ?? 0;
  return (
    <div className="editor">
      <label>
        <span className="visually-hidden">Text of {draft.fileName}</span>
        <textarea
          spellCheck={false}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
      </label>
      <div className="stack">
        <Card title="Lint" note={<LintChip ok={lint.data?.ok} errors={errors} />}>
          <ul className="plain-list">
            {lint.data?.findings.map(({ line, column, code, message, help }) => (
              <li key={`${line}:${column}:${code}`}>
                Line {line}: {message}
                <small>{help}</small>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="What it asks for">
          <ol className="plain-list">
            {lint.data?.effects.map((text) => (
              <li key={text}>{text}</li>
            ))}
            {lint.data?.effects.length === 0 && <li>Nothing yet, as long as something is to be mended.</li>}
          </ol>
        </Card>
        {lint.data?.digest && (
          <Card title="Digest of the text">
            <div className="pad">
              <Address value={lint.data.digest} />
            </div>
          </Card>
        )}
        {save.error && <FailureBox failure={save.error.failure} />}
        <Button
          kind="primary"
          size="wide"
          disabled={lint.data?.ok !== true || save.isPending}
          onPress={() => save.mutate(draft, { onSuccess: ({ sip }) => go({ screen: 'sip', sip }) })}
        >
          Save {draft.fileName}
        </Button>
      </div>
    </div>
  );
}

const LintChip = ({ ok, errors }: { readonly ok: boolean | undefined; readonly errors: number }) => {
  if (ok === undefined)
    return (
      <span aria-busy="true" className="src">
        reading
      </span>
    );
  return ok ? <Chip tone="ok">✓ nothing to mend</Chip> : <Chip tone="bad">✕ {errors} to mend</Chip>;
};

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
