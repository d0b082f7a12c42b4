// What only root can do, asked of whoever sits at the keyboard: one line to run elsewhere, and waiting for its effect.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say } from './say.mjs';

/** @typedef {{ line: string, met: () => boolean }} Need `line` is for a shell of root's */

const LOOK_EVERY_MS = 1000;

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** Debian has no sudo where root was given a password when it was installed. */
const hasSudo = () =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, 'sudo')));

/**
 * Returns once every need is met. Prints one line for all that is not yet, and looks again every second.
 * @param {readonly Need[]} needs @param {string} why in words
 */
export async function askRoot(needs, why) {
  const open = needs.filter((need) => !need.met());
  if (open.length === 0) return;
  const line = open.map((need) => need.line).join(' && ');
  say(`${why} needs the rights of root once. Run this in another terminal; it goes on here by itself:`);
  say(`  ${hasSudo() ? 'sudo sh' : 'su'} -c ${quoted(line)}`);
  while (!open.every((need) => need.met())) await delay(LOOK_EVERY_MS);
}
