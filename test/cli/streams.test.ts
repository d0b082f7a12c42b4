import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withoutProgress } from '#governance/cli/testing/run-sip.ts';
import { faultyRpc } from '#test/support/faulty-rpc.ts';
import { sip, spawnSip } from './process.ts';

const LAUNCHER = fileURLToPath(new URL('../../tools/sip.mjs', import.meta.url));
const MINT = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';

describe('the process', () => {
  it('prints one document on standard output and nothing else there', async () => {
    const { code, stdout, stderr } = await sip(['lint', '--output', 'json']);
    expect([code, withoutProgress(stderr)]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  it('has the exit code of what happened', async () => {
    expect((await sip(['lint', 'nothing'])).code).toBe(1);
    expect((await sip(['lnt'])).code).toBe(2);
    expect((await sip(['council', '--data-dir', '/nowhere'])).code).toBe(4);
    expect(
      (await sip(['council', '-u', 'http://127.0.0.1:1', '--council', MINT, '--program-id', MINT])).code,
    ).toBe(5);
  });

  it('ends at once on Ctrl-C while an endpoint is silent, and says that nothing was sent', async () => {
    const server = await faultyRpc(() => new Promise(() => undefined));
    try {
      const running = spawnSip(['council', '-u', server.url, '--council', MINT, '--program-id', MINT]);
      while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      running.child.kill('SIGINT');
      expect(await running.ended).toEqual({ code: 130, signal: null });
      expect(running.stderr()).toContain('Interrupted by SIGINT. [INTERRUPTED]\n  Nothing was sent.\n');
      expect(running.stdout()).toBe('');
    } finally {
      await server.close();
    }
  });

  it('does not mind a reader that has seen enough', () => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; "${process.execPath}" "${LAUNCHER}" --help | head -1`],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
  });

  it('tells a full disk in one sentence', () => {
    const script = `"${process.execPath}" "${LAUNCHER}" completion bash > /dev/full`;
    const { stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('gives bash a script that it can read', () => {
    const script = execFileSync(process.execPath, [LAUNCHER, 'completion', 'bash'], { encoding: 'utf8' });
    expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0);
  });
});
