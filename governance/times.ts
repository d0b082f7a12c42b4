/** Times of documents and of the chain: UTC, whole seconds, years of four digits. */

import type { UnixSeconds } from './types.ts';

export const DAY_SECONDS = 86_400n;

/** `YYYY-MM-DDTHH:MM:SSZ` of a moment that exists, as unix seconds; else undefined. */
export function parseTime(text: string): UnixSeconds | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined;
  const ms = Date.parse(text);
  // The engine rolls 30 February over into March; what does not come back unchanged does not exist.
  if (Number.isNaN(ms) || renderTime(BigInt(ms / 1000)) !== text) return undefined;
  return BigInt(ms / 1000) as UnixSeconds;
}

/** `YYYY-MM-DD` of a day that exists, as unix seconds of its start in UTC; else undefined. */
export function parseDay(text: string): UnixSeconds | undefined {
  return parseTime(`${text}T00:00:00Z`);
}

/** Unix seconds as `YYYY-MM-DDTHH:MM:SSZ`; a moment beyond four digits of year, which bytes can hold, is no such text. */
export function renderTime(seconds: bigint): string {
  if (!inRange(seconds)) return `unix ${seconds}`;
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

/** Unix seconds as `YYYY-MM-DD`. */
export function renderDay(seconds: bigint): string {
  return renderTime(seconds).slice(0, 10);
}

/** Whether a moment has a year of four digits. */
export function inRange(seconds: bigint): boolean {
  return seconds >= -62_167_219_200n && seconds < 253_402_300_800n;
}
