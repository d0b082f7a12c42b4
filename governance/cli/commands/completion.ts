import { defineCommand } from '../command.ts';
import { completionScript, SHELLS, type Shell } from '../completion.ts';

export const command = defineCommand({
  name: 'completion',
  summary: 'Print a script that completes sip in your shell',
  args: { shell: { name: 'SHELL', help: 'bash, zsh or fish', choices: SHELLS } },
  examples: [
    ['completion bash', 'in ~/.bashrc: eval "$(sip completion bash)"'],
    ['completion zsh', 'in ~/.zshrc: eval "$(sip completion zsh)"'],
    ['completion fish', 'once: sip completion fish > ~/.config/fish/completions/sip.fish'],
  ],
  async run(context, { shell }) {
    const script = completionScript(shell as Shell, await context.commands());
    return { json: { shell, script }, text: (paper) => paper.line(script.trimEnd()) };
  },
});
