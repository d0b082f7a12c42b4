import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAudit } from '#governance/audit/check.ts';
import { type Audit, parseAudit } from '#governance/audit/document.ts';
import type { Pinned } from '#governance/bundle/check.ts';
import { SipError } from '#governance/errors.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { type CliWorld, errorOf, startCliWorld } from '#test/support/cli-world.ts';
import { LSTS, operator, sipFile, whitelist } from '#test/support/sip-text.ts';

/** A SIP's whole way in one document, and what a third party finds in it without a network. */

let world: CliWorld;
let pins: readonly string[];
let pinned: Pinned;
/** Sealed and not sealed. */
let sealed: string;
let open: string;
const timeText = (unix: bigint) => new Date(Number(unix) * 1000).toISOString().replace('.000Z', 'Z');

beforeAll(async () => {
  world = await startCliWorld({ members: 3, threshold: 2, timeLockSeconds: 0 });
  const opensAt = world.today + 2n * 86_400n;
  const epoch = {
    kind: 'schedule-epoch',
    params: {
      index: 0,
      'opens-at': timeText(opensAt),
      'closes-at': timeText(opensAt + 86_400n),
      access: 'open',
      withdrawals: 'on',
      caps: [{ ...LSTS.mSOL, cap: '100' }],
    },
  };
  const actions = [whitelist('mSOL', '250000'), epoch];
  await world.write(sipFile({ sip: 2, title: 'Open Epoch 0', actions }, world.today));
  const { council, programId, depositor } = world.sandbox.info;
  pins = ['--council', council, '--program-id', programId];
  pinned = { council, programId };
  const handedIn = join(world.folder, 'epoch.sipz');
  const steps = [
    ['export', '2', handedIn, '--keypair', depositor.keypairPath],
    ['submit', handedIn],
    ['receipt', 'make', '2', '--as', '0'],
    ['reject', '2', '--as', '2', '--reason', 'too early'],
    ['approve', '2', '--as', '0', '--reason', 'read it twice'],
    ['approve', '2', '--as', '1', '--receipt'],
    ['execute', '2', '--as', '1'],
  ];
  for (const step of steps) expect(await world.json(step)).toMatchObject({ exit: 0 });
  await world.sandbox.warpTo(opensAt as UnixSeconds);
  expect(await world.json(['epoch', 'activate', '0'])).toMatchObject({ exit: 0 });
  sealed = join(world.folder, 'sealed.json');
  open = join(world.folder, 'open.json');
  for (const [file, more] of [
    [sealed, ['--sign']],
    [open, []],
  ] as const) {
    const written = await world.json(['audit', '2', '--out', file, '--handoff', handedIn, ...more]);
    expect(written).toMatchObject({ exit: 0, sip: 2, receipts: 2, reasons: 2 });
  }
}, 1_800_000);
afterAll(() => world?.stop());

/** On a computer that has neither the endpoint nor the texts. */
async function check(file: string, ...more: string[]) {
  const elsewhere = ['--output', 'json', '--data-dir', join(world.folder, 'elsewhere')];
  const ran = await world.sip(['audit', 'check', file, ...pins, ...more, ...elsewhere], {
    env: { SIP_DATA_DIR: '', SIP_SIPS: '' },
  });
  return { ...ran.json(), exit: ran.code } as Record<string, unknown> & { readonly exit: number };
}
const auditIn = async (file: string) => parseAudit(new Uint8Array(await readFile(file)), file);
const codesOf = (audit: Audit) => [
  ...new Set(checkAudit(audit, pinned, 'audit.json').faults.map(({ code }) => code)),
];

