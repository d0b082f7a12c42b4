import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The first screen has been read by then. */
const AFTER_MS = 1_500;

/**
 * Frees what the start left: the texts of what was loaded and what the first reading brought, some 18 MiB. V8 by itself
 * does so after ten idle seconds, and the window asks again before they are over. Takes the engine some 25 ms.
 */
export function freeSoon(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    setFlagsFromString('--no-expose-gc');
  }, AFTER_MS).unref();
}
