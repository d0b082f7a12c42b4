import bs58 from 'bs58';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { keypairSigner, memoryPorts } from '#test/support/memory-ports.ts';
import { addressOf } from '../chain/address.ts';
import { SipError } from '../errors.ts';
import { isSignedBy, offchainText } from '../handoff/offchain-message.ts';
import type { Address, Digest, UnixSeconds } from '../types.ts';
import { changeRequestsFile, keepChangeRequest, readChangeRequests, together } from './beside.ts';
import { checkChangeRequest, type Known } from './check.ts';
import {
  type ChangeRequest,
  changeRequestStatement,
  parseChangeRequests,
  renderChangeRequests,
  signChangeRequest,
  type Wish,
} from './request.ts';
import { changeText, isChangeText, MAX_CHANGE_CHARACTERS } from './text.ts';

const signer = keypairSigner();
const reviewer = addressOf(signer.publicKey);
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bs58.encode(bytes) as Address);
const digests = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((b) => Buffer.from(b).toString('hex') as Digest);
const times = fc.bigInt({ min: 0n, max: 253_402_300_799n }).map((at) => at as UnixSeconds);
/** What people type, and what attackers do; as far as it can be signed. */
const texts = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(fc.constantFrom('Halve the cap', 'ünï', '\n', ' ', '; digest ', '🐋', 'e\u0301'), {
        maxLength: 30,
      })
      .map((parts) => parts.join('')),
  )
  .map((typed) => {
    try {
      return changeText(typed);
    } catch {
      return 'Name the audits.';
    }
  });
const FIELDS = {
  tool: fc.constantFrom('0.1.0', '1.2.3-rc.4'),
  genesisHash: keys,
  programId: keys,
  council: keys,
  sip: fc.integer({ min: 0, max: 0xffff_ffff }),
  digest: digests,
  chainTime: times,
  text: texts,
} as const;
const wishes = fc.record(FIELDS).map((fields): Wish => ({ schemaVersion: 1, ...fields, reviewer }));

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (from: string) => new TextEncoder().encode(from);
const holds = fc.assert;
const codesOf = (request: ChangeRequest, known: Known = {}, about: Partial<Wish> = {}) => {
  const sip = { digest: about.digest ?? request.digest, header: { sip: about.sip ?? request.sip } };
  return checkChangeRequest(request, sip, known).faults.map(({ code }) => code);
};
function refusal(content: string | Uint8Array): string {
  try {
    parseChangeRequests(typeof content === 'string' ? bytesOf(content) : content, 'a.jsonl');
    return 'read';
  } catch (error) {
    return error instanceof SipError ? error.code : String(error);
  }
}
const codeOf = (typed: string): string => {
  try {
    return changeText(typed);
  } catch (error) {
    return error instanceof SipError ? error.code : String(error);
  }
};

let wish: Wish;
let request: ChangeRequest;
beforeAll(async () => {
  const [drawn] = fc.sample(wishes, { numRuns: 1, seed: 8 }) as [Wish];
  wish = { ...drawn, text: 'Halve the cap.\n\nName the audits – ünï.' };
  request = await signChangeRequest(wish, signer);
});

