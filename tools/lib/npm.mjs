// Running npm itself, with whatever configuration its user has.
import fs from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

/** npm's own script where it can be found, since Windows can't start `npm.cmd` without a shell; else the PATH's. */
function npm() {
  const besideNode = path.dirname(process.execPath);
  const script = [
    process.env.npm_execpath,
    path.join(besideNode, 'node_modules/npm/bin/npm-cli.js'),
    path.join(besideNode, '../lib/node_modules/npm/bin/npm-cli.js'),
  ].find((file) => file?.endsWith('npm-cli.js') && fs.existsSync(file));
  return script ? [process.execPath, [script]] : ['npm', []];
}

/** As `run` of run.mjs. */
export function runNpm(npmArgs, options) {
  const [command, args] = npm();
  return run(command, [...args, ...npmArgs], options);
}

/** The end of what npm said when it failed. */
export const npmSaid = (result, lines = 15) => result.err.trim().split('\n').slice(-lines).join('\n');
