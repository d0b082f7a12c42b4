import { useRef } from 'react';
import { Button, FailureBox } from '../components/parts.tsx';
import { useAct } from '../use-call.ts';

/** The guardian's one action, in two steps from every screen. */
export function Pause({ isGuardian }: { readonly isGuardian: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pause = useAct('guardian.pause');
  return (
    <>
      <Button size="small" kind="danger" onPress={() => dialog.current?.showModal()}>
        Pause…
      </Button>
      <dialog ref={dialog} aria-labelledby="pause-title">
        <h2 id="pause-title">Pause the protocol</h2>
        <p>It stops deposits, delegation, activation of epochs and rebalancing at once.</p>
        <p>
          Withdrawals and everything the council decides go on. It ends by itself after 7 days; only a SIP
          ends it earlier, and it can’t be repeated within 14 days.
        </p>
        {!isGuardian && (
          <p>Only the guardian’s key can do this: choose “Guardian” under “Signing as” first.</p>
        )}
        {pause.error && <FailureBox failure={pause.error.failure} />}
        {pause.data && <p role="status">{pause.data.sentence}</p>}
        <div className="buttons">
          <Button kind="danger" disabled={!isGuardian || pause.isPending} onPress={() => pause.mutate({})}>
            {pause.isPending ? 'Waiting for the confirm window' : 'Pause the protocol'}
          </Button>
          <Button onPress={() => dialog.current?.close()}>Close</Button>
        </div>
      </dialog>
    </>
  );
}