describe('what should change', () => {
  it('has one form, whatever was typed', () => {
    expect(changeText('\r\n  Halve the cap. \r\n\r\n\r\n\r\n\tu\u0308 \n')).toBe('Halve the cap.\n\n ü');
    holds(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (typed) => {
        const once = codeOf(typed);
        if (once !== 'CHANGE_REQUEST_TEXT') expect(isChangeText(once)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['nothing', ' \n\t'],
    ['more than a reason may hold', 'x'.repeat(MAX_CHANGE_CHARACTERS + 1)],
    ['an endless one', `x${' '.repeat(1_000_000)}y`],
    ['a bidi override', 'Raise \u202eevah the cap'],
    ['a bidi isolate', 'Raise \u2066the cap\u2069'],
    ['a zero width space', 'Halve\u200b the cap'],
    ['a blank that is none', 'Halve\u00a0the cap'],
    ['another line end', 'Halve\u2028the cap'],
    ['a control', 'Halve \u001b[2J the cap'],
    ['a tag character', 'Halve\u{e0041} the cap'],
    ['half a character', 'Halve \ud83d the cap'],
    ['a private character', 'Halve \ue000 the cap'],
  ])('is not: %s', (_, typed) => {
    expect(codeOf(typed)).toBe('CHANGE_REQUEST_TEXT');
    expect(isChangeText(typed)).toBe(false);
  });

  it('is as long as a reason may be', () => {
    expect(codeOf('ü'.repeat(MAX_CHANGE_CHARACTERS))).toHaveLength(MAX_CHANGE_CHARACTERS);
  });
});

describe('a request for changes', () => {
  it('is read back as it was written, and is its reviewer’s', async () => {
    await holds(
      fc.asyncProperty(wishes, async (one) => {
        const signed = await signChangeRequest(one, signer);
        expect(parseChangeRequests(renderChangeRequests([signed]), 'a')).toEqual([signed]);
        expect(codesOf(signed)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('with any one field changed is not signed', async () => {
    const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
    const change = fc
      .constantFrom(...names)
      .chain((name) => (FIELDS[name] as fc.Arbitrary<unknown>).map((value) => [name, value] as const));
    await holds(
      fc.asyncProperty(wishes, change, async (one, [name, value]) => {
        fc.pre(one[name] !== value);
        const changed = { ...(await signChangeRequest(one, signer)), [name]: value } as ChangeRequest;
        expect(codesOf(changed)).toEqual(['signature-false']);
      }),
      { numRuns: 60 },
    );
    expect(codesOf({ ...request, reviewer: addressOf(keypairSigner().publicKey) })).toEqual([
      'signature-false',
    ]);
  });

  it('with any one byte changed is not read, or not signed', () => {
    const line = renderChangeRequests([request]);
    holds(
      fc.property(fc.nat(line.length - 1), fc.nat(255), (at, byte) => {
        const changed = line.slice();
        changed[at] = byte;
        fc.pre(Buffer.compare(changed, line) !== 0);
        const refused = refusal(changed);
        if (refused !== 'read') expect(refused).toMatch(/^CHANGE_REQUEST_(INVALID|TOO_NEW)$/);
        else expect(codesOf(parseChangeRequests(changed, 'a')[0]!)).toEqual(['signature-false']);
      }),
      { numRuns: 300 },
    );
  });

  it('two that differ are never the same words, whatever their texts say of fields', async () => {
    await holds(
      fc.asyncProperty(wishes, wishes, async (one, other) => {
        fc.pre(JSON.stringify(renderable(one)) !== JSON.stringify(renderable(other)));
        expect(changeRequestStatement(one)).not.toBe(changeRequestStatement(other));
      }),
    );
    const sly = { ...wish, text: `x; changes: ${wish.text}` };
    expect(isSignedBy(reviewer, request.signature, offchainText(changeRequestStatement(sly)))).toBe(false);
  });

  it.each<[string, Known]>([
    ['council-not-pinned', { council: reviewer }],
    ['program-not-pinned', { programId: reviewer }],
    ['genesis-not-pinned', { genesisHash: reviewer }],
  ])('beside what is known from elsewhere: %s', (code, known) => {
    expect(codesOf(request, known)).toEqual([code]);
  });

  it('of a changed text is about another one, and of another number is false', () => {
    const sip = { digest: request.digest, header: { sip: request.sip } };
    expect(checkChangeRequest(request, sip, {})).toMatchObject({ about: 'this-text', faults: [] });
    const changed = { ...sip, digest: '0'.repeat(64) as Digest };
    expect(checkChangeRequest(request, changed, {})).toMatchObject({ about: 'another-text', faults: [] });
    expect(codesOf(request, {}, { sip: 1 })).toEqual(['sip-false']);
  });

  it('of a key that is no member says so, and of one that is as well', () => {
    const sip = { digest: request.digest, header: { sip: request.sip } };
    const asked = (members?: readonly Address[]) =>
      checkChangeRequest(request, sip, members ? { members } : {});
    expect(asked()).toMatchObject({ isMember: null, faults: [] });
    expect(asked([reviewer])).toMatchObject({ isMember: true, faults: [] });
    expect(asked([wish.council])).toMatchObject({ isMember: false, faults: [] });
  });
});

const renderable = (one: Wish) => ({ ...one, chainTime: `${one.chainTime}` });

describe('the form of requests', () => {
  const line = () => text(renderChangeRequests([request]));
  it.each<[string, (line: string) => string]>([
    ['nothing', () => ''],
    ['no line end', (one) => one.trimEnd()],
    ['blanks', (one) => one.replace('{', '{ ')],
    ['a key twice', (one) => one.replace('"sip":', '"sip":1,"sip":')],
    ['an unknown key', (one) => one.replace('"sip":', '"note":"","sip":')],
    ['a key left out', (one) => one.replace(/"sip":\d+,/, '')],
    ['the same line twice', (one) => one + one],
    ['an empty line', (one) => `${one}\n`],
    ['an escape where a character does', (one) => one.replace('Halve', '\\u0048alve')],
    ['a text with a hidden character', (one) => one.replace('Halve', 'Ha\u200blve')],
  ])('is not: %s', (_, change) => {
    expect(refusal(change(line()))).toBe('CHANGE_REQUEST_INVALID');
  });

  it('of a later version is said to be so, and an endless one is not read', () => {
    expect(refusal(line().replace('"schemaVersion":1', '"schemaVersion":2'))).toBe('CHANGE_REQUEST_TOO_NEW');
    expect(refusal(new Uint8Array(256 * 1024 + 1))).toBe('CHANGE_REQUEST_INVALID');
  });

  it('holds one reviewer and one text', async () => {
    const other = await signChangeRequest({ ...wish, digest: '0'.repeat(64) as Digest }, signer);
    expect(refusal(line() + text(renderChangeRequests([other])))).toBe('CHANGE_REQUEST_INVALID');
  });
});

describe('requests beside a text', () => {
  const FILE = 'sip-0008-whitelist-jupsol.md';
  it('are one file for each reviewer and digest; a second one takes nothing back', async () => {
    const { files } = memoryPorts();
    expect(await readChangeRequests(files, FILE)).toEqual({ requests: [], problems: [] });
    const later = await signChangeRequest(
      { ...wish, chainTime: (wish.chainTime + 1n) as UnixSeconds, text: 'And the access.' },
      signer,
    );
    const name = await keepChangeRequest(files, FILE, later);
    await keepChangeRequest(files, FILE, request);
    await keepChangeRequest(files, FILE, request);
    expect(name).toBe(`${FILE}.changes.${request.digest}.${reviewer}.jsonl`);
    expect(await files.list('.')).toEqual([name]);
    const read = await readChangeRequests(files, FILE);
    expect(read).toEqual({ requests: [request, later], problems: [] });
    expect(together([read, read])).toEqual(read);
    // The title, and with it the name of the file, may change with the answer.
    expect((await readChangeRequests(files, 'sip-0008-another-title.md')).requests).toHaveLength(2);
    expect((await readChangeRequests(files, 'sip-0009-other.md')).requests).toEqual([]);
  });

  it('one that was forged with another’s signature does not take its place', async () => {
    const { files } = memoryPorts();
    await keepChangeRequest(files, FILE, request);
    const forged = { ...request, text: 'Raise the cap.' };
    await files.write(changeRequestsFile('sip-0008-b.md', request), renderChangeRequests([forged]));
    const { requests } = await readChangeRequests(files, FILE);
    expect(requests.map((one) => codesOf(one)).sort()).toEqual([[], ['signature-false']]);
    await expect(keepChangeRequest(files, 'sip-0008-b.md', request)).rejects.toMatchObject({
      code: 'CHANGE_REQUEST_INVALID',
    });
  });

  it('one file that cannot be read hides none of the others, and is left alone', async () => {
    const { files } = memoryPorts();
    await keepChangeRequest(files, FILE, request);
    const bad = changeRequestsFile(FILE, { digest: 'f'.repeat(64) as Digest, reviewer });
    await files.write(bad, bytesOf('mine\n'));
    const misnamed = changeRequestsFile(FILE, { digest: 'e'.repeat(64) as Digest, reviewer });
    await files.write(misnamed, renderChangeRequests([request]));
    const { requests, problems } = await readChangeRequests(files, FILE);
    expect(requests).toEqual([request]);
    expect(problems.map(({ code }) => code)).toEqual(['CHANGE_REQUEST_INVALID', 'CHANGE_REQUEST_INVALID']);
    await files.write(changeRequestsFile(FILE, request), bytesOf('mine\n'));
    await expect(keepChangeRequest(files, FILE, request)).rejects.toMatchObject({
      code: 'CHANGE_REQUEST_INVALID',
    });
  });
});
