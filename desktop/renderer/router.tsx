import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { parseRoute, type Route, renderRoute } from '#desktop/shared/route.ts';

const START: Route = { screen: 'inbox' };
const Current = createContext<Route>(START);

const fromAddress = (): Route => parseRoute(window.location.hash.slice(2)) ?? START;

/** Views live in the address' fragment, so that going back works. */
export function go(route: Route | string): void {
  window.location.hash = `/${typeof route === 'string' ? route : renderRoute(route)}`;
}

export const hrefOf = (route: Route): string => `#/${renderRoute(route)}`;

export function Router({ children }: { readonly children: ReactNode }) {
  const [route, setRoute] = useState(fromAddress);
  useEffect(() => {
    const onChange = () => setRoute(fromAddress());
    window.addEventListener('hashchange', onChange);
    const stop = window.council.onRoute(go);
    return () => {
      window.removeEventListener('hashchange', onChange);
      stop();
    };
  }, []);
  return <Current value={route}>{children}</Current>;
}

export const useRoute = (): Route => useContext(Current);
