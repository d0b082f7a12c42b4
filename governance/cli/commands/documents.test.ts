import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { runSip } from '../testing/run-sip.ts';
import { folderWithSips, SIP_8 } from '../testing/sip-folder.ts';

/** Commands that work on documents and need no network. */

function keypairFile(folder: string): { path: string; publicKey: string } {
  const path = join(folder, 'author.json');
  const keypair = Keypair.generate();
  writeFileSync(path, JSON.stringify([...keypair.secretKey]), { mode: 0o600 });
  return { path, publicKey: keypair.publicKey.toBase58() };
}

describe('lint', () => {
  it("passes the project's SIPs, as text and as data", async () => {
    const cwd = folderWithSips();
    const text = await runSip(['lint'], { cwd });
    expect([text.code, text.stdout]).toEqual([0, '7 files, 0 errors, 0 warnings\n']);
    const data = await runSip(['lint', 'sips', '--output', 'json'], { cwd });
    expect(data.json()).toEqual({ schemaVersion: 1, ok: true, findings: [] });
  });

  it('finds a number taken by a neighbour, with place and help', async () => {
    const cwd = folderWithSips();
    const copy = 'sips/sip-0008-another.md';
    writeFileSync(join(cwd, copy), readFileSync(join(cwd, SIP_8)));
    const { code, json } = await runSip(['lint', copy, '--output', 'json'], { cwd });
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      ok: false,
      findings: [{ file: copy, level: 'error', code: 'number-duplicate' }],
    });
    const text = await runSip(['lint', copy], { cwd });
    expect(text.stdout).toMatch(/^error\[number-duplicate\]: .* --> sips\/sip-0008-another.md:\d+:1\n/);
    expect(text.stdout).toContain('= help: ');
  });
});

describe('digest', () => {
  it('is that of the canonical text, whatever line ends it has', async () => {
    const cwd = folderWithSips();
    const before = (await runSip(['digest', SIP_8], { cwd })).stdout;
    expect(before).toMatch(/^[0-9a-f]{64} {2}sips\/sip-0008-whitelist-jupsol\.md\n$/);
    writeFileSync(join(cwd, SIP_8), readFileSync(join(cwd, SIP_8), 'utf8').replaceAll('\n', '\r\n'));
    expect((await runSip(['digest', SIP_8], { cwd })).stdout).toBe(before);
    expect((await runSip(['digest', 'sips', '--output', 'json'], { cwd })).json().digests).toHaveLength(7);
  });
});

