import { type BrowserWindow, Notification } from 'electron';
import type { Link } from '#desktop/shared/link.ts';
import type { Notice } from '#desktop/shared/views/index.ts';

const ASK_EVERY_MS = 5_000;

/** Notifications of the system while nobody looks at the window; a click opens the view, and nothing more. */
export function tellNotices(link: Pick<Link, 'ask'>, window: () => BrowserWindow | null): () => void {
  /** Held, or a click on one would meet nobody. */
  const shown = new Set<Notification>();
  const ask = async () => {
    const answer = await link.ask('notices', {});
    const at = window();
    if (!answer.ok || at === null || at.isFocused() || !Notification.isSupported()) return;
    for (const { title, body, route } of answer.value as readonly Notice[]) {
      const notification = new Notification({ title, body, silent: true });
      shown.add(notification);
      notification.once('close', () => shown.delete(notification));
      notification.once('click', () => {
        shown.delete(notification);
        if (at.isDestroyed()) return;
        if (at.isMinimized()) at.restore();
        at.focus();
        at.webContents.send('route', route);
      });
      notification.show();
    }
  };
  const timer = setInterval(() => void ask(), ASK_EVERY_MS);
  return () => clearInterval(timer);
}
