import type { AppState } from '#desktop/shared/views/index.ts';
import { Address, Button, Card, FailureBox, Loaded, Screen } from '../../components/parts.tsx';
import { momentText } from '../../format.ts';
import { useAct, useView } from '../../use-call.ts';
import { Profiles } from './profiles.tsx';
import { Signers } from './signers.tsx';
import { Sources } from './sources.tsx';

const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

const SPANS = [
  ['10 minutes', 600],
  ['1 day', 86_400],
  ['10 days', 864_000],
] as const;

export function SettingsScreen() {
  const view = useView('state.read', {});
  return (
    <Screen crumb="This console" title="Settings">
      <Loaded view={view}>
        {({ theme, network, notifications, explorer }) => (
          <>
            {network && <Network network={network} />}
            {network?.ephemeral && network.now !== null && <Time now={network.now} />}
            <Profiles />
            <Signers />
            <Sources />
            <DataFolder />
            <Theme theme={theme} />
            <Elsewhere notifications={notifications} explorer={explorer} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

/** Its path is for the system's own dialog: no page of the app learns one. */
function DataFolder() {
  const show = useAct('data-folder.show');
  return (
    <Card title="Data folder" note="on this computer">
      <div className="pad stack">
        <span className="src">
          Documents, texts by their digest, profiles, settings and the journal. Your keys are not in it.
        </span>
        <div className="buttons">
          <Button disabled={show.isPending} onPress={() => show.mutate({})}>
            Show where it is
          </Button>
        </div>
        {show.error && <FailureBox failure={show.error.failure} />}
      </div>
    </Card>
  );
}

function Theme({ theme }: Pick<AppState, 'theme'>) {
  const choose = useAct('theme.choose');
  return (
    <Card title="Theme">
      <fieldset className="pad choices">
        <legend className="visually-hidden">Theme</legend>
        {THEMES.map(([value, name]) => (
          <label key={value}>
            <input
              type="radio"
              name="theme"
              checked={theme === value}
              onChange={() => choose.mutate({ theme: value })}
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
    </Card>
  );
}

const EXPLORERS = [
  ['solana', 'Solana Explorer'],
  ['solscan', 'Solscan'],
  ['none', 'None'],
] as const;

function Elsewhere({ notifications, explorer }: Pick<AppState, 'notifications' | 'explorer'>) {
  const notify = useAct('notifications.choose');
  const choose = useAct('explorer.choose');
  const failure = notify.error?.failure ?? choose.error?.failure;
  return (
    <Card title="Notifications and explorer">
      <div className="form">
        <label className="check">
          <input
            type="checkbox"
            checked={notifications}
            onChange={(event) => notify.mutate({ on: event.target.checked })}
          />
          <span>
            Notify while the window is not looked at
            <small>
              A vote or an execution that needs this key, an epoch that is due, a SIP that is decided.
            </small>
          </span>
        </label>
        <label className="field">
          Explorer for links that are copied
          <select
            value={explorer}
            onChange={(event) => choose.mutate({ explorer: event.target.value as typeof explorer })}
          >
            {EXPLORERS.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <small>A link names the cluster, never your endpoint. None is opened by the console.</small>
        </label>
      </div>
      {failure && <FailureBox failure={failure} />}
    </Card>
  );
}

const Network = ({ network }: { readonly network: NonNullable<AppState['network']> }) => (
  <Card title="Network" note={network.ephemeral ? 'ends with this window' : undefined}>
    <dl className="pad facts">
      <dt>Name</dt>
      <dd>{network.name}</dd>
      <dt>Restaking program</dt>
      <dd>
        <Address value={network.programId} />
      </dd>
      <dt>Council</dt>
      <dd>
        <Address value={network.council} />
      </dd>
      <dt>Vault</dt>
      <dd>
        <Address value={network.vault} />
      </dd>
    </dl>
  </Card>
);

/** Only a network of one's own has a clock that can be moved; it never goes back. */
function Time({ now }: { readonly now: number }) {
  const warp = useAct('network.warp');
  return (
    <Card title="Let time pass" note={`chain time ${momentText(now)}`}>
      <div className="pad buttons">
        {SPANS.map(([name, seconds]) => (
          <Button key={name} disabled={warp.isPending} onPress={() => warp.mutate({ seconds })}>
            {name}
          </Button>
        ))}
      </div>
      {warp.error && <FailureBox failure={warp.error.failure} />}
    </Card>
  );
}
