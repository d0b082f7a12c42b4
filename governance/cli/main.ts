import { Sending } from '#governance/chain/sending.ts';
import { SipError } from '#governance/errors.ts';
import type { Result } from './command.ts';
import { failureOf, printFailure } from './failure.ts';
import { dataFolder } from './folders.ts';
import { type Io, processIo } from './io.ts';
import { renderJson } from './json.ts';
import { loadSettings } from './load-settings.ts';
import { colorsFor, paperOn } from './paper.ts';
import { allCommands, parseArguments, type Request } from './program.ts';
import { progressOn } from './progress.ts';

/**
 * Runs one command.
 * @param argv words behind `sip`
 * @returns the exit code: 0 ok · 1 failed · 2 usage · 3 any verdict but match · 4 not approved, not ready or nothing
 * running · 5 unknown · 130 interrupted
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const sent = new Sending();
  // Known before anything is understood: a line that is not understood is told in the form it asks for.
  let json = asksForJson(argv, io);
  let verbose = argv.some((word) => word === '--verbose' || word === '-v');
  const fail = (error: unknown): number => {
    const failure = failureOf(error);
    printFailure(io, failure, { json, verbose, sent: sent.worseOf(failure) });
    return failure.exit;
  };
  try {
    const request = await parseArguments(argv, io, colorsFor(io.stdout, io));
    if (request === undefined) return 0;
    verbose = request.globals.verbose === true;
    const dataDir = dataFolder(io, request.globals.dataDir);
    const settings = await loadSettings(io, request.globals, dataDir);
    json = outputForm(settings.output?.value, settings.output?.where) === 'json';
    const progress = progressOn(io);
    const print = (result: Result): void => {
      progress.done();
      if (json) io.stdout.write(renderJson(result.json));
      else result.text(paperOn(io.stdout, io));
    };
    const { createContext } = await import('./context.ts');
    const context = createContext({
      io,
      globals: request.globals,
      settings,
      dataDir,
      sent,
      commands: allCommands,
      progress,
      print,
    });
    try {
      const result = await unlessInterrupted(
        io,
        request,
        sent,
        request.command.run?.(context, request.args, request.options),
      );
      if (result === null || result === undefined) return 0;
      print(result);
      return result.exit ?? 0;
    } finally {
      progress.done();
      context.ask.close();
    }
  } catch (error) {
    const code = fail(error);
    // What is still under way would go on until it has settled.
    if (code === 130) io.leave(code);
    return code;
  }
}

/** The command's own end, or the interruption if that comes first. */
async function unlessInterrupted(
  { interrupt }: Io,
  { command }: Request,
  sent: Sending,
  running: Promise<Result | null> | undefined,
): Promise<Result | null | undefined> {
  if (command.handlesInterrupt || running === undefined) return running;
  running.catch(() => undefined);
  let stop: (() => void) | undefined;
  const interrupted = new Promise<never>((_, reject) => {
    stop = () =>
      reject(new SipError('INTERRUPTED', { signal: interrupt.reason, sent: sent.sent }, { sent: sent.sent }));
    if (interrupt.aborted) stop();
    else interrupt.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([running, interrupted]);
  } finally {
    if (stop) interrupt.removeEventListener('abort', stop);
  }
}

function outputForm(value: string | undefined, where: string | undefined): 'json' | 'display' {
  if (value === 'json') return 'json';
  if (value === undefined || value === 'display') return 'display';
  throw new SipError('USAGE', { detail: `${where} "${value}" is neither display nor json` });
}

function asksForJson(argv: readonly string[], { env }: Io): boolean {
  const said = argv.findLast((word, at) => word.startsWith('--output=') || argv[at - 1] === '--output');
  return said === undefined ? env.SIP_OUTPUT === 'json' : said === 'json' || said === '--output=json';
}
