import { type FormEvent, useState } from 'react';
import { Card, FailureBox } from '../../components/parts.tsx';
import { useAct } from '../../use-call.ts';

const FIELDS = [
  ['title', 'Title', 'Whitelist JupSOL'],
  ['author', 'Authors', 'Ada Example (@ada)'],
  ['mint', 'Mint of the LST', 'its address, 32 to 44 characters'],
  ['symbol', 'Symbol', 'JupSOL'],
  ['decimals', 'Decimals', '9'],
  ['cap', 'Cap in whole tokens', '250000, or unlimited'],
] as const;

/** The SIP that an LST protocol begins with; every other kind of action is written in the text. */
export function DraftForm({
  onDraft,
}: {
  readonly onDraft: (draft: { fileName: string; text: string }) => void;
}) {
  const draft = useAct('sips.draft');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({ decimals: '9' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { title = '', author = '', mint, symbol, decimals, cap } = values;
    const params = {
      mint,
      symbol,
      'token-program': values['token-program'] ?? 'token',
      decimals: Number(decimals),
      cap,
    };
    draft.mutate({ kind: 'whitelist-lst', title, author, params }, { onSuccess: onDraft });
  };
  return (
    <Card title="Whitelist an LST" note="the text is yours to change afterwards">
      <form className="form" onSubmit={submit}>
        {FIELDS.map(([name, label, hint]) => (
          <label className="field" key={name}>
            {label}
            <input
              required
              placeholder={hint}
              value={values[name] ?? ''}
              onChange={(event) => setValues({ ...values, [name]: event.target.value.trimStart() })}
            />
          </label>
        ))}
        <label className="field">
          Token program
          <select
            value={values['token-program'] ?? 'token'}
            onChange={(event) => setValues({ ...values, 'token-program': event.target.value })}
          >
            <option value="token">SPL Token</option>
            <option value="token-2022">Token-2022</option>
          </select>
        </label>
        {draft.error && <FailureBox failure={draft.error.failure} />}
        <div>
          <button type="submit" className="btn primary" disabled={draft.isPending}>
            Write the document
          </button>
        </div>
      </form>
    </Card>
  );
}
