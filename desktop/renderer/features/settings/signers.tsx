import { useState } from 'react';
import type { SignerRow } from '#desktop/shared/views/index.ts';
import { Address, Button, Card, Chip, FailureBox, Loaded } from '../../components/parts.tsx';
import { useAct, useView } from '../../use-call.ts';
import { LedgerForm } from './ledger-form.tsx';
import { SignerForm } from './signer-form.tsx';
import './settings.css';

const KINDS = {
  keypair: 'keypair file',
  ledger: 'Ledger',
  browser: 'browser wallet',
  offline: 'another machine',
} as const;

/** Keys that can be chosen at the lower left, besides those that come with a network. Adding one signs nothing. */
export function Signers() {
  const view = useView('signers.list', {});
  const [adding, setAdding] = useState<SignerRow['kind'] | null>(null);
  return (
    <Card title="Signers" note="keys stay where they are">
      <Loaded view={view}>
        {(rows) => (
          <ul className="settings-rows">
            {rows.map((row) => (
              <Signer key={row.id} row={row} />
            ))}
            {rows.length === 0 && (
              <li>
                <p>
                  None yet. A network inside this computer brings its own; on a cluster add the key that the
                  council knows.
                </p>
              </li>
            )}
          </ul>
        )}
      </Loaded>
      <div className="pad">
        {adding === null ? (
          <div className="buttons">
            <Button onPress={() => setAdding('ledger')}>Add a Ledger</Button>
            <Button onPress={() => setAdding('browser')}>Add a browser wallet</Button>
            <Button onPress={() => setAdding('keypair')}>Add a keypair file</Button>
            <Button onPress={() => setAdding('offline')}>Add a key on another machine</Button>
          </div>
        ) : adding === 'ledger' ? (
          <LedgerForm onDone={() => setAdding(null)} />
        ) : (
          <SignerForm key={adding} kind={adding} onDone={() => setAdding(null)} />
        )}
      </div>
    </Card>
  );
}

function Signer({ row }: { readonly row: SignerRow }) {
  const { id, name, kind, publicKey, permissions, mainnet } = row;
  const remove = useAct('signers.remove');
  return (
    <li>
      <div className="head">
        <strong>{name}</strong>
        <Chip>{KINDS[kind]}</Chip>
        {kind === 'keypair' && mainnet && <Chip tone="warn">! signs on mainnet</Chip>}
        <span className="buttons">
          <Button size="small" disabled={remove.isPending} onPress={() => remove.mutate({ id })}>
            Remove
          </Button>
        </span>
      </div>
      <p>
        <Address value={publicKey} />
      </p>
      {permissions && <p className="src">{permissionText(permissions)}</p>}
      {remove.error && <FailureBox failure={remove.error.failure} />}
    </li>
  );
}

const permissionText = (permissions: readonly string[]): string =>
  permissions.length === 0
    ? 'No member of this council.'
    : `In this council it may ${permissions.join(', ')}.`;
