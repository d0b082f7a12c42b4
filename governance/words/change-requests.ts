import {
  CHANGE_REQUEST_FAULTS,
  type ChangeRequestFault,
  type CheckedChangeRequest,
} from '../change-requests/check.ts';

/** Whether what was asked for is still open: a text that was changed has a digest of its own. */
export function aboutText({ about, request, faults }: CheckedChangeRequest): string {
  if (faults.length > 0) return 'not what it says';
  return about === 'this-text'
    ? 'about this very text'
    : `answered by a new text: it is about the one with the digest ${request.digest}`;
}

/** Who asks; empty for a member, and where nobody knows. */
export const standingText = ({ isMember }: CheckedChangeRequest): string =>
  isMember === false ? 'no member of this council' : '';

export const changeRequestFaultText = ({ code, stated, derived }: ChangeRequestFault): string =>
  `Not true: ${CHANGE_REQUEST_FAULTS[code]} (stated ${stated}, found ${derived}).`;
