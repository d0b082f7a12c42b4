/**
 * A process that stands still, or that did one command and waits for the next, is to be found as dead as if it had been
 * killed: what asks for it in this process (by signal 0, as the folder's lock does) is told so.
 */

const dead = new Set<number>();
let told = false;

export function countAsDead(pid: number): void {
  dead.add(pid);
  if (told) return;
  told = true;
  const { kill } = process;
  process.kill = (asked, signal) => {
    if (signal !== 0 || !dead.has(asked)) return kill.call(process, asked, signal);
    throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH', syscall: 'kill' });
  };
}

/** Its number may be another's from now on. */
export const forget = (pid: number): void => void dead.delete(pid);
