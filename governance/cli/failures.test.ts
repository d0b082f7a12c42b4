import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Rpc, SignatureOutcome } from '#governance/chain/ports.ts';
import { Sending } from '#governance/chain/sending.ts';
import { faultyRpc } from '#test/support/faulty-rpc.ts';
import { failureOf } from './failure.ts';
import { runSip } from './testing/run-sip.ts';
import { folderWithSips, SIP_8 } from './testing/sip-folder.ts';

const MINT = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const NOWHERE = ['-u', 'http://127.0.0.1:1', '--council', MINT, '--program-id', MINT];

/** What is typed, the code it ends with, and the exit code. */
const CASES: readonly (readonly [line: string | readonly string[], code: string, exit: number])[] = [
  ['', 'USAGE', 2],
  ['lnt', 'USAGE', 2],
  ['digest', 'USAGE', 2],
  ['lint --bogus', 'USAGE', 2],
  ['lint --output xml', 'USAGE', 2],
  ['completion sh', 'USAGE', 2],
  ['sandbox wrap', 'USAGE', 2],
  ['sandbox warp', 'USAGE', 2],
  ['sandbox warp --by soon', 'USAGE', 2],
  ['sandbox warp --to-time 2026-02-30', 'USAGE', 2],
  ['sandbox --members 0', 'USAGE', 2],
  ['sandbox --members 3 --threshold 4', 'USAGE', 2],
  ['sandbox --name Big', 'USAGE', 2],
  ['profile', 'USAGE', 2],
  ['profile show ../../etc/passwd', 'PROFILE_UNKNOWN', 2],
  ['profile use nobody', 'PROFILE_UNKNOWN', 2],
  ['profile remove embedded', 'USAGE', 2],
  ['profile add live', 'USAGE', 2],
  ['profile add embedded --from profile.json', 'FILE_UNREADABLE', 1],
  ['config get colour', 'USAGE', 2],
  ['config set output xml', 'USAGE', 2],
  ['config set council nobody', 'USAGE', 2],
  ['new', 'USAGE', 2],
  ['new --action dance', 'USAGE', 2],
  ['new --action whitelist-lst', 'USAGE', 2],
  ['new --action whitelist-lst --set mint', 'USAGE', 2],
  ['new --action whitelist-lst --set colour=red', 'USAGE', 2],
  [
    'new --action whitelist-lst --set mint=11111111111111111111111111111111 --title T --authors A',
    'USAGE',
    2,
  ],
  ['digest nothing.md', 'FILE_UNREADABLE', 1],
  ['lint nothing', 'FILE_UNREADABLE', 1],
  ['lint /dev/zero', 'FILE_UNREADABLE', 1],
  ['lint --config nothing.yml', 'FILE_UNREADABLE', 1],
  ['compile 99', 'SIP_NOT_FOUND', 1],
  ['compile broken.md', 'SIP_INVALID', 1],
  [`compile ${SIP_8} --transaction-index 0`, 'USAGE', 2],
  [`compile ${SIP_8}`, 'SANDBOX_NOT_RUNNING', 4],
  [['compile', SIP_8, ...NOWHERE], 'ENDPOINT_DOWN', 5],
  [['compile', SIP_8, ...NOWHERE.slice(0, 2)], 'USAGE', 2],
  [`compile ${SIP_8} -u ftp://x --council ${MINT} --program-id ${MINT}`, 'ENDPOINT_INVALID', 2],
  ['council', 'SANDBOX_NOT_RUNNING', 4],
  ['council --council nobody -u m', 'USAGE', 2],
  ['council --profile nobody', 'PROFILE_UNKNOWN', 2],
  ['council --profile embedded:second', 'SANDBOX_NOT_RUNNING', 4],
  ['sandbox status', 'SANDBOX_NOT_RUNNING', 4],
  ['sandbox stop', 'SANDBOX_NOT_RUNNING', 4],
  ['rebase sips --to-day 2030-01-01', 'USAGE', 2],
  ['rebase sips --out copies', 'USAGE', 2],
  ['rebase sips --to-day 2030-01-01 --out sips', 'USAGE', 2],
  ['rebase broken.md --to-day 2030-01-01 --out copies', 'SIP_INVALID', 1],
  ['rebase sips --to-day 9999-12-31 --out copies', 'REBASE_OUT_OF_RANGE', 1],
  [`export ${SIP_8} --keypair usb://ledger?key=0`, 'LEDGER_UNSUPPORTED', 1],
  [`export ${SIP_8} --keypair prompt:`, 'USAGE', 2],
  [`export ${SIP_8} --keypair broken.md`, 'KEYPAIR_EXPOSED', 1],
  [`export ${SIP_8}`, 'FILE_UNREADABLE', 1],
  [`export ${SIP_8} --as 1`, 'SANDBOX_NOT_RUNNING', 4],
  [['export', SIP_8, '--as', '1', ...NOWHERE], 'USAGE', 2],
  ['export out.sipz', 'USAGE', 2],
  ['import broken.md', 'HANDOFF_INVALID', 1],
];

