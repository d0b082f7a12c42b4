// The least that Electron can do: one window with one page, with the same protections and of the same size.
import { app, BrowserWindow } from 'electron';

app.enableSandbox();
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadFile('index.html');
});
app.on('window-all-closed', () => app.quit());
