import { type FormEvent, useState } from 'react';
import { Address, Button, FailureBox } from '../../components/parts.tsx';
import { useAct } from '../../use-call.ts';

/** Which account of the Ledger: both derivation schemes are listed, and the chosen address is compared on the device. */
export function LedgerForm({ onDone }: { readonly onDone: () => void }) {
  const list = useAct('signers.ledger');
  const add = useAct('signers.add');
  const [name, setName] = useState('');
  const [account, setAccount] = useState(0);
  const [path, setPath] = useState<string | null>(null);
  const busy = list.isPending || add.isPending;
  const find = () => {
    setPath(null);
    add.reset();
    list.mutate({ account });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path === null) find();
    else add.mutate({ kind: 'ledger', name, path }, { onSuccess: ({ added }) => added && onDone() });
  };
  const failure = add.error ?? list.error;
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        Name
        <input
          required
          maxLength={60}
          placeholder="Ledger"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field">
        Account number
        <input
          type="number"
          required
          min={0}
          max={99}
          value={account}
          onChange={(event) => setAccount(event.target.valueAsNumber)}
        />
        <small>
          Connect the Ledger by USB, unlock it and open its Solana app. Most people use account 0.
        </small>
      </label>
      {list.data && (
        <fieldset className="choices">
          <legend>The key that the council knows</legend>
          {list.data.map((one) => (
            <label className="check" key={one.path}>
              <input
                type="radio"
                name="path"
                required
                checked={path === one.path}
                onChange={() => setPath(one.path)}
              />
              <span>
                <Address value={one.publicKey} />
                <small>
                  {one.path}{' '}
                  {one.path.split('/').length === 4 ? '(vendor’s wallet)' : '(Solana’s command line)'}
                </small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {add.isPending && (
        <p role="status">
          Compare this address with the one on the Ledger’s screen, and confirm it there. If they differ,
          reject it there.
        </p>
      )}
      {failure && !busy && <FailureBox failure={failure.failure} />}
      <div className="buttons">
        <button type="submit" className="btn primary" disabled={busy}>
          {path === null ? 'Read its addresses' : 'Check on the Ledger and add'}
        </button>
        {list.data && path !== null && (
          <Button disabled={busy} onPress={find}>
            Read again
          </Button>
        )}
        <Button onPress={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
