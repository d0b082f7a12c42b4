import { expect, it } from 'vitest';
import { mayPass } from './checked.ts';

it('asks for two votes', () => {
  expect(mayPass(1, 100)).toBe(false);
  expect(mayPass(2, 100)).toBe(true);
});
