import { actCommand } from '../act-command.ts';

export const command = actCommand('approve', {
  summary: 'Approve a SIP, if the bytes on chain are what its text compiles to',
  details:
    'Recompiles the text and compares it byte for byte with the transaction on chain first; anything but match is refused with exit 3. A SIP in parts is approved only when every part is before the council.',
  done: 'approved',
});
