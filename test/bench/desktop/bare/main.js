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
// So that a benchmark that looks for stalls can show that it finds one.
const stall = Number(process.argv.find((one) => one.startsWith('--stall='))?.slice(8) ?? 0);
if (stall > 0)
  setInterval(() => {
    const until = Date.now() + stall;
    while (Date.now() < until);
  }, 500);
app.on('window-all-closed', () => app.quit());
