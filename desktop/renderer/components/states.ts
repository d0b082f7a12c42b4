import type { Tone } from '#desktop/shared/views/index.ts';

/** Words that are states, and how they look. The word is always shown; the tone only goes with it. */
const TONES: Readonly<Record<string, Tone>> = {
  active: 'accent',
  approved: 'ok',
  executed: 'ok',
  rejected: 'bad',
  cancelled: 'plain',
  closed: 'plain',
  scheduled: 'warn',
  open: 'ok',
  paused: 'warn',
  landed: 'ok',
  failed: 'bad',
  unsettled: 'warn',
  expired: 'plain',
  dropped: 'plain',
  whitelisted: 'ok',
};

/** `approved, stale` counts as stale: it can't go on. */
export const toneOf = (state: string): Tone =>
  state.endsWith('stale') ? 'warn' : (TONES[state.toLowerCase()] ?? 'plain');

export const verdictTone = (verdict: string): Tone => (verdict === 'match' ? 'ok' : 'bad');

/** `timed-out` → `Timed out` */
export function stateText(state: string): string {
  const words = state.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Of a finding on the council's posture: sign, tone, word. */
export const POSTURE_SIGNS = {
  ok: ['✓', 'ok', 'in order'],
  warning: ['!', 'warn', 'warning'],
  unknown: ['?', 'warn', 'unknown'],
  error: ['✕', 'bad', 'weak'],
} as const;
