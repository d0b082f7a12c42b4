import type { Context } from './context.ts';
import type { Paper } from './paper.ts';

/** What a command is: data that help, shell completion and the parser read, and one function. */

export interface Argument {
  /** As help shows it, in capitals. */
  readonly name: string;
  readonly help: string;
  readonly optional?: true;
  /** The rest of the line; the last argument only. */
  readonly many?: true;
  /** Only these words; offered by shell completion. */
  readonly choices?: readonly string[];
}

export interface Option {
  /** `-x, --long-name <value>`; without `<value>` it is a switch. */
  readonly flags: string;
  readonly help: string;
  /** Text to value; throws Refused with the end of the sentence `--x "…" is `. */
  readonly parse?: (text: string) => unknown;
  readonly choices?: readonly string[];
  /** May be given more than once; the value is a list. */
  readonly many?: true;
  /** Accepted, not shown. */
  readonly hidden?: true;
}

export type Arguments = Readonly<Record<string, Argument>>;
export type Options = Readonly<Record<string, Option>>;

type ArgumentValue<A extends Argument> = A extends { many: true }
  ? readonly string[]
  : A extends { optional: true }
    ? string | undefined
    : string;
type Single<O extends Option> = O extends { parse: (text: string) => infer T }
  ? T
  : O extends { choices: readonly (infer C)[] }
    ? C
    : O['flags'] extends `${string}<${string}`
      ? string
      : true;
type OptionValue<O extends Option> = O extends { many: true } ? readonly Single<O>[] : Single<O> | undefined;

export type ArgumentValues<A extends Arguments> = { readonly [K in keyof A]: ArgumentValue<A[K]> };
export type OptionValues<O extends Options> = { readonly [K in keyof O]: OptionValue<O[K]> };

export interface Result {
  /**
   * The document on standard output under `--output json`, without `schemaVersion`. bigint becomes a decimal string,
   * bytes padded base64; counts and indexes are numbers (`count()`).
   */
  readonly json: Readonly<Record<string, unknown>>;
  /** The same for people. */
  readonly text: (paper: Paper) => void;
  /** 3: any verdict but match, 4: not approved, not ready; left out: 0. Failures are thrown. */
  readonly exit?: 0 | 1 | 3 | 4 | 5;
}

export interface Command<A extends Arguments = Arguments, O extends Options = Options> {
  readonly name: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** Further sentences for `--help`. */
  readonly details?: string;
  readonly args?: A;
  readonly options?: O;
  /** Lines as typed, without the leading `sip`, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /**
   * True: the command itself ends cleanly when `context.interrupted` aborts. False: the frame says what was sent and
   * ends the process.
   */
  readonly handlesInterrupt?: true;
  readonly subcommands?: readonly AnyCommand[];
  /** Left out where only subcommands do something. Null: everything has been printed already. */
  readonly run?: (
    context: Context,
    args: ArgumentValues<A>,
    options: OptionValues<O>,
  ) => Promise<Result | null>;
}

/** A command whose own types the frame does not know. */
export interface AnyCommand extends Omit<Command, 'run'> {
  readonly run?: (
    context: Context,
    args: Readonly<Record<string, string | readonly string[] | undefined>>,
    options: Readonly<Record<string, unknown>>,
  ) => Promise<Result | null>;
}

/** Checks a command against its own arguments and options, then forgets their types. */
export function defineCommand<const A extends Arguments, const O extends Options>(
  command: Command<A, O>,
): AnyCommand {
  return command as unknown as AnyCommand;
}

/** What an option's text is not: `--count "x" is no whole number`. */
export class Refused extends Error {}
