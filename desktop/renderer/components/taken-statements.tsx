import type { TakenStatements } from '#desktop/shared/views/index.ts';

/** What became of a file of requests or receipts. */
export const Taken = ({ of: { kind, sip, taken } }: { readonly of: TakenStatements }) => (
  <p className="pad" role="status">
    {kind === 'requests' ? requestsText(sip, taken) : receiptsText(sip, taken)}
  </p>
);

const requestsText = (sip: number, taken: number): string =>
  `${taken === 1 ? 'A request' : `${taken} requests`} for changes to SIP-${sip} ${lie(taken)} beside the document now.`;

const receiptsText = (sip: number, taken: number): string =>
  taken === 0
    ? `Nothing new of SIP-${sip}: this receipt, or a later one of its member, lies beside the document already.`
    : `${taken === 1 ? 'A receipt' : `${taken} receipts`} for SIP-${sip} ${lie(taken)} beside the document now.`;

const lie = (count: number): string => (count === 1 ? 'lies' : 'lie');
