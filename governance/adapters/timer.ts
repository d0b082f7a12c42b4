import { setTimeout as delay } from 'node:timers/promises';
import type { Timer } from '#governance/chain/ports.ts';

export const systemTimer: Timer = {
  now: () => Date.now(),
  sleep: (ms) => delay(ms),
};
