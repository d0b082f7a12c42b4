import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, errorOf, startCliWorld } from '#test/support/cli-world.ts';
import { sipFile, whitelist } from '#test/support/sip-text.ts';
import { secondOpinion } from '#tools/second-opinion/build.mjs';

/** A review without a network: what is written here is checked where no endpoint answers. */

let world: CliWorld;
let file: string;
let pins: readonly string[];

beforeAll(async () => {
  world = await startCliWorld();
  const texts = [whitelist('mSOL', '250000'), whitelist('bSOL', '1000')];
  for (const [at, action] of texts.entries())
    await world.write(sipFile({ sip: 2 + at, title: `Whitelist ${at}`, actions: [action] }, world.today));
  expect(await world.json(['submit', '2', '--as', '5'])).toMatchObject({ exit: 0 });
  file = join(world.folder, 'review.json');
  const { council, programId } = world.sandbox.info;
  pins = ['--council', council, '--program-id', programId];
}, 1_800_000);
afterAll(() => world?.stop());

const NOWHERE = { env: { SIP_DATA_DIR: '', SIP_SIPS: '' } };
/** On a computer that has neither the endpoint nor the texts. */
async function offline(argv: readonly string[]) {
  const ran = await world.sip(
    [...argv, '--output', 'json', '--data-dir', join(world.folder, 'elsewhere')],
    NOWHERE,
  );
  return { ...ran.json(), exit: ran.code } as Record<string, unknown> & { readonly exit: number };
}
const document = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
async function verifyChanged(change: (bundle: Record<string, unknown>) => void) {
  const bundle = await document();
  change(bundle);
  const changed = join(world.folder, 'changed.json');
  await writeFile(changed, `${JSON.stringify(bundle, null, 2)}\n`);
  return offline(['verify', '--bundle', changed, ...pins]);
}

describe('a bundle', () => {
  it('is written once and verifies without a network', async () => {
    expect(await world.json(['bundle', file, '--transaction-index', '1'])).toMatchObject({
      exit: 0,
      verdict: 'match',
      sip: 2,
    });
    const again = await world.json(['bundle', file, '--transaction-index', '1']);
    expect(errorOf(again)).toMatchObject({ code: 'FILE_EXISTS', sent: 'no' });
    const checked = await offline(['verify', '--bundle', file, ...pins]);
    expect(checked).toMatchObject({ exit: 0, verdict: 'match', sip: 2, faults: [] });
    expect(checked.instructions).toEqual((await document()).instructions);
    expect(checked.messageHash).toMatch(/^[0-9a-f]{64}$/);
    const text = await world.sip(['verify', '--bundle', file, ...pins]);
    expect(text.stdout).toContain('What the text leaves on chain');
  });

  it('is judged alike by a program that shares no code with the console, from the file and from the chain', async () => {
    const binary = await secondOpinion();
    const [, council, , program] = pins;
    const { instructions, effect } = await document();
    const numbered = (name: string, lines: unknown) =>
      (lines as readonly string[]).map((line, at) => `${name} ${at + 1}. ${line}`);
    for (const more of [[], ['--endpoint', world.sandbox.info.rpcUrl]]) {
      const { stdout } = await promisify(execFile)(binary, [
        file,
        ...['--council', council!, '--program', program!],
        ...more,
      ]);
      const lines = stdout.trimEnd().split('\n');
      expect(lines[0]).toBe('verdict match');
      expect(lines.filter((line) => /^(?:instruction|effect) /.test(line))).toEqual([
        ...numbered('instruction', instructions),
        ...numbered('effect', effect),
      ]);
    }
  }, 1_800_000);

  it('is not checked against itself: council and program come from elsewhere', async () => {
    expect(errorOf(await offline(['verify', '--bundle', file]))).toMatchObject({ code: 'USAGE' });
    const [, council, , program] = pins;
    const swapped = ['--council', program!, '--program-id', council!];
    expect(await offline(['verify', '--bundle', file, ...swapped])).toMatchObject({ exit: 3 });
    expect(errorOf(await offline(['verify', '--bundle', file, '--transaction-index', '1']))).toMatchObject({
      code: 'USAGE',
    });
  });

  it('of another text is no match, and of a transaction without text is not written', async () => {
    const other = join(world.folder, 'other.json');
    const made = await world.json(['bundle', other, '--transaction-index', '1', '--sip', '3']);
    expect(made).toMatchObject({ exit: 3 });
    const checked = await offline(['verify', '--bundle', other, ...pins]);
    expect(checked).toMatchObject({ exit: 3, faults: [] });
    expect(checked.verdict).toBe(made.verdict);
    expect(made.verdict).not.toBe('match');
    const none = await world.json(['bundle', join(world.folder, 'none.json'), '--transaction-index', '9']);
    expect(errorOf(none)).toMatchObject({ code: 'BUNDLE_TEXT_MISSING' });
  });
});

describe('a bundle that says what is not so', () => {
  const zero = '11111111111111111111111111111111';
  it.each<[string, (bundle: Record<string, unknown>) => void]>([
    ['council-not-pinned', (b) => Object.assign(b, { council: zero })],
    ['program-not-pinned', (b) => Object.assign(b, { programId: zero })],
    ['vault-false', (b) => Object.assign(b, { vault: zero })],
    ['sip-false', (b) => Object.assign(b, { sip: 3 })],
    ['digest-false', (b) => Object.assign(b, { digest: '0'.repeat(64) })],
    ['idl-false', (b) => Object.assign(b, { idlHash: '0'.repeat(64) })],
    ['message-hash-false', (b) => Object.assign(b, { messageHash: '0'.repeat(64) })],
    ['instructions-false', (b) => Object.assign(b, { instructions: ['nothing at all'] })],
    ['effect-false', (b) => Object.assign(b, { effect: [] })],
  ])('%s', async (code, change) => {
    const checked = await verifyChanged(change);
    expect(checked).toMatchObject({ exit: 3, verdict: 'match', faults: [{ code }] });
  });

  it.each(['multisig', 'transaction'])('or lacks the %s is no match', async (name) => {
    const checked = await verifyChanged((bundle) =>
      Object.assign(bundle.accounts as object, { [name]: null }),
    );
    expect(checked.exit).toBe(3);
    expect(checked.verdict).not.toBe('match');
  });

  it('or has one byte of the message changed is no match', async () => {
    const checked = await verifyChanged(({ accounts }) => {
      const { transaction } = accounts as { transaction: { data: string } };
      const data = Buffer.from(transaction.data, 'base64');
      data[data.length - 5]! ^= 1;
      transaction.data = data.toString('base64');
    });
    expect(checked).toMatchObject({ exit: 3 });
    expect(checked.verdict).not.toBe('match');
  });
});
