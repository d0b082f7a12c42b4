import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { LastSeen } from '#desktop/shared/last-seen.ts';
import type { Route } from '#desktop/shared/route.ts';
import type { AppState, Failure } from '#desktop/shared/views/index.ts';
import { FailureBox, Screen } from '../components/parts.tsx';
import { isShowable, LastSeenInbox } from '../features/inbox/last-seen.tsx';
import { hrefOf, useRoute } from '../router.tsx';
import { screenOf } from '../screens.tsx';
import { useView } from '../use-call.ts';
import { Banners } from './banners.tsx';
import { Boundary } from './boundary.tsx';
import { Drop } from './drop.tsx';
import { Foot } from './foot.tsx';
import { useKeys } from './keys.ts';
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
  const state = useView('state.read', {}, { soon: ({ phase }) => phase === 'starting' });
  const seen = useView('last-seen.read', {}, { refresh: false });
  const route = useRoute();
  const [commands, setCommands] = useState(false);
  const openCommands = useCallback(() => setCommands(true), []);
  useTheme(state.data?.theme ?? seen.data?.theme);
  useKeys(openCommands);
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
        <Foot state={state.data} onCommands={openCommands} />
      </nav>
      <main id="content">
        <div>
          <Banners state={state.data} />
          <Drop />
        </div>
        <Boundary key={placeOf(route)}>
          <Content
            state={state.data}
            failure={state.error?.failure ?? null}
            route={route}
            seen={seen.data ?? (seen.error ? null : undefined)}
          />
        </Boundary>
      </main>
      {commands && (
        <Suspense>
          <Palette state={state.data} onClose={() => setCommands(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** A tab of a proposal is no other place: what was begun there goes on. */
const placeOf = (route: Route): string =>
  [route.screen, 'sip' in route && route.sip, route.screen === 'proposal' && route.transactionIndex].join(
    ' ',
  );

function Content(props: {
  readonly state: AppState | undefined;
  /** Of reading the state itself: the engine does not answer. */
  readonly failure: Failure | null;
  readonly route: Route;
  /** Undefined until main has looked. */
  readonly seen: LastSeen | null | undefined;
}) {
  const { state, route, seen } = props;
  if (state?.phase === 'ready' || route.screen === 'about' || route.screen === 'settings')
    return screenOf(route);
  const failure = state?.failure ?? props.failure;
  if (route.screen === 'inbox' && isShowable(seen)) return <LastSeenInbox seen={seen} failure={failure} />;
  if (failure)
    return (
      <Screen crumb="Network" title="The network did not start">
        <FailureBox failure={failure} />
      </Screen>
    );
  const skeleton = (
    <div className="card" role="status" aria-label="Starting">
      <div className="skeleton" />
      <div className="skeleton" />
    </div>
  );
  if (seen === undefined) return <div className="screen">{skeleton}</div>;
  const title = isShowable(seen) ? 'Reading the chain' : 'Starting the network inside this computer';
  return (
    <Screen crumb="Network" title={title}>
      {skeleton}
    </Screen>
  );
}

function Count({ of, state }: { readonly of: Plain; readonly state: AppState | undefined }) {
  const count = of === 'inbox' ? state?.counts.inbox : of === 'epochs' ? state?.counts.epochs : 0;
  return count ? <b>{count}</b> : null;
}

function useTheme(theme: AppState['theme'] | undefined): void {
  useEffect(() => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);
}
