import type { Aim, Attempt } from './attempts/attempt.ts';
import { CODE } from './attempts/code.ts';
import { NETWORK } from './attempts/network.ts';
import { PLACES } from './attempts/places.ts';
import { REACH } from './attempts/reach.ts';

export type { Aim };

export const ATTEMPTS: Readonly<Record<string, Attempt>> = { ...NETWORK, ...CODE, ...REACH, ...PLACES };

const GIVE_UP_MS = 1_000;

/** As a script of the page: what a debugger evaluates directly is exempt from the page's policy, its timers are not. */
export const attemptScript = (name: string, aim: Aim): string => `new Promise((done) => {
  setTimeout(() => done(''), ${GIVE_UP_MS});
  setTimeout(() => {
    try {
      Promise.resolve((${String(ATTEMPTS[name])})(${JSON.stringify(aim)})).then(
        (got) => done(got ? String(got) : ''),
        () => done(''),
      );
    } catch {
      done('');
    }
  });
})`;
