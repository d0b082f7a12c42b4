import type { AnyCommand, Option } from './command.ts';
import { GLOBAL_OPTIONS } from './globals.ts';

/** Shell scripts that complete commands, options and their words; made from the table of commands. */

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface Flag {
  readonly names: readonly string[];
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  readonly help: string;
}

interface Node {
  /** Words from behind `sip`; empty for `sip` itself. */
  readonly path: readonly string[];
  readonly summary: string;
  /** Subcommands, and the words that the first argument may be. */
  readonly words: readonly string[];
  readonly flags: readonly Flag[];
}

export function completionScript(shell: Shell, commands: readonly AnyCommand[]): string {
  const globals = flagsOf(Object.values(GLOBAL_OPTIONS));
  const nodes = [
    { path: [], summary: '', words: [...commands.map(({ name }) => name), 'help'], flags: [] },
    ...commands.flatMap((command) => nodesOf(command, [])),
  ];
  return { bash, zsh, fish }[shell](nodes, globals);
}

function nodesOf(command: AnyCommand, above: readonly string[]): readonly Node[] {
  const path = [...above, command.name];
  const subcommands = command.subcommands ?? [];
  const words = [
    ...subcommands.map(({ name }) => name),
    ...Object.values(command.args ?? {}).flatMap(({ choices }) => choices ?? []),
  ];
  const node = {
    path,
    summary: command.summary,
    words,
    flags: flagsOf(Object.values(command.options ?? {})),
  };
  return [node, ...subcommands.flatMap((sub) => nodesOf(sub, path))];
}

function flagsOf(options: readonly Option[]): readonly Flag[] {
  return options
    .filter(({ hidden }) => !hidden)
    .map(({ flags, help, choices }) => ({
      names: flags.match(/(?<![\w-])--?[a-zA-Z][\w-]*/g) ?? [],
      takesValue: flags.includes('<'),
      // A word with blanks would be offered as several.
      choices: choices?.filter((word) => !word.includes(' ')) ?? [],
      help,
    }));
}

const longs = (flags: readonly Flag[]): readonly string[] =>
  flags.flatMap(({ names }) => names.filter((name) => name.startsWith('--')));
const keyOf = ({ path }: Node): string => path.map((word) => `/${word}`).join('');

/**
 * The part that bash and zsh share: which command the words so far are (`place`; zsh's own `path` is another thing), and
 * what may follow.
 */
function cases(nodes: readonly Node[], globals: readonly Flag[]): string {
  const walk = nodes.filter(({ path }) => path.length > 0).map(keyOf);
  const withChoices = [...globals, ...nodes.flatMap(({ flags }) => flags)].filter(
    ({ choices }) => choices.length > 0,
  );
  const withValue = [...globals, ...nodes.flatMap(({ flags }) => flags)].filter(
    ({ takesValue, choices }) => takesValue && choices.length === 0,
  );
  const unique = (list: readonly string[]): string => [...new Set(list)].join('|');
  return `  for word in "\${before[@]}"; do
    case "$place/$word" in
      ${walk.join('|')}) place="$place/$word" ;;
    esac
  done
  case "$previous" in
${withChoices.map(({ names, choices }) => `    ${names.join('|')}) offered="${choices.join(' ')}"; place=done ;;`).join('\n')}
    ${unique(withValue.flatMap(({ names }) => names))}) place=done ;;
  esac
  case "$place" in
${nodes.map((node) => `    "${keyOf(node)}") offered="${[...node.words, ...longs(node.flags)].join(' ')} $global" ;;`).join('\n')}
  esac`;
}

function bash(nodes: readonly Node[], globals: readonly Flag[]): string {
  return `# bash completion for sip: eval "$(sip completion bash)"
_sip() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" place="" word offered=""
  local global="${longs(globals).join(' ')} --help"
  local before=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
${cases(nodes, globals)}
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o default -F _sip sip
`;
}

function zsh(nodes: readonly Node[], globals: readonly Flag[]): string {
  return `#compdef sip
# zsh completion for sip: eval "$(sip completion zsh)"
_sip() {
  local previous="\${words[CURRENT-1]}" place="" word offered=""
  local global="${longs(globals).join(' ')} --help"
  local -a before
  before=("\${(@)words[2,CURRENT-1]}")
${cases(nodes, globals)}
  [[ -n "$offered" ]] && compadd -- \${=offered}
  _files
}
compdef _sip sip
`;
}

function fish(nodes: readonly Node[], globals: readonly Flag[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const flagLine = (condition: string, { names, takesValue, choices, help }: Flag): string => {
    const parts = names.map((name) =>
      name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
    );
    const value = choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : takesValue ? ' -r' : '';
    return `complete -c sip${condition} ${parts.join(' ')}${value} -d ${quote(help)}`;
  };
  const lines = nodes.flatMap((node) => {
    const [first, second] = node.path;
    const seen = [first, second]
      .filter((word) => word !== undefined)
      .map((word) => `__fish_seen_subcommand_from ${word}`);
    const condition = ` -n ${quote(seen.length === 0 ? '__fish_use_subcommand' : seen.join('; and '))}`;
    const words = node.words.map((word) => {
      const summary = nodes.find(({ path }) => path.join('/') === [...node.path, word].join('/'))?.summary;
      return `complete -c sip${condition} -a ${quote(word)}${summary ? ` -d ${quote(summary)}` : ''}`;
    });
    return [...words, ...node.flags.map((flag) => flagLine(condition, flag))];
  });
  return `# fish completion for sip: sip completion fish | source
${[...globals.map((flag) => flagLine('', flag)), ...lines].join('\n')}
`;
}
