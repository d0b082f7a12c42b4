import { beforeEach, describe, expect, it } from 'vitest';
import { SipError } from '#governance/errors.ts';
import { Share } from './share.ts';

let now = 0;
let reads = 0;
let answer: () => Promise<number>;
const share = () =>
  new Share(
    () => {
      reads += 1;
      return answer();
    },
    { now: () => now },
    100,
  );
beforeEach(() => {
  [now, reads] = [0, 0];
  answer = async () => reads;
});

describe('a shared reading', () => {
  it('is one for all who ask while it is under way, and for a moment after', async () => {
    const shared = share();
    expect(await Promise.all([shared.get(), shared.get()])).toEqual([1, 1]);
    now = 99;
    expect(await shared.get()).toBe(1);
    now = 100;
    expect(await shared.get()).toBe(2);
  });

  it('is made anew after something was done, even while an older one is under way', async () => {
    const shared = share();
    const before = shared.get();
    shared.forget();
    expect(await shared.get()).toBe(2);
    expect(await before).toBe(1);
    expect(reads).toBe(2);
  });

  it('is not kept when it failed', async () => {
    const shared = share();
    answer = async () => {
      throw new SipError('ENDPOINT_DOWN', { endpoint: 'in use', reason: 'silence' });
    };
    await expect(shared.get()).rejects.toMatchObject({ code: 'ENDPOINT_DOWN' });
    answer = async () => 7;
    const next = shared.get();
    expect(shared.failure).toMatchObject({ code: 'ENDPOINT_DOWN' });
    expect(await next).toBe(7);
    expect(shared.failure).toBeUndefined();
  });
});
