import {
  Argument as CommanderArgument,
  Command as CommanderCommand,
  CommanderError,
  Option as CommanderOption,
  InvalidArgumentError,
} from 'commander';
import type { AnyCommand, Argument, Option } from './command.ts';
import { Refused } from './command.ts';
import { COMMANDS, GROUPS } from './commands/index.ts';
import { GLOBAL_OPTIONS, type Globals } from './globals.ts';
import type { Io } from './io.ts';
import type { Colors } from './paper.ts';
import { VERSION } from './version.ts';

/** The commands as a commander program. Commander parses and renders help; the commands know nothing of it. */

/** What was asked for, taken apart. */
export interface Request {
  readonly command: AnyCommand;
  readonly args: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly globals: Globals;
}

/**
 * Parses `argv`. Undefined: help or version was printed.
 * @throws CommanderError for what it does not understand
 */
export async function parseArguments(
  argv: readonly string[],
  io: Io,
  paint: Colors,
): Promise<Request | undefined> {
  let request: Request | undefined;
  const program = new CommanderCommand('sip')
    .description(
      "Solayer's council console: drafts, checks, proposes and executes Solayer Improvement Proposals.",
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .usage('<command> [options]');
  frame(program, io, paint);
  for (const [key, option] of Object.entries(GLOBAL_OPTIONS))
    program.addOption(toCommander(key, option).helpGroup('Global options:'));
  const commands = await neededCommands(argv);
  for (const { name, group, command } of commands)
    program.addCommand(
      build(command ?? { name, summary: '', examples: [] }, io, paint, (found) => {
        request = { ...found, globals: globalsOf(program) };
      }).helpGroup(`${GROUPS[group]}:`),
    );
  const help = new CommanderCommand('help').argument('[command]').description('Show help for a command');
  program.addHelpCommand(help.helpGroup(`${GROUPS.console}:`));
  program.addHelpText('after', '\nRun "sip <command> --help" for its options and examples.');
  // A first word that is no command: commander's own action handler would call it an excess argument.
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (isDone(error)) return undefined;
    if (error instanceof CommanderError && error.code === 'commander.help') {
      io.stderr.write(program.helpInformation());
      program.error('a command is missing');
    }
    throw error;
  }
  return request;
}

export const allCommands = (): Promise<readonly AnyCommand[]> =>
  Promise.all(COMMANDS.map(async ({ load }) => (await load()).command));

/** Loads what the line may mean: the commands whose names occur in it, or all of them for help. */
async function neededCommands(argv: readonly string[]) {
  const words = new Set(argv);
  const some = COMMANDS.filter(({ name }) => words.has(name));
  const all = some.length === 0 || some.every(({ name }) => name === 'completion');
  return Promise.all(
    COMMANDS.map(async ({ name, group, load }) => ({
      name,
      group,
      command: all || words.has(name) ? (await load()).command : undefined,
    })),
  );
}

function build(
  command: AnyCommand,
  io: Io,
  paint: Colors,
  found: (request: Omit<Request, 'globals'>) => void,
  path: readonly string[] = [],
): CommanderCommand {
  const here = [...path, command.name];
  const built = new CommanderCommand(command.name).summary(command.summary);
  built.description(`${command.summary}.${command.details ? `\n\n${command.details}` : ''}`);
  built.helpOption('-h, --help', 'show help').helpCommand(false);
  frame(built, io, paint);
  const args = Object.entries(command.args ?? {});
  for (const [, argument] of args) built.addArgument(argumentOf(argument));
  // So that a misspelt subcommand is called so, and not an argument too many.
  const words = command.subcommands?.map(({ name }) => name);
  if (words && args.length === 0)
    built
      .addArgument(new CommanderArgument('[COMMAND]').choices(words))
      .usage(command.run ? '[command] [options]' : '<command> [options]');
  const options = Object.entries(command.options ?? {});
  for (const [key, option] of options) built.addOption(toCommander(key, option));
  for (const sub of command.subcommands ?? []) built.addCommand(build(sub, io, paint, found, here));
  built.addHelpText('after', () => examplesText(command, paint));
  if (command.run !== undefined)
    built.action((...given: unknown[]) => {
      const values = args.map(([key], at) => [key, given[at]] as const);
      found({
        command,
        args: Object.fromEntries(values) as Request['args'],
        options: optionValues(built, command.options ?? {}),
      });
    });
  else built.action(() => built.error(`"sip ${here.join(' ')}" needs one of ${words?.join(', ')}`));
  return built;
}

function frame(command: CommanderCommand, io: Io, paint: Colors): void {
  command
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // Failures are told once, in the form that all of them have.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 110, 110),
      getOutHasColors: () => paint.isColorSupported,
    })
    .configureHelp({
      styleTitle: (text) => paint.bold(text),
      subcommandTerm: (sub) => sub.name(),
      showGlobalOptions: false,
    });
}

function examplesText(command: AnyCommand, paint: Colors): string {
  const own =
    command.examples.length > 0
      ? command.examples
      : (command.subcommands ?? []).flatMap((sub) => sub.examples);
  const lines = own.map(([line, does]) => `  sip ${line}\n      ${paint.dim(does)}`);
  const examples = lines.length === 0 ? '' : `\n${paint.bold('Examples:')}\n${lines.join('\n')}\n`;
  return `${examples}\nOptions of every command: sip --help`;
}

function argumentOf({ name, help, optional, many, choices }: Argument): CommanderArgument {
  const inner = many ? `${name}...` : name;
  const argument = new CommanderArgument(optional ? `[${inner}]` : `<${inner}>`, help);
  return choices ? argument.choices([...choices]) : argument;
}

/** The table's key is the attribute, whatever the flag is called. */
function toCommander(key: string, { flags, help, parse, choices, many, hidden }: Option): CommanderOption {
  const option = new CommanderOption(flags, help);
  // Commander keeps the values of `--no-x` under x.
  if (!option.negate) option.attributeName = () => key;
  if (choices) option.choices([...choices]);
  const single = (text: string): unknown => {
    if (choices && !choices.includes(text))
      throw new InvalidArgumentError(`it is none of ${choices.join(', ')}`);
    try {
      return parse ? parse(text) : text;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new InvalidArgumentError(`it is ${error.message}`);
    }
  };
  if (parse || choices || many)
    option.argParser((text: string, before: unknown) =>
      many ? [...((before as unknown[]) ?? []), single(text)] : single(text),
    );
  if (hidden) option.hideHelp();
  return option;
}

function optionValues(
  built: CommanderCommand,
  options: Readonly<Record<string, Option>>,
): Readonly<Record<string, unknown>> {
  // Commander gives `sandbox warp --name a` to sandbox where both have the option; to us it is the same one.
  const values: Readonly<Record<string, unknown>> = {
    ...(built.parent?.parent && built.parent.opts()),
    ...built.opts(),
  };
  return Object.fromEntries(
    Object.entries(options).map(([key, { flags, many }]) => {
      const negated = /^--no-(\w+)$/.exec(flags)?.[1];
      if (negated !== undefined) return [key, values[negated] === false ? true : undefined];
      return [key, values[key] ?? (many ? [] : undefined)];
    }),
  );
}

const globalsOf = (program: CommanderCommand): Globals =>
  optionValues(program, GLOBAL_OPTIONS) as unknown as Globals;

/** Commander ends help and version, too, by an exception. */
function isDone(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return (
    code === 'commander.helpDisplayed' ||
    code === 'commander.version' ||
    (code === 'commander.help' && (error as { exitCode?: unknown }).exitCode === 0)
  );
}
