/** What became of a file of requests. */
export const TakenRequests = ({
  of: { sip, taken },
}: {
  readonly of: { readonly sip: number; readonly taken: number };
}) => (
  <p className="pad" role="status">
    {taken === 1 ? 'A request' : `${taken} requests`} for changes to SIP-{sip} {taken === 1 ? 'lies' : 'lie'}{' '}
    beside the document now.
  </p>
);
