import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { processes } from './support/processes.ts';

let display: Display;
let launched: Launched;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

it('opens a window with the name of the product', async () => {
  expect(await launched.window.title()).toContain('Solayer');
});

it('runs every renderer in a sandbox, and nothing as root', () => {
  const all = launched.processes();
  const renderers = all.filter(({ type }) => type === 'renderer');
  expect(renderers.length).toBeGreaterThan(0);
  for (const { seccomp } of renderers) expect(seccomp).toBe(2);
  for (const { uid } of all) expect(uid).not.toBe(0);
  expect(all.filter(({ command }) => command.includes('--no-sandbox'))).toEqual([]);
});

it('leaves no process when it is closed', async () => {
  const pids = launched.processes().map(({ pid }) => pid);
  await launched.close();
  expect(processes(({ pid }) => pids.includes(pid))).toEqual([]);
});
