// Stands for the app inside Electron that starts the app named on the command line.
// An ES module with top-level await, so that `ready` waits for the app's own code as it does in Electron's.
import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const readJson = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined);

/** `-r FILE`, `--require=FILE` and the first argument that is no option. */
function readArguments(args) {
  const required = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '-r' || arg === '--require') required.push(args[++i]);
    else if (arg.startsWith('--require=')) required.push(arg.slice('--require='.length));
    else if (arg.startsWith('--app=')) return { required, file: arg.slice('--app='.length) };
    else if (!arg.startsWith('-')) return { required, file: arg };
  }
  return { required };
}

function isModule(file) {
  if (/\.[mc]js$/.test(file)) return file.endsWith('.mjs');
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const described = readJson(path.join(folder, 'package.json'));
    if (described) return described.type === 'module';
    if (folder === path.dirname(folder)) return false;
  }
}

/** Tells Electron what the app's package.json says, as Electron's own does. */
function describe(folder, { version, productName, name, desktopName }) {
  if (version) app.setVersion(version);
  app.name = productName || name || app.name;
  if (desktopName) app.setDesktopName(desktopName);
  if (!app.commandLine.hasSwitch('user-data-dir'))
    app.setPath('userData', path.join(app.getPath('appData'), app.name));
  app.setAppPath(folder);
}

async function start(file) {
  // Read by libraries that want to know whether the app is packaged.
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const at = path.resolve(file);
  const described = readJson(path.join(at, 'package.json'));
  if (described) describe(at, described);
  else app.setAppPath(fs.statSync(at).isFile() ? path.dirname(at) : at);
  const entry = createRequire(import.meta.url).resolve(described ? path.join(at, described.main || 'index.js') : at);
  if (isModule(entry)) await import(pathToFileURL(entry).href);
  else Module._load(entry, Module, true);
}

const end = (text, code) => (code === 0 ? process.stdout : process.stderr).write(`${text}\n`, () => process.exit(code));

const args = process.argv.slice(1);
const { required, file } = readArguments(args);
if (required.length > 0) Module._preloadModules(required.map((name) => path.resolve(name)));
if (file !== undefined) {
  try {
    await start(file);
  } catch (error) {
    end(`The app could not be loaded.\n${error?.stack ?? error}`, 1);
  }
} else if (args.includes('--version') || args.includes('-v')) end(`v${process.versions.electron}`, 0);
else end('usage: electron [options] path/to/app', 1);
