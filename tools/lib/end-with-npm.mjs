// npm does not hand SIGTERM on to the script it runs: the script would stay behind, and with it what it started.

const LOOK_EVERY_MS = 200;

/** Under `npm run`, turns the death of npm into the SIGTERM that npm was sent. Does nothing when run without npm. */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}
