import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { ORIGIN, type Page } from './pages.ts';

interface Shape {
  readonly page: Page;
  readonly preload: 'window' | 'confirm';
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly parent?: BrowserWindow;
}

/** Colours of --bg in renderer/theme/tokens.css, shown until the page has painted. */
const BACKGROUND = { light: '#fbfbfc', dark: '#0e1013' } as const;

/** The only place that makes windows. */
export function openWindow(shape: Shape, out: string): BrowserWindow {
  const { page, preload, width, height, title, parent } = shape;
  const window = new BrowserWindow({
    width,
    height,
    title,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    ...(parent
      ? { parent, modal: true, resizable: false, minimizable: false }
      : { minWidth: 720, minHeight: 480 }),
    webPreferences: {
      preload: join(out, 'preload', `${preload}.cjs`),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  });
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  // It fails when the window is closed before it has loaded; then nobody is waiting for it.
  window.loadURL(`${ORIGIN}/${page}`).catch(() => undefined);
  return window;
}
