import { lazy, Suspense, useEffect, useState } from 'react';
import type { Route } from '#desktop/shared/route.ts';
import type { AppState } from '#desktop/shared/views.ts';
import { FailureBox, Screen } from '../components/parts.tsx';
import { hrefOf, useRoute } from '../router.tsx';
import { screenOf } from '../screens.tsx';
import { useAct, useView } from '../use-call.ts';
import { Pause } from './pause.tsx';
import './shell.css';

/** Loaded when it is first opened: it is not needed to see the inbox. */
const Palette = lazy(() => import('./palette.tsx'));

type Plain = Exclude<Route['screen'], 'sip' | 'edit' | 'proposal'>;
const NAV: readonly (readonly [Plain, string])[] = [
  ['inbox', 'Inbox'],
  ['sips', 'SIPs'],
  ['proposals', 'Proposals'],
  ['epochs', 'Epochs'],
  ['registry', 'Registry'],
  ['council', 'Council'],
  ['activity', 'Activity'],
  ['settings', 'Settings'],
  ['about', 'About'],
];
/** Screens that belong to an entry of the list. */
const UNDER = { sip: 'sips', edit: 'sips', proposal: 'proposals' } as const;

export function Shell() {
  const state = useView('state.read', {});
  const route = useRoute();
  const [commands, setCommands] = useState(false);
  useTheme(state.data?.theme);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setCommands(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const here = route.screen in UNDER ? UNDER[route.screen as keyof typeof UNDER] : route.screen;
  return (
    <div className="app">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <nav className="rail" aria-label="Screens">
        <div className="brand">
          <i /> Solayer Council
        </div>
        {NAV.map(([screen, name]) => (
          <a
            key={screen}
            className="nav"
            href={hrefOf({ screen })}
            aria-current={screen === here ? 'page' : undefined}
          >
            {name}
            <Count of={screen} state={state.data} />
          </a>
        ))}
        <Foot state={state.data} onCommands={() => setCommands(true)} />
      </nav>
      <main id="content">
        <div>
          {state.data?.network?.paused && (
            <p className="banner">
              The protocol is paused: no deposits, no activation. Withdrawals and the council go on.
            </p>
          )}
        </div>
        <Content state={state.data} route={route} />
      </main>
      {commands && (
        <Suspense>
          <Palette state={state.data} onClose={() => setCommands(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Content({ state, route }: { readonly state: AppState | undefined; readonly route: Route }) {
  if (state?.phase === 'ready' || route.screen === 'about') return screenOf(route);
  if (state?.failure)
    return (
      <Screen crumb="Network" title="The network did not start">
        <FailureBox failure={state.failure} />
      </Screen>
    );
  return (
    <Screen crumb="Network" title="Starting the network inside this computer">
      <div className="card" role="status" aria-label="Starting">
        <div className="skeleton" />
        <div className="skeleton" />
      </div>
    </Screen>
  );
}

function Count({ of, state }: { readonly of: Plain; readonly state: AppState | undefined }) {
  const count = of === 'inbox' ? state?.counts.inbox : of === 'epochs' ? state?.counts.epochs : 0;
  return count ? <b>{count}</b> : null;
}

function Foot({
  state,
  onCommands,
}: {
  readonly state: AppState | undefined;
  readonly onCommands: () => void;
}) {
  const choose = useAct('seat.choose');
  const { network, seats = [], seat } = state ?? {};
  return (
    <div className="foot">
      {network && (
        <span>
          <span className="dot" />
          {network.name} · slot {network.slot}
          {network.ephemeral && (
            <>
              <br />
              ends with this window
            </>
          )}
        </span>
      )}
      <label>
        Signing as
        <select value={seat ?? ''} onChange={(event) => choose.mutate({ seat: event.target.value || null })}>
          <option value="">Looking only</option>
          {seats.map(({ id, name, permissions }) => (
            <option key={id} value={id}>
              {name}
              {permissions.length === 1 && ' (Initiate only)'}
            </option>
          ))}
        </select>
      </label>
      <Pause isGuardian={seat === 'guardian'} />
      <button type="button" className="btn small" onClick={onCommands}>
        <kbd>Ctrl</kbd>&nbsp;<kbd>K</kbd>&nbsp;&nbsp;Commands
      </button>
    </div>
  );
}

function useTheme(theme: AppState['theme'] | undefined): void {
  useEffect(() => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);
}
