import { describe, expect, it } from 'vitest';
import type { AnyCommand } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { runSip } from './testing/run-sip.ts';

const OURS = [
  'new',
  'lint',
  'rebase',
  'digest',
  'compile',
  'export',
  'import',
  'council',
  'sandbox',
  'profile',
  'config',
  'completion',
];

const tree = (command: AnyCommand, above: readonly string[] = []): readonly (readonly string[])[] => {
  const path = [...above, command.name];
  return [path, ...(command.subcommands ?? []).flatMap((sub) => tree(sub, path))];
};

describe('help', () => {
  it('lists every command with its summary and ends well', async () => {
    const { code, stdout, stderr } = await runSip(['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const { name, load } of COMMANDS) {
      const { command } = await load();
      expect(command.name).toBe(name);
      // Long summaries are wrapped.
      expect(stdout).toMatch(new RegExp(`^  ${name} +${command.summary.slice(0, 12)}`, 'm'));
    }
  });

  it('has a summary without a full stop, and examples that begin with the command, everywhere', async () => {
    for (const { load } of COMMANDS) {
      const { command } = await load();
      for (const path of tree(command)) {
        const { code, stdout } = await runSip([...path, '--help']);
        expect(code, path.join(' ')).toBe(0);
        expect(stdout).toContain('Options of every command: sip --help');
        expect(stdout, path.join(' ')).toContain('Examples:');
        const examples = stdout.slice(stdout.indexOf('Examples:')).match(/^ {2}sip .*$/gm) ?? [];
        expect(examples.length).toBeGreaterThan(0);
        for (const example of examples)
          expect(example.trim().startsWith(`sip ${path[0]}`), example).toBe(true);
      }
      expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it.each(OURS)('of %s reads as agreed', async (name) => {
    const { stdout } = await runSip([name, '--help']);
    await expect(stdout).toMatchFileSnapshot(`../../test/golden/cli/help-${name}.txt`);
  });

  it('tells the version', async () => {
    expect((await runSip(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('is shown on standard error when no command is given', async () => {
    const { code, stdout, stderr } = await runSip([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: sip <command>');
  });
});
