import type { AppState, Seat } from '#desktop/shared/views/index.ts';
import { useAct } from '../use-call.ts';

const may = ({ permissions }: Seat): string =>
  permissions.length === 1 && permissions[0] === 'initiate' ? ' (Initiate only)' : '';

/** Which key signs what is asked for from now on. Choosing signs nothing. */
export function SeatMenu({ state }: { readonly state: AppState | undefined }) {
  const choose = useAct('seat.choose');
  const { seats = [], seat = null } = state ?? {};
  return (
    <label>
      Signing as
      <select value={seat ?? ''} onChange={(event) => choose.mutate({ seat: event.target.value || null })}>
        <option value="">Looking only</option>
        {seats.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
            {may(one)}
          </option>
        ))}
      </select>
      {choose.error && (
        <span role="alert" className="not-chosen">
          {choose.error.failure.message}
        </span>
      )}
    </label>
  );
}
