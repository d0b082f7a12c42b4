import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completionScript } from './completion.ts';
import { allCommands } from './program.ts';

/** What bash offers behind a line. */
function offered(script: string, ...words: string[]): string[] {
  const probe = `${script}
COMP_WORDS=(sip ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _sip; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', probe], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('completion', () => {
  it('offers commands, subcommands, options and their words in bash', async () => {
    const script = completionScript('bash', await allCommands());
    expect(offered(script, 'li')).toEqual(['lint']);
    expect(offered(script, 'sandbox', 'w')).toEqual(['warp']);
    expect(offered(script, 'sandbox', 'warp', '--to')).toEqual(['--to-time']);
    expect(offered(script, 'lint', '--output', '')).toEqual(['display', 'json']);
    expect(offered(script, '--output', 'json', 'sandbox', 'warp', '--b')).toEqual(['--by']);
    expect(offered(script, 'completion', 'f')).toEqual(['fish']);
    expect(offered(script, 'lint', '--keypair', '')).toEqual([]);
    expect(offered(script, 'rebase', '--o')).toEqual(expect.arrayContaining(['--out', '--output']));
  });

  it('knows every command in every shell, and no hidden option', async () => {
    const commands = await allCommands();
    for (const shell of ['bash', 'zsh', 'fish'] as const) {
      const script = completionScript(shell, commands);
      for (const { name } of commands) expect(script).toContain(name);
      expect(script).not.toContain('multisig-pubkey');
      expect(script).not.toContain('undefined');
    }
  });
});