describe('an audit', () => {
  it('holds the whole way from the text to the activation, and is true', async () => {
    const checked = await check(sealed);
    expect(checked).toMatchObject({
      exit: 0,
      faults: [],
      exporter: world.sandbox.info.members[0]!.publicKey,
    });
    const { transactions, epochs, ...audit } = await auditIn(sealed);
    const [first] = transactions;
    expect(transactions).toHaveLength(1);
    expect(first).toMatchObject({ verdict: 'match', status: 'executed', part: 1, parts: 1 });
    expect(first!.history.flatMap(({ steps }) => steps.map(({ step }) => step))).toEqual([
      ...['create', 'propose', 'reject', 'approve', 'approve', 'execute'],
    ]);
    const { epochAdmin, depositor } = world.sandbox.info;
    expect(epochs).toMatchObject([
      {
        index: 0,
        status: 'active',
        activatedBy: epochAdmin.publicKey,
        caps: [{ capBaseUnits: 100_000_000_000n, filledBaseUnits: 0n }],
        history: [{ steps: [{ step: 'activate', who: epochAdmin.publicKey }] }],
      },
    ]);
    expect(audit.handoff?.author).toBe(depositor.publicKey);
    expect(audit.journal.map(({ state }) => state)).toContain('landed');
  });

  it('says what is on the exporter’s word, whose that is, and needs pins from elsewhere', async () => {
    const words = ['cluster', 'reasons', 'journal', 'status-lines', 'accounts', 'landing', 'completeness'];
    expect((await check(sealed)).onWord).toEqual(words.map((code) => expect.objectContaining({ code })));
    expect((await check(open)).onWord).toContainEqual({ code: 'unsealed', at: '' });
    const ran = await world.sip(['audit', 'check', open, '--output', 'json']);
    expect(errorOf(ran.json())).toMatchObject({ code: 'USAGE' });
    const text = await world.sip(['audit', 'check', open, ...pins]);
    expect(text.stdout).toContain('On the exporter’s word only');
    const [, council, , program] = pins;
    const swapped = await check(open, '--council', program!, '--program-id', council!);
    expect(swapped.exit).toBe(3);
    const again = await world.json(['audit', '2', '--out', open]);
    expect(errorOf(again)).toMatchObject({ code: 'FILE_EXISTS' });
  });

  it('is true of a SIP wherever it stands: a draft, proposed, refused, cancelled, in parts', async () => {
    await world.write(sipFile({ sip: 3, title: 'Cap mSOL', actions: [whitelist('bSOL', '5')] }, world.today));
    const operators = Array.from({ length: 14 }, (_, at) =>
      operator(`Operator ${at}`, Keypair.generate().publicKey.toBase58()),
    );
    await world.write(sipFile({ sip: 4, title: 'Many operators', actions: operators }, world.today));
    const statuses = async (sip: string) => {
      const file = join(world.folder, 'state.json');
      expect(await world.json(['audit', sip, '--out', file, '--replace'])).toMatchObject({ exit: 0 });
      const checked = await check(file);
      expect(checked).toMatchObject({ exit: 0, faults: [] });
      return (checked.transactions as readonly { readonly status: string }[]).map(({ status }) => status);
    };
    const done = async (...argv: string[]) => expect(await world.json(argv)).toMatchObject({ exit: 0 });
    expect(await statuses('3')).toEqual([]);
    await done('submit', '3');
    expect(await statuses('3')).toEqual(['active']);
    for (const seat of ['0', '1']) await done('reject', '3', '--as', seat);
    expect(await statuses('3')).toEqual(['rejected']);
    await done('submit', '3');
    // Whoever approved and changed their mind is counted once.
    await done('approve', '3', '--as', '0');
    await done('reject', '3', '--as', '0');
    for (const seat of ['0', '1']) await done('approve', '3', '--as', seat);
    for (const seat of ['0', '1']) await done('cancel', '3', '--as', seat);
    expect(await statuses('3')).toEqual(['rejected', 'cancelled']);
    await done('submit', '4', '--skip-check');
    await done('receipt', 'make', '4', '--as', '1');
    const open = await statuses('4');
    expect(open.length).toBeGreaterThan(1);
    expect(new Set(open)).toEqual(new Set(['active']));
  });

  it('that is no audit is refused', async () => {
    const changed = join(world.folder, 'changed.json');
    const text = await readFile(open, 'utf8');
    const code = async (content: string) => {
      await writeFile(changed, content);
      return errorOf(await check(changed)).code;
    };
    expect(await code('{')).toBe('AUDIT_INVALID');
    expect(await code(text.trimEnd())).toBe('AUDIT_INVALID');
    expect(await code(text.replace('"schemaVersion": 1', '"schemaVersion": 2'))).toBe('AUDIT_TOO_NEW');
  });
});

type Path = readonly (string | number)[];
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
const leavesOf = (value: Json, path: Path = []): readonly Path[] =>
  typeof value !== 'object' || value === null || (Array.isArray(value) && value.length === 0)
    ? [path]
    : Object.entries(value).flatMap(([name, inner]) =>
        leavesOf(inner as Json, [...path, Array.isArray(value) ? Number(name) : name]),
      );

/** Another value that the field could well have, chosen by `salt`. */
function another(value: Json, salt: number): Json {
  if (value === null) return 'x';
  if (Array.isArray(value)) return [pinned.council];
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return value;
  if (/^\d+$/.test(value)) return `${BigInt(value) + 1n}`;
  if (/^[0-9a-f]{64}$/.test(value)) return (value.startsWith('0') ? '1' : '0') + value.slice(1);
  const key = bs58.decodeUnsafe(value);
  if (key?.length === 32 || key?.length === 64) {
    key[salt % key.length]! ^= 1;
    return bs58.encode(key);
  }
  const data = Buffer.from(value, 'base64');
  if (data.toString('base64') === value && data.length > 40) {
    // Status and Updated of a text are not under its digest.
    const free = [...data.toString('latin1').matchAll(/^(?:Status|Updated):.*$/gm)];
    const places = [...data.keys()].filter(
      (at) => !free.some(({ index, 0: line }) => at >= index && at <= index + line.length),
    );
    data[places[salt % places.length]!]! ^= 1;
    return data.toString('base64');
  }
  return value === 'match' ? 'stale' : `${value}x`;
}

