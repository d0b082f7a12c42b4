import type { BrowserWindow } from 'electron';
import { parseLink, renderRoute } from '#desktop/shared/route.ts';

/** Opens the view that a deep link among these arguments names; everything else in them is left alone. */
export function followLinks(argv: readonly string[], window: BrowserWindow | null): void {
  if (window === null) return;
  for (const argument of argv) {
    const route = parseLink(argument);
    if (route) window.webContents.send('route', renderRoute(route));
  }
}
