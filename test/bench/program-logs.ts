/** What the runtime writes about calls: who was called by whom, and what it used. */

export interface Call {
  readonly program: string;
  /** Everything below it included; undefined for the runtime's built-in programs, which do not say. */
  readonly computeUnits: number | undefined;
  /** Lines of the program itself, without those of what it called. */
  readonly logs: readonly string[];
  readonly calls: readonly Call[];
}

interface Open {
  readonly program: string;
  computeUnits: number | undefined;
  readonly logs: string[];
  readonly calls: Call[];
}

/**
 * The calls of a transaction that succeeded, outermost first.
 * @throws where the lines do not nest, or where the runtime has cut them
 */
export function callsIn(lines: readonly string[]): readonly Call[] {
  const top: Open = { program: '', computeUnits: undefined, logs: [], calls: [] };
  const open: Open[] = [top];
  for (const line of lines) {
    if (line === 'Log truncated') throw new Error('the runtime has cut the log');
    const current = open.at(-1) ?? top;
    const [, program = '', what = '', units] =
      /^Program (\w+) (invoke|consumed|success|failed)(?: (\d+) of \d+ compute units)?/.exec(line) ?? [];
    if (what === 'invoke') {
      open.push({ program, computeUnits: undefined, logs: [], calls: [] });
      continue;
    }
    if (what === '') {
      current.logs.push(line);
      continue;
    }
    if (current.program !== program || what === 'failed') throw new Error(`unexpected: ${line}`);
    if (what === 'consumed') current.computeUnits = Number(units);
    else {
      open.pop();
      open.at(-1)?.calls.push(current);
    }
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)?.program} has no end in the log`);
  return top.calls;
}

/** All calls in the order in which they began. */
export function flatten(calls: readonly Call[]): readonly Call[] {
  return calls.flatMap((call) => [call, ...flatten(call.calls)]);
}

/** The instruction's name as an Anchor program logs it: `WhitelistLst`. */
export function instructionIn(call: Call): string | undefined {
  const prefix = 'Program log: Instruction: ';
  return call.logs.find((line) => line.startsWith(prefix))?.slice(prefix.length);
}
