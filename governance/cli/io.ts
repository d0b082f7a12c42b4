/** The process as the command line sees it, so that tests can call `main` without one. */
export interface Out {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface Io {
  readonly stdout: Out;
  readonly stderr: Out;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by Ctrl-C or SIGTERM; the reason is the signal's name. */
  readonly interrupt: AbortSignal;
  /** Ends the process at once, also while requests are under way. Does nothing in tests. */
  leave(code: number): void;
}

/** The real process. A second signal ends it whatever is under way. */
export function processIo(): Io {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort(name);
    });
  // A reader that has seen enough (`sip … | head`) is no failure.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    interrupt: controller.signal,
    leave(code) {
      // Pipes are written asynchronously: what was said must be out before the process is gone.
      process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
    },
  };
}