function folder(): string {
  const made = folderWithSips();
  writeFileSync(join(made, 'broken.md'), '# Something else\n', { mode: 0o644 });
  return made;
}

describe('a line that cannot be carried out', () => {
  const cwd = folder();

  it.each(CASES)('%s → %s', async (line, code, exit) => {
    const argv = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
    const data = await runSip([...argv, '--output', 'json'], { cwd });
    if (!argv.includes('--output')) {
      expect(data.stdout.trimEnd().split('\n')).toHaveLength(1);
      expect(data.json()).toEqual({
        schemaVersion: 1,
        ok: false,
        error: {
          code,
          message: expect.stringMatching(/^[^\n]+\.$/),
          sent: 'no',
          remedy: expect.stringMatching(/^[A-Z][^\n]+$/),
        },
      });
      expect(data.code).toBe(exit);
    }

    const text = await runSip(argv, { cwd });
    expect(text.code).toBe(exit);
    expect(text.stdout).toBe('');
    const lines = text.stderr.trimEnd().split('\n').slice(-3);
    expect(lines[0]).toMatch(new RegExp(`^\\S.*\\. \\[${code}\\]$`));
    expect(lines[1]).toBe('  Nothing was sent.');
    expect(lines[2]).toMatch(/^ {2}[A-Z].*$/);
    expect(text.stderr).not.toMatch(/^\s+at /m);
  });
});

it('shows a stack only under --verbose, on standard error', async () => {
  const { stdout, stderr } = await runSip(['digest', 'nothing.md', '--verbose', '--output', 'json']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^\s+at /m);
});

it('tells a failure it does not know as INTERNAL, in the same form', () => {
  const failure = failureOf(new TypeError('x is not a function\nat all'));
  expect(failure).toMatchObject({ code: 'INTERNAL', exit: 1, sent: 'no' });
  expect(failure.message).toBe('The console broke one of its own promises: X is not a function.');
});

it('says what this run had sent before it failed', async () => {
  const sending = new Sending();
  const landed: Record<string, SignatureOutcome | null> = {};
  const rpc = sending.watch({
    sendRaw: async () => 'signature',
    signatureOutcome: async (signature: string) => landed[signature] ?? null,
  } as unknown as Rpc);
  expect([sending.sent, sending.worse('no'), sending.worse('unknown')]).toEqual(['no', 'no', 'unknown']);
  const bytes = Uint8Array.from({ length: 65 }, (_, at) => (at === 0 ? 1 : 7));
  await rpc.sendRaw(bytes);
  expect([sending.sent, sending.worse('no'), sending.unseen.length]).toEqual(['unknown', 'unknown', 1]);
  const [signature = ''] = sending.unseen;
  await rpc.signatureOutcome(signature, false);
  expect(sending.sent).toBe('unknown');
  landed[signature] = { slot: 1n, err: null, confirmation: 'confirmed' };
  await rpc.signatureOutcome(signature, false);
  expect([sending.sent, sending.worse('no'), sending.unseen]).toEqual(['yes', 'yes', []]);
});

it('ends with 130 on Ctrl-C, saying that nothing was sent', async () => {
  const server = await faultyRpc(() => new Promise(() => undefined));
  try {
    const controller = new AbortController();
    const argv = ['compile', SIP_8, '-u', server.url, ...NOWHERE.slice(2), '--output', 'json'];
    const running = runSip(argv, { cwd: folder(), interrupt: controller.signal });
    while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort('SIGINT');
    const { code, json } = await running;
    expect(code).toBe(130);
    expect(json()).toMatchObject({
      ok: false,
      error: { code: 'INTERRUPTED', message: 'Interrupted by SIGINT.', sent: 'no' },
    });
  } finally {
    await server.close();
  }
});
