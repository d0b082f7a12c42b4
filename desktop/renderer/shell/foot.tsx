import type { AppState } from '#desktop/shared/views/index.ts';
import { grouped } from '../format.ts';
import { Pause } from './pause.tsx';
import { SeatMenu } from './seat-menu.tsx';

/** Where this is, whose key signs, and the two things that are reached from everywhere. */
export function Foot(props: { readonly state: AppState | undefined; readonly onCommands: () => void }) {
  const { state, onCommands } = props;
  const network = state?.network;
  return (
    <div className="foot">
      {network && (
        <div className="network">
          <span className={dotOf(network)} />
          {network.name}
          {network.paused && ' · paused'}
          <small>
            {network.slot === null ? 'no answer yet' : `slot ${grouped(network.slot)}`} ·{' '}
            {network.ephemeral ? 'ends with this window' : network.cluster}
          </small>
        </div>
      )}
      <SeatMenu state={state} />
      <Pause isGuardian={state?.seat === 'guardian'} />
      <button type="button" className="btn small" onClick={onCommands}>
        <kbd>Ctrl</kbd>&nbsp;<kbd>K</kbd>&nbsp;&nbsp;Commands
      </button>
    </div>
  );
}

const dotOf = ({ paused, slot, lookOnly }: NonNullable<AppState['network']>): string =>
  slot === null ? 'dot silent' : paused || lookOnly !== null ? 'dot paused' : 'dot';
