import { lazy, Suspense, useState } from 'react';
import type { EditView } from '#desktop/shared/views/index.ts';
import { Button, Chip, FailureBox, Screen } from '../../components/parts.tsx';
import { go, hrefOf } from '../../router.tsx';
import { useAct, useView } from '../../use-call.ts';
import { PANES, Pane, type PaneName } from './panes.tsx';
import { useDocument } from './use-document.ts';
import { useKept } from './use-kept.ts';
import { useSettled } from './use-settled.ts';

/** Heavy, and needed nowhere else. */
const Code = lazy(() => import('./code.tsx'));

/** The text at the left, what it means at the right; both are views of one document. */
export function Editor(props: { readonly sip: number; readonly opened: EditView }) {
  const { sip } = props;
  // As it was when it was opened: what is kept meanwhile is read again by others.
  const [opened] = useState(props.opened);
  const { fileName } = opened;
  const document = useDocument(opened.text);
  const settled = useSettled(document.text);
  const lint = useView('sips.lint', { text: settled, fileName }, { refresh: false });
  const kept = useKept(fileName, opened, document.text);
  const save = useAct('sips.save');
  const drop = useAct('sips.drop');
  const [pane, setPane] = useState<PaneName>('Form');
  const findings = lint.data?.findings ?? [];
  const errors = findings.filter(({ level }) => level === 'error').length;
  const upToDate = settled === document.text && !lint.isPlaceholderData;
  return (
    <Screen
      crumb={<a href={hrefOf({ screen: 'sips' })}>SIPs</a>}
      title={fileName}
      meta={
        <>
          <LintChip ok={lint.data?.ok} errors={errors} />
          <span role="status">{kept}</span>
          {document.text !== opened.saved && (
            <Button
              size="small"
              disabled={drop.isPending}
              onPress={() =>
                drop.mutate(
                  { fileName },
                  { onSuccess: () => go(opened.saved === null ? 'sips' : { screen: 'sip', sip }) },
                )
              }
            >
              {opened.saved === null ? 'Discard the document' : 'Discard the changes'}
            </Button>
          )}
          <Button
            kind="primary"
            size="small"
            disabled={lint.data?.ok !== true || !upToDate || save.isPending}
            onPress={() =>
              save.mutate({ fileName, text: document.text }, { onSuccess: () => go({ screen: 'sip', sip }) })
            }
          >
            Save
          </Button>
        </>
      }
    >
      {opened.restored && opened.saved !== null && (
        <p className="banner" role="status">
          This is what was typed and not saved. The saved document is unchanged.
        </p>
      )}
      {save.error && <FailureBox failure={save.error.failure} />}
      <div className="editor">
        <Suspense fallback={<div className="skeleton" />}>
          <Code
            value={document.text}
            findings={findings}
            label={`Text of ${fileName}`}
            onChange={document.type}
          />
        </Suspense>
        <div className="panes">
          <div className="pane-tabs" role="tablist" aria-label="Views of the document">
            {PANES.map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                aria-selected={name === pane}
                onClick={() => setPane(name)}
              >
                {name}
              </button>
            ))}
          </div>
          <div role="tabpanel" aria-label={pane} className="stack">
            <Pane name={pane} document={document} lint={lint.data} settled={settled} fileName={fileName} />
          </div>
        </div>
      </div>
    </Screen>
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
