import { renderTime } from '#governance/times.ts';

/** Chain times for people: the moment in UTC, and how far it is from the chain's now. */

const UNITS = [
  ['y', 31_536_000n],
  ['d', 86_400n],
  ['h', 3_600n],
  ['min', 60n],
  ['s', 1n],
] as const;

/** `3 h 40 min`: the two largest units. @param seconds of either sign */
export function durationText(seconds: bigint): string {
  let left = seconds < 0n ? -seconds : seconds;
  const parts: string[] = [];
  let last = -1;
  for (const [at, [unit, size]] of UNITS.entries()) {
    const amount = left / size;
    // A year and some seconds is a year: only neighbours are named together.
    if (amount === 0n || (last >= 0 && at !== last + 1)) continue;
    parts.push(`${amount} ${unit}`);
    left -= amount * size;
    if (last >= 0) break;
    last = at;
  }
  return parts.join(' ') || '0 s';
}

/** `2026-12-15 00:00:00 UTC` */
export const momentText = (unix: bigint): string => renderTime(unix).replace('T', ' ').replace('Z', ' UTC');

/** `in 3 h 40 min`, `2 d ago`, `now`. */
export function distanceText(unix: bigint, now: bigint): string {
  if (unix === now) return 'now';
  return unix > now ? `in ${durationText(unix - now)}` : `${durationText(now - unix)} ago`;
}

/** `2026-12-15 00:00:00 UTC (in 3 h 40 min)` */
export const whenText = (unix: bigint, now: bigint): string =>
  `${momentText(unix)} (${distanceText(unix, now)})`;