function changed(json: Json, path: Path, salt: number): string {
  const copy = structuredClone(json);
  const [last, ...above] = [...path].reverse();
  let at = copy as Record<string | number, Json>;
  for (const name of above.reverse()) at = at[name] as Record<string | number, Json>;
  at[last!] = another(at[last!]!, salt);
  return `${JSON.stringify(copy, null, 2)}\n`;
}

/** The codes of what is found in changed bytes: of the form, of the text, or of what is stated. */
function found(content: string): readonly string[] {
  try {
    return codesOf(parseAudit(new TextEncoder().encode(content), 'audit.json'));
  } catch (error) {
    if (error instanceof SipError) return [error.code];
    throw error;
  }
}

/** Fields of an audit without a seal that nothing else in it proves: `onWord` of the check. */
const ON_WORD = [
  /^tool$/,
  /^genesisHash$/,
  /^(?:slot|chainTime)$/,
  /^accounts\.(?:multisig|config|sipRecord)\.data$/,
  /^transactions\.\d+\.accounts\.proposal\.data$/,
  /^epochs\.\d+\.(?:account|caps\.\d+\.account)\.data$/,
  /history\.\d+\.(?:slot|blockTime)$/,
  /^reasons\.\d+\.(?:text|when|signature)$/,
  /^journal\./,
  /^seal$/,
];

describe('an audit of which one field was changed', () => {
  it('is found out wherever it is, where its exporter signed it', async () => {
    const json = JSON.parse(await readFile(sealed, 'utf8')) as Json;
    const leaves = leavesOf(json);
    fc.assert(
      fc.property(fc.constantFrom(...leaves), fc.nat(), (path, salt) => {
        expect(found(changed(json, path, salt)), path.join('.')).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is found out without a seal too, where the field follows from anything else', async () => {
    const json = JSON.parse(await readFile(open, 'utf8')) as Json;
    const derivable = leavesOf(json).filter((path) => !ON_WORD.some((word) => word.test(path.join('.'))));
    expect(derivable.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(fc.nat(), (salt) => {
        for (const path of derivable)
          expect(found(changed(json, path, salt)), path.join('.')).not.toEqual([]);
      }),
      { numRuns: 1 },
    );
  });

  it.each<[string, (audit: Audit) => Partial<Audit>]>([
    ['vault-false', ({ council }) => ({ vault: council })],
    ['sip-false', () => ({ sip: 3, receipts: [] })],
    ['handoff-false', ({ handoff, council }) => ({ handoff: { ...handoff!, author: council } })],
    ['epoch-false', () => ({ epochs: [] })],
    [
      'record-false',
      ({ accounts, transactions }) => ({
        accounts: { ...accounts, sipRecord: null },
        transactions,
      }),
    ],
    [
      'reason-false',
      ({ reasons }) => ({ reasons: reasons.map((one) => ({ ...one, vote: 'cancel' as const })) }),
    ],
    [
      'receipt-false',
      ({ receipts }) => ({ receipts: receipts.map((one) => ({ ...one, verdict: 'stale' as const })) }),
    ],
    [
      'transaction-foreign',
      ({ transactions: [one] }) => ({
        transactions: [{ ...one!, accounts: { ...one!.accounts, transaction: null } }],
      }),
    ],
    [
      'execution-false',
      ({ transactions: [one] }) => ({
        transactions: [{ ...one!, accounts: { ...one!.accounts, proposal: null } }],
      }),
    ],
    [
      'votes-false',
      ({ transactions: [one] }) => ({
        transactions: [{ ...one!, accounts: { ...one!.accounts, proposal: null } }],
      }),
    ],
  ])('is named: %s', async (code, change) => {
    const audit = await auditIn(open);
    expect(codesOf(audit)).toEqual([]);
    expect(codesOf({ ...audit, ...change(audit) })).toContain(code);
  });

  it('names a signature that is not the member’s, and a vote whose transaction was left out', async () => {
    const audit = await auditIn(open);
    const [one] = audit.transactions;
    const forged = one!.history.map((sent) => {
      const bytes = sent.bytes.slice();
      bytes[40]! ^= 1;
      return { ...sent, bytes, signature: bs58.encode(bytes.subarray(1, 65)) };
    });
    expect(codesOf({ ...audit, transactions: [{ ...one!, history: forged }] })).toContain('signature-false');
    const history = one!.history.filter(({ steps }) => steps.every(({ step }) => step !== 'approve'));
    const { faults, onWord } = checkAudit({ ...audit, transactions: [{ ...one!, history }] }, pinned, 'a');
    expect(faults).toEqual([]);
    expect(onWord.filter(({ code }) => code === 'vote-unproven')).toHaveLength(2);
  });
});
