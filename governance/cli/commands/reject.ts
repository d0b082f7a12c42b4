import { actCommand } from '../act-command.ts';

export const command = actCommand('reject', {
  summary: 'Vote against a proposal',
  details:
    'Possible whatever the verdict is. The proposal ends when so many reject that it can no longer be approved.',
  done: 'rejected',
});
