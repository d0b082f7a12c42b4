import { actCommand } from '../act-command.ts';

export const command = actCommand('execute', {
  summary: 'Execute an approved SIP once its time lock has passed',
  details:
    'Asks for the verdict match, as approving does, and reads back afterwards whether the state on chain is what the text says. Not approved yet, or time lock running: exit 4, with the moment.',
  done: 'executed',
});
