import type { EditView } from '#desktop/shared/views/index.ts';
import { FailureBox, Screen } from '../../components/parts.tsx';
import { hrefOf } from '../../router.tsx';
import { useView } from '../../use-call.ts';
import { Begin } from './begin.tsx';
import { Editor } from './editor.tsx';
import './edit.css';

/** @param sip the document's number; null: one that is begun here */
export function EditScreen({ sip }: { readonly sip: number | null }) {
  if (sip === null)
    return (
      <Screen crumb={<a href={hrefOf({ screen: 'sips' })}>SIPs</a>} title="New SIP">
        <Begin />
      </Screen>
    );
  return <Open sip={sip} />;
}

function Open({ sip }: { readonly sip: number }) {
  const view = useView('sips.edit', { sip }, { refresh: false, fresh: true });
  if (view.data) return <Editor key={view.data.fileName} sip={sip} opened={view.data satisfies EditView} />;
  return (
    <Screen crumb={<a href={hrefOf({ screen: 'sips' })}>SIPs</a>} title={`SIP-${sip}`}>
      {view.error ? <FailureBox failure={view.error.failure} /> : <div className="skeleton" />}
    </Screen>
  );
}
