import type { DeviceStep } from '#desktop/shared/ledger-protocol.ts';
import { Stop } from './stop.tsx';

const SAYS: Readonly<Record<DeviceStep, readonly [what: string, how: string]>> = {
  connect: ['Connect the Ledger', 'By USB, unlocked, with the Solana app open. It is found by itself.'],
  'open-app': ['Confirm “Open Solana” on the Ledger', 'The rest follows by itself.'],
  compare: [
    'Compare the hash on the Ledger with the one above, in base58',
    'The Solana app can’t read a Squads instruction: it shows this hash and nothing else. Approve there only if all of it is equal; reject there if one character is not.',
  ],
};

/** Confirmed here; now its person is at the device. */
export function OnDevice({ step }: { readonly step: DeviceStep | null }) {
  const [what, how] = step === null ? ['Looking for the Ledger', ''] : SAYS[step];
  return (
    <>
      <section className="card pad elsewhere" aria-label="At the Ledger" aria-live="polite" aria-busy="true">
        <h2>{what}</h2>
        {how !== '' && <p className="src">{how}</p>}
      </section>
      <div className="buttons single">
        <Stop>Stop, and do not sign</Stop>
      </div>
    </>
  );
}
