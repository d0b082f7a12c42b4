import { actCommand } from '../act-command.ts';

export const command = actCommand('cancel', {
  summary: 'Vote to cancel a proposal that is approved already',
  details: 'Possible until it is executed, whatever the verdict is; it takes as many votes as an approval.',
  done: 'cancelled',
});
