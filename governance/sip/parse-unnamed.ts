import { SipError } from '../errors.ts';
import type { Sip } from './document.ts';
import { sipFileName } from './file-name.ts';
import { parseSip } from './parse.ts';

/** Where no number can be read any will do: the finding is that there is none. */
const ANY_NUMBER = 2;

/**
 * Reads a SIP that came without a file name, under the one that its number and title give it.
 * @param shown what it came as, for messages
 * @throws SipError SIP_INVALID with the first fault
 */
export function parseUnnamed(bytes: Uint8Array, shown: string): Sip {
  const claimed = /^SIP:[ \t]*(\d{1,4})[ \t]*$/m.exec(new TextDecoder().decode(bytes))?.[1];
  const under = sipFileName(Number(claimed ?? ANY_NUMBER), 'handed in');
  const { sip, findings } = parseSip(bytes, under);
  if (sip !== null) return { ...sip, file: sipFileName(sip.header.sip, sip.header.title) };
  const first = findings.find(({ level }) => level === 'error');
  throw new SipError('SIP_INVALID', {
    file: shown,
    detail: `line ${first?.line}: ${first?.message.replace(/\.$/, '')}`,
  });
}
