import type { Io } from './io.ts';

/** Nothing is said about what takes less. */
const QUIET_MS = 1_000;
const AGAIN_MS = 15_000;

/** What the console is doing, on standard error, once it takes longer than a second. */
export interface Progress {
  /** Names the stage under way; ends the one before. */
  stage(text: string): void;
  /** Nothing more is under way. */
  done(): void;
}

export function progressOn(
  { stderr }: Pick<Io, 'stderr'>,
  now: () => number = () => performance.now(),
): Progress {
  let timer: NodeJS.Timeout | undefined;
  let said = false;

  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const tell = (text: string, from: number) => {
    const seconds = Math.round((now() - from) / 1000);
    stderr.write(said ? `${text} … ${seconds} s\n` : `${text} …\n`);
    said = true;
    timer = setTimeout(() => tell(text, from), AGAIN_MS);
    timer.unref();
  };
  return {
    stage(text) {
      stop();
      said = false;
      const from = now();
      timer = setTimeout(() => tell(text, from), QUIET_MS);
      timer.unref();
    },
    done: stop,
  };
}
