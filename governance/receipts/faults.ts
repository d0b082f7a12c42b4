/** Ways in which a receipt is not what it says. */
export const RECEIPT_FAULTS = {
  'signature-false': 'the member did not sign this',
  'sip-false': 'the text has another number',
  'digest-false': 'the text has another digest',
  'council-not-pinned': 'the council is another than the one pinned here',
  'program-not-pinned': 'the program is another than the one pinned here',
  'genesis-not-pinned': 'the review was on another cluster',
  'message-hash-false': 'the transaction on chain has another message',
  'not-a-member': 'the signer is no member of the council',
} as const;
export type ReceiptFaultCode = keyof typeof RECEIPT_FAULTS;

export interface ReceiptFault {
  readonly code: ReceiptFaultCode;
  readonly stated: string;
  readonly derived: string;
}

export const faultText = ({ code, stated, derived }: ReceiptFault): string =>
  `Not true: ${RECEIPT_FAULTS[code]} (stated ${stated}, found ${derived}).`;
