import { describe, expect, it } from 'vitest';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { SipError } from '../errors.ts';
import type { Address, Digest, UnixSeconds } from '../types.ts';
import { type Audit, type AuditTransaction, parseAudit, renderAudit } from './document.ts';
import { sealAudit, sealHolds } from './seal.ts';

const KEY = 'So11111111111111111111111111111111111111112' as Address;
const ACCOUNT = { address: KEY, owner: KEY, data: Uint8Array.of(1, 2) };
const TRANSACTION: AuditTransaction = {
  ...{ transactionIndex: 12, creator: KEY, messageHash: null, verdict: 'match', part: 1, parts: 1 },
  ...{ status: 'active', approved: [KEY], rejected: [], cancelled: [] },
  accounts: { transaction: ACCOUNT, proposal: null },
  history: [],
};
const AUDIT: Audit = {
  ...{ schemaVersion: 1, tool: '0.1.0', genesisHash: KEY, slot: 5n },
  chainTime: 1_800_000_000n as UnixSeconds,
  ...{ programId: KEY, council: KEY, vault: KEY, sip: 8, digest: 'ab'.repeat(32) as Digest },
  ...{ text: new TextEncoder().encode('---\n'), handoff: null },
  accounts: { multisig: ACCOUNT, config: null, sipRecord: null },
  transactions: [TRANSACTION],
  ...{ epochs: [], reasons: [], receipts: [], journal: [], seal: null },
};
const TEXT = new TextDecoder().decode(renderAudit(AUDIT));

function codeOf(text: string): string {
  try {
    parseAudit(new TextEncoder().encode(text), 'a.json');
    return 'read';
  } catch (error) {
    return error instanceof SipError ? error.code : String(error);
  }
}

describe('the form of an audit', () => {
  it('is read back as it was written, in the order of the form whatever that of the value', () => {
    expect(parseAudit(new TextEncoder().encode(TEXT), 'a.json')).toEqual(AUDIT);
    const turned = Object.fromEntries(Object.entries(AUDIT).reverse()) as Audit;
    expect(new TextDecoder().decode(renderAudit(turned))).toBe(TEXT);
  });

  it.each<[string, string]>([
    ['without its line end', TEXT.trimEnd()],
    ['on one line', `${JSON.stringify(JSON.parse(TEXT))}\n`],
    ['a key twice', TEXT.replace('"sip": 8,', '"sip": 9,\n  "sip": 8,')],
    ['an unknown key', TEXT.replace('"sip": 8,', '"sip": 8,\n  "note": "",')],
    ['a padded time', TEXT.replace('"1800000000"', '"01800000000"')],
    ['an unknown verdict', TEXT.replace('"match"', '"matching"')],
    ['a key with a leading 1 more', TEXT.replace(KEY, `1${KEY}`)],
  ])('is not: %s', (_, text) => {
    expect(text).not.toBe(TEXT);
    expect(codeOf(text)).toBe('AUDIT_INVALID');
  });

  it('holds each transaction once, in the order of the council', () => {
    const twice = { ...AUDIT, transactions: [TRANSACTION, TRANSACTION] };
    expect(() => renderAudit(twice)).toThrow('not in ascending order');
  });

  it('of a later version is said to be so', () => {
    expect(codeOf(TEXT.replace('"schemaVersion": 1', '"schemaVersion": 2'))).toBe('AUDIT_TOO_NEW');
  });
});

describe('a seal', () => {
  it('holds over the whole document and its key, and is not asked for', async () => {
    const sealed = await sealAudit(AUDIT, keypairSigner());
    expect(sealHolds(AUDIT)).toBe(true);
    expect(sealHolds(sealed)).toBe(true);
    expect(sealHolds({ ...sealed, slot: 6n })).toBe(false);
    expect(sealHolds({ ...sealed, seal: { ...sealed.seal!, key: KEY } })).toBe(false);
  });
});
