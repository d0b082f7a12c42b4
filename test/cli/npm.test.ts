import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { isAlive, spawnSip } from './process.ts';

const data = mkdtempSync(join(tmpdir(), 'sip-npm-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

it.each(['SIGTERM', 'SIGINT'] as const)('a network that npm runs ends with npm on %s', async (signal) => {
  const npm = spawnSip(['sandbox', '--output', 'json', '--data-dir', data, '--name', signal.toLowerCase()], {
    through: 'npm',
  });
  const { pid } = JSON.parse(await npm.line) as SandboxInfo;
  expect(isAlive(pid)).toBe(true);
  npm.child.kill(signal);
  // Standard output stays open for as long as anything of it lives.
  await npm.ended;
  expect(isAlive(pid)).toBe(false);
  const left = readdirSync(join(data, 'sandbox', signal.toLowerCase()), { recursive: true });
  expect(left).toEqual([]);
});
