import type { AppState, Failure } from '#desktop/shared/views/index.ts';

/** What holds on every screen, above it. */
export function Banners({ state }: { readonly state: AppState | undefined }) {
  const { network, failure, warning, phase } = state ?? {};
  return (
    <>
      {phase === 'ready' && failure && <Told failure={failure} lead="The chain is out of reach. " />}
      {warning && <Told failure={warning} lead="" />}
      {network?.lookOnly && (
        <p className="banner" role="status">
          Looking only, nothing is signed: {network.lookOnly} What is shown is the first endpoint’s word.
        </p>
      )}
      {network?.paused && (
        <p className="banner" role="status">
          The protocol is paused: no deposits, no activation. Withdrawals and the council go on.
        </p>
      )}
    </>
  );
}

const Told = ({ failure, lead }: { readonly failure: Failure; readonly lead: string }) => (
  <p className="banner" role="status">
    {lead}
    {failure.message} {failure.remedy} <code>{failure.code}</code>
  </p>
);
