// Runs first in every entry, before anything newer than the oldest Node is used.
import { Failure } from './failure.mjs';

const OLDEST = [20, 18, 1];

/** Refuses a Node that the project does not run on, in one sentence. */
export function checkNode(version = process.versions.node) {
  const have = version.split('.').map(Number);
  const at = OLDEST.findIndex((part, i) => part !== have[i]);
  if (at === -1 || have[at] > OLDEST[at]) return;
  throw new Failure(
    `This needs Node ${OLDEST.join('.')} or newer; this is Node ${version}. Install a newer one from https://nodejs.org.`,
  );
}