describe('rebase', () => {
  it('writes valid copies for another day and leaves the originals alone', async () => {
    const cwd = folderWithSips();
    const before = readFileSync(join(cwd, SIP_8));
    const argv = ['rebase', 'sips', '--to-day', '2036-03-01', '--out', 'copies', '--output', 'json'];
    const { code, json } = await runSip(argv, { cwd });
    expect(code).toBe(0);
    const { files, today } = json() as { files: { before: string; after: string }[]; today: string };
    expect([files.length, today]).toEqual([7, '2036-03-01']);
    for (const file of files) expect(file.before).not.toBe(file.after);
    expect(readFileSync(join(cwd, SIP_8))).toEqual(before);
    expect((await runSip(['lint', 'copies'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'copies/sip-0002-whitelist-the-four-launch-lsts.md'), 'utf8')).toContain(
      'Updated: 2036-03-01',
    );
    expect((await runSip(argv, { cwd })).code).toBe(0);
  });

  it('takes this computer’s day where the embedded network is to be started, and says so', async () => {
    const cwd = folderWithSips();
    const { code, stderr, json } = await runSip(
      ['rebase', SIP_8, '--to-chain', '--out', 'copies', '--output', 'json'],
      { cwd },
    );
    expect(code).toBe(0);
    expect(stderr).toContain('not running');
    expect(json().today).toBe(new Date().toISOString().slice(0, 10));
    const elsewhere = await runSip(
      ['rebase', SIP_8, '--to-chain', '--out', 'copies', '--profile', 'nobody'],
      { cwd },
    );
    expect(elsewhere.code).toBe(2);
  });
});

describe('export and import', () => {
  it('carry a SIP from its author into another folder, byte for byte', async () => {
    const cwd = folderWithSips();
    const author = keypairFile(cwd);
    const exported = await runSip(['export', '8', 'x.sipz', '-k', author.path, '--output', 'json'], { cwd });
    expect(exported.json()).toMatchObject({ file: 'x.sipz', sip: 8, author: author.publicKey });
    const again = await runSip(['export', '8', 'x.sipz', '-k', author.path, '--output', 'json'], { cwd });
    expect(again.json().error).toMatchObject({ code: 'FILE_EXISTS' });

    const bytes = readFileSync(join(cwd, SIP_8));
    rmSync(join(cwd, SIP_8));
    const check = await runSip(['import', 'x.sipz', '--check', '--author', author.publicKey], { cwd });
    expect([check.code, existsSync(join(cwd, SIP_8))]).toEqual([0, false]);
    const imported = await runSip(['import', 'x.sipz', '--output', 'json'], { cwd });
    expect(imported.code).toBe(0);
    expect(readFileSync(String(imported.json().file))).toEqual(bytes);
    // Under the name its title gives it; again, it is there already.
    expect((await runSip(['import', 'x.sipz'], { cwd })).stdout).toContain('was there already');
    expect((await runSip(['lint'], { cwd })).code).toBe(0);
  });

  it('refuse another author, a number that is taken, and a changed file', async () => {
    const cwd = folderWithSips();
    const author = keypairFile(cwd);
    await runSip(['export', SIP_8, 'x.sipz', '-k', author.path], { cwd });
    const other = Keypair.generate().publicKey.toBase58();
    const codes = [];
    for (const argv of [
      ['import', 'x.sipz', '--author', other],
      ['import', 'x.sipz'],
    ])
      codes.push(
        ((await runSip([...argv, '--output', 'json'], { cwd })).json().error as { code: string }).code,
      );
    writeFileSync(
      join(cwd, 'y.sipz'),
      readFileSync(join(cwd, 'x.sipz'), 'utf8').replace('"sip": 8', '"sip": 9'),
    );
    codes.push(
      ((await runSip(['import', 'y.sipz', '--output', 'json'], { cwd })).json().error as { code: string })
        .code,
    );
    expect(codes).toEqual(['HANDOFF_SIGNATURE_INVALID', 'SIP_INVALID', 'HANDOFF_INVALID']);
    expect(readdirSync(join(cwd, 'sips')).filter((name) => name.startsWith('sip-0008'))).toHaveLength(1);
  });
});

describe('new', () => {
  const JUPSOL =
    'mint=jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v symbol=JupSOL token-program=token decimals=9 cap=250000'
      .split(' ')
      .flatMap((value) => ['--set', value]);
  const WORDS = ['--title', 'Whitelist JupSOL again', '--authors', 'Ada Example (@ada)'];

  it('writes a document that lacks nothing but its prose', async () => {
    const cwd = folderWithSips();
    const { code, json } = await runSip(
      ['new', '--action', 'whitelist-lst', ...JUPSOL, ...WORDS, '--output', 'json'],
      { cwd },
    );
    expect(code).toBe(0);
    expect(json()).toEqual({ schemaVersion: 1, file: 'sips/sip-0009-whitelist-jupsol-again.md', sip: 9 });
    const lint = await runSip(['lint', 'sips/sip-0009-whitelist-jupsol-again.md', '--output', 'json'], {
      cwd,
    });
    const codes = new Set((lint.json().findings as { code: string }[]).map((finding) => finding.code));
    expect([...codes]).toEqual(['guidance-left']);
    const again = await runSip(['new', '--number', '9', '--action', 'whitelist-lst', ...JUPSOL, ...WORDS], {
      cwd,
    });
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('[FILE_EXISTS]')]);
  });

  it('makes every kind of action from its example', async () => {
    const cwd = folderWithSips();
    const { kinds } = (await runSip(['new', '--kinds', '--output', 'json'], { cwd })).json() as {
      kinds: { kind: string }[];
    };
    expect(kinds.length).toBeGreaterThan(15);
    for (const { kind } of kinds) {
      const argv = [
        'new',
        '--action',
        kind,
        '--example',
        '--title',
        `Try ${kind}`,
        '--authors',
        'Ada (@ada)',
        '--out',
        'out',
      ];
      const { code, stderr } = await runSip(argv, { cwd });
      expect([kind, stderr, code]).toEqual([kind, '', 0]);
    }
    expect(readdirSync(join(cwd, 'out'))).toHaveLength(kinds.length);
  });

  it('fills lists and several actions', async () => {
    const cwd = folderWithSips();
    const sets = [
      '2:index=4',
      '2:mint=jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v',
      '2:symbol=JupSOL',
      '2:decimals=9',
      '2:cap=10',
      '1:index=3',
    ];
    const argv = [
      'new',
      '--action',
      'end-epoch',
      '--action',
      'set-epoch-cap',
      ...sets.flatMap((set) => ['--set', set]),
      ...WORDS,
    ];
    const { code, stderr } = await runSip(argv, { cwd });
    expect([stderr, code]).toEqual(['', 0]);
    expect(readFileSync(join(cwd, 'sips/sip-0009-whitelist-jupsol-again.md'), 'utf8')).toContain(
      '- action: set-epoch-cap\n    index: 4',
    );
    const wrong = await runSip([...argv, '--set', 'index=3'], { cwd });
    expect(wrong.stderr).toContain('does not say which of the 2 actions');
  });

  it('asks for what is missing, where somebody is there to answer', async () => {
    const cwd = folderWithSips();
    const typed = [
      'retire-operator',
      'CatzoSMUkTRidT5DwBxAC2pEtnwMBTpkCepHkFgZDiqb',
      'Somebody',
      'Retire an operator',
      'Ada (@ada)',
    ];
    const { code, stderr } = await runSip(['new'], { cwd, typed });
    expect([code, stderr]).toEqual([0, expect.stringContaining('What does the SIP ask for?')]);
    expect(existsSync(join(cwd, 'sips/sip-0009-retire-an-operator.md'))).toBe(true);
    const cut = await runSip(['new'], { cwd, typed: ['retire-operator'] });
    expect([cut.code, cut.stderr]).toEqual([1, expect.stringContaining('[CONFIRMATION_REFUSED]')]);
  });
});
