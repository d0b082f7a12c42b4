import { SipError } from '#governance/errors.ts';
import type { Engine } from '../engine.ts';

/**
 * Nobody signs with another key than the one that was shown.
 * @param shown as the button named it; null where nobody signs @throws SipError SEAT_CHANGED
 */
export function sameSeat({ seat }: Engine, shown: string | null): void {
  if (shown !== seat) throw new SipError('SEAT_CHANGED', { shown: shown ?? 'nobody', now: seat ?? 'nobody' });
}
