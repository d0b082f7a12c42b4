import { type FormEvent, useState } from 'react';
import type { SignerRow } from '#desktop/shared/views/index.ts';
import { Button, FailureBox } from '../../components/parts.tsx';
import { useAct } from '../../use-call.ts';

const NAMES = { keypair: 'Test key', offline: 'Key in the safe', browser: 'Wallet in my browser' } as const;
const OFFLINE =
  'Messages go there as a file or QR code, and their signature comes back by hand. What is signed is shown on both machines.';
const BROWSER =
  'For each signature a page of this computer opens in your browser and asks the wallet there. It shows the same hash as the console, and a wallet that changes the bytes is refused.';

/** A keypair file is chosen in a dialog of the system: its path never comes into this page. */
export function SignerForm({
  kind,
  onDone,
}: {
  readonly kind: Exclude<SignerRow['kind'], 'ledger'>;
  readonly onDone: () => void;
}) {
  const add = useAct('signers.add');
  const [name, setName] = useState('');
  const [publicKey, setPublicKey] = useState('');
  const [allowMainnet, setAllowMainnet] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request = kind === 'keypair' ? { kind, name, allowMainnet } : { kind, name, publicKey };
    add.mutate(request, { onSuccess: ({ added }) => added && onDone() });
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        Name
        <input
          required
          maxLength={60}
          placeholder={NAMES[kind]}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {kind !== 'keypair' && (
        <label className="field">
          Its public key
          <input
            required
            spellCheck={false}
            maxLength={64}
            value={publicKey}
            onChange={(event) => setPublicKey(event.target.value)}
          />
          <small>{kind === 'offline' ? OFFLINE : BROWSER}</small>
        </label>
      )}
      {kind === 'keypair' && (
        <label className="check">
          <input
            type="checkbox"
            checked={allowMainnet}
            onChange={(event) => setAllowMainnet(event.target.checked)}
          />
          <span>
            Let this file sign on mainnet
            <small>Whoever can read the files of this computer can then vote in your name.</small>
          </span>
        </label>
      )}
      {add.error && <FailureBox failure={add.error.failure} />}
      <div className="buttons">
        <button type="submit" className="btn primary" disabled={add.isPending}>
          {kind === 'keypair' ? 'Choose the file' : 'Add the key'}
        </button>
        <Button onPress={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
