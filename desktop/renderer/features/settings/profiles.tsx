import { useState } from 'react';
import type { ProfileRow } from '#desktop/shared/views/index.ts';
import { Address, Button, Card, Chip, FailureBox, Loaded } from '../../components/parts.tsx';
import { useAct, useView } from '../../use-call.ts';
import { ProfileForm } from './profile-form.tsx';
import './settings.css';

/** The deployments that the console can work with. Going to another one sends nothing. */
export function Profiles() {
  const view = useView('profiles.list', {}, { refresh: false });
  const [adding, setAdding] = useState(false);
  return (
    <Card title="Profiles" note="which cluster, council and program">
      <Loaded view={view}>
        {(rows) => (
          <ul className="settings-rows">
            {rows.map((row) => (
              <Profile key={row.name} row={row} />
            ))}
          </ul>
        )}
      </Loaded>
      <div className="pad">
        {adding ? (
          <ProfileForm onDone={() => setAdding(false)} />
        ) : (
          <Button onPress={() => setAdding(true)}>Add a profile</Button>
        )}
      </div>
    </Card>
  );
}

function Profile({ row }: { readonly row: ProfileRow }) {
  const { name, current, facts, problem } = row;
  const use = useAct('profiles.use');
  const remove = useAct('profiles.remove');
  const failure = use.error?.failure ?? remove.error?.failure;
  const own = facts?.cluster === 'embedded';
  return (
    <li>
      <div className="head">
        <strong>{name}</strong>
        {facts && <Chip tone={facts.cluster === 'mainnet' ? 'warn' : 'plain'}>{facts.cluster}</Chip>}
        {current && <Chip tone="accent">in use</Chip>}
        <span className="buttons">
          {!current && (
            <Button
              size="small"
              disabled={use.isPending || facts === null}
              onPress={() => use.mutate({ name })}
            >
              {use.isPending ? 'Opening' : 'Use'}
            </Button>
          )}
          {!own && (
            <Button size="small" disabled={remove.isPending} onPress={() => remove.mutate({ name })}>
              Remove
            </Button>
          )}
        </span>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      {facts && !own && <Facts facts={facts} />}
      {own && <p>A network inside this computer, with Stage 1 on it. Its chain ends with the window.</p>}
      {failure && <FailureBox failure={failure} />}
    </li>
  );
}

function Facts({ facts }: { readonly facts: NonNullable<ProfileRow['facts']> }) {
  const { hosts, quorum, genesisHash, council, programId } = facts;
  return (
    <dl className="facts">
      <dt>Endpoints</dt>
      <dd>
        {hosts} {hosts === 1 ? 'host' : 'hosts'} · to sign, {quorum} have to agree
      </dd>
      <dt>Genesis hash</dt>
      <dd>{genesisHash === null ? 'not pinned' : <Address value={genesisHash} />}</dd>
      <dt>Council</dt>
      <dd>{council && <Address value={council} />}</dd>
      <dt>Restaking program</dt>
      <dd>{programId && <Address value={programId} />}</dd>
    </dl>
  );
}
