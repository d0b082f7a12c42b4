import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { ed25519 } from '@noble/curves/ed25519';
import { Keypair, PublicKey, SystemProgram, TransactionMessage } from '@solana/web3.js';
import bs58 from 'bs58';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FromConfirm, FromSigner, ToConfirm } from '#desktop/shared/signer-protocol.ts';
import { changeRequestStatement } from '#governance/change-requests/request.ts';
import { offchainMessage, offchainText } from '#governance/handoff/offchain-message.ts';
import { parseSigningRequest } from '#governance/handoff/signing-request.ts';
import { receiptStatement } from '#governance/receipts/receipt.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import type { Address, Digest, UnixSeconds } from '#governance/types.ts';
import { proposalApprove } from '#governance/venues/squads/instructions.ts';
import type { ConfirmPort } from './confirm-port.ts';
import { SignerService } from './signer.ts';

const key = Keypair.fromSeed(new Uint8Array(32).fill(1));
const council = Keypair.fromSeed(new Uint8Array(32).fill(2)).publicKey;
const program = Keypair.fromSeed(new Uint8Array(32).fill(3)).publicKey;
const {
  programId,
  council: pinned,
  vault,
} = pinsOf(program.toBase58() as Address, council.toBase58() as Address);
const bytesOf = (instruction: ReturnType<typeof proposalApprove>) =>
  new TransactionMessage({
    payerKey: key.publicKey,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [instruction],
  })
    .compileToV0Message()
    .serialize();
const message = bytesOf(proposalApprove({ council, transactionIndex: 41n, member: key.publicKey }));

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signer-'));
  path = await fileOf('key.json', JSON.stringify([...key.secretKey]));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, text: string, mode = 0o600): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

const ask = (change: object = {}) => ({
  id: 1,
  kind: 'sign',
  source: { kind: 'keypair', path, allowMainnet: false },
  publicKey: key.publicKey.toBase58(),
  message,
  pins: { programId, council: pinned, vault },
  cluster: 'embedded',
  transactionIndex: '41',
  claim: { title: 'Approve SIP-8', verdict: 'match', digest: null },
  ...change,
});

type Person = (shown: ToConfirm, answer: (message: FromConfirm) => void, close: () => void) => void;
const confirms: Person = (shown, answer) =>
  shown.kind === 'review' ? answer({ kind: 'sign', token: shown.token }) : answer({ kind: 'refuse' });

/** A real channel, as Electron's: the signer's end, and a person at the other. */
function windowOf(person: Person): { port: ConfirmPort; shown: ToConfirm[] } {
  const { port1, port2 } = new MessageChannel();
  const shown: ToConfirm[] = [];
  port2.on('message', (said: ToConfirm) => {
    shown.push(said);
    person(
      said,
      (message) => port2.postMessage(message),
      () => port2.close(),
    );
  });
  const port: ConfirmPort = {
    post: (said) => port1.postMessage(said),
    onMessage: (listener) => void port1.once('message', listener),
    onClose: (listener) => void port1.once('close', listener),
    close: () => port1.close(),
  };
  return { port, shown };
}

const codeOf = (answer: FromSigner | null) => (answer?.ok === false ? answer.error.code : 'signed');
async function outcome(change: object, person = confirms): Promise<string> {
  return codeOf(await new SignerService(folder).answer(ask(change), { confirm: windowOf(person).port }));
}

describe('a signature', () => {
  it('is made of what was shown, once its token came back', async () => {
    const { port, shown } = windowOf(confirms);
    const answer = await new SignerService(folder).answer(ask(), { confirm: port });
    if (!answer?.ok || !('signature' in answer)) throw new Error(codeOf(answer));
    expect(ed25519.verify(answer.signature, message, key.publicKey.toBytes())).toBe(true);
    expect(shown).toMatchObject([
      {
        kind: 'review',
        token: expect.stringMatching(/^[0-9a-f]{64}$/),
        review: { title: 'Approve transaction 41', transactionIndex: '41' },
        claim: { title: 'Approve SIP-8' },
        cluster: 'embedded',
        publicKey: key.publicKey.toBase58(),
      },
    ]);
  });

  it.each<[string, Person]>([
    ['a refusal', (_, answer) => answer({ kind: 'refuse' })],
    ['a closed window', (_, __, close) => close()],
    [
      'a wrong token, and the right one after it',
      (shown, answer) => {
        answer({ kind: 'sign', token: '0'.repeat(64) });
        confirms(shown, answer, () => undefined);
      },
    ],
    ['a message of no kind', (_, answer) => answer(null as never)],
  ])('is not made after %s', async (_, person) => {
    expect(await outcome({}, person)).toBe('SIGNING_REFUSED');
  });

  it('asks with another token each time; an old one signs nothing', async () => {
    const service = new SignerService(folder);
    let old = '';
    const first = windowOf((shown, answer, close) => {
      if (shown.kind === 'review') old = shown.token;
      confirms(shown, answer, close);
    });
    expect(codeOf(await service.answer(ask(), { confirm: first.port }))).toBe('signed');
    const second = windowOf((_, answer) => answer({ kind: 'sign', token: old }));
    expect(codeOf(await service.answer(ask({ id: 2 }), { confirm: second.port }))).toBe('SIGNING_REFUSED');
  });

  it('is of the bytes that were shown, whatever happens to the request meanwhile', async () => {
    const mine = Uint8Array.from(message);
    const { port } = windowOf((shown, answer, close) => {
      mine.fill(0);
      confirms(shown, answer, close);
    });
    const answer = await new SignerService(folder).answer(ask({ message: mine }), { confirm: port });
    if (!answer?.ok || !('signature' in answer)) throw new Error(codeOf(answer));
    expect(ed25519.verify(answer.signature, message, key.publicKey.toBytes())).toBe(true);
  });

  it('is refused outside the grammar, and the window is told why', async () => {
    const transfer = SystemProgram.transfer({ fromPubkey: key.publicKey, toPubkey: council, lamports: 1 });
    const { port, shown } = windowOf((_, __, close) => close());
    const answer = await new SignerService(folder).answer(ask({ message: bytesOf(transfer) }), {
      confirm: port,
    });
    expect(codeOf(answer)).toBe('SIGNING_GRAMMAR');
    expect(shown).toMatchObject([{ kind: 'refused', code: 'PROGRAM_UNKNOWN' }]);
  });
});

describe('a statement', () => {
  const place = {
    ...{ schemaVersion: 1 as const, tool: '0.1.0', genesisHash: pinned, programId, council: pinned },
    ...{ chainTime: 1_800_000_000n as UnixSeconds, sip: 8, digest: 'cd'.repeat(32) as Digest },
  };
  const receipt = (about = place) =>
    offchainMessage(
      receiptStatement({
        ...about,
        transactionIndex: 41,
        verdict: 'match',
        messageHash: null,
        member: pinned,
      }),
    );
  const request = (text: string, about = place) =>
    offchainText(changeRequestStatement({ ...about, text, reviewer: pinned }));
  const longest = 'ü'.repeat(4_000);

  it.each<[string, Uint8Array, string | null, string]>([
    ['a receipt', receipt(), '41', 'Give a review receipt for SIP-8, transaction 41'],
    ['a request for changes', request('Halve the cap.'), null, 'Request changes to SIP-8'],
    ['the longest request', request(longest), null, 'Request changes to SIP-8'],
  ])('is signed as it was shown: %s', async (_, bytes, transactionIndex, title) => {
    const { port, shown } = windowOf(confirms);
    const answer = await new SignerService(folder).answer(ask({ message: bytes, transactionIndex }), {
      confirm: port,
    });
    if (!answer?.ok || !('signature' in answer)) throw new Error(codeOf(answer));
    expect(ed25519.verify(answer.signature, bytes, key.publicKey.toBytes())).toBe(true);
    expect(shown).toMatchObject([{ kind: 'review', review: { title, statement: true, inner: [] } }]);
  });

  it.each<[string, object]>([
    ['for another council', { message: request('x', { ...place, council: programId }) }],
    ['of another program', { message: receipt({ ...place, programId: pinned }) }],
    ['about another transaction than was asked for', { message: receipt(), transactionIndex: '42' }],
    ['with a bidi override', { message: request('Raise \u202eevah it') }],
    ['with a byte changed', { message: receipt().map((byte, at) => (at === 30 ? byte ^ 1 : byte)) }],
    ['of no kind', { message: offchainMessage('I owe you 5 SOL') }],
  ])('is not signed: %s', async (_, change) => {
    const { port, shown } = windowOf((__, ___, close) => close());
    const asked = ask({ transactionIndex: null, ...change });
    expect(codeOf(await new SignerService(folder).answer(asked, { confirm: port }))).toBe('SIGNING_GRAMMAR');
    expect(shown).toMatchObject([{ kind: 'refused' }]);
  });

  it('is not asked of a Ledger or a browser’s wallet, which sign transactions', async () => {
    for (const source of [{ kind: 'ledger', path: "44'/501'/0'" }, { kind: 'browser' }]) {
      const unseen: Person = () => {
        throw new Error('something was shown');
      };
      expect(await outcome({ message: request('x'), source }, unseen)).toBe('STATEMENT_UNSUPPORTED');
    }
  });

  it('of any length goes to another machine and is read there', async () => {
    const { port, shown } = windowOf((_, __, close) => close());
    const message = request(longest);
    await new SignerService(folder).answer(ask({ message, source: { kind: 'offline' } }), { confirm: port });
    const [first] = shown;
    if (first?.kind !== 'review' || first.how.kind !== 'offline') throw new Error('nothing was handed out');
    const { message: read } = parseSigningRequest(Buffer.from(first.how.handout), 'r.json');
    expect(Buffer.compare(read, message)).toBe(0);
  });
});

describe('requests', () => {
  it('are one at a time; an abort ends the one that waits', async () => {
    const service = new SignerService(folder);
    const waiting = service.answer(ask(), { confirm: windowOf(() => undefined).port });
    expect(codeOf(await service.answer(ask({ id: 2 }), { confirm: windowOf(confirms).port }))).toBe(
      'SIGNER_BUSY',
    );
    expect(await service.answer({ id: 2, kind: 'abort' })).toBeNull();
    expect(await service.answer({ id: 1, kind: 'abort' })).toBeNull();
    expect(codeOf(await waiting)).toBe('SIGNING_REFUSED');
    expect(codeOf(await service.answer(ask({ id: 3 }), { confirm: windowOf(confirms).port }))).toBe('signed');
  });

  it('show who a file belongs to', async () => {
    expect(await new SignerService(folder).answer({ id: 1, kind: 'inspect', path })).toEqual({
      id: 1,
      ok: true,
      publicKey: key.publicKey.toBase58(),
    });
  });

  it.each([
    ['kind', { kind: 'export' }],
    ['message', { message: [1, 2, 3] }],
    ['publicKey', { publicKey: 'abc' }],
    ['pins', { pins: { programId, council: pinned } }],
    ['cluster', { cluster: 'main' }],
    ['transactionIndex', { transactionIndex: '0x29' }],
    ['a transactionIndex beyond 64 bits', { transactionIndex: '18446744073709551616' }],
    ['claim', { claim: null }],
    ['allowMainnet', { source: { kind: 'keypair', path, allowMainnet: 'yes' } }],
  ])('with a wrong %s are refused', async (_, change) => {
    expect(await outcome(change)).toBe('SIGNER_PROTOCOL');
  });

  it('without a window or an id sign nothing', async () => {
    expect(codeOf(await new SignerService(folder).answer(ask()))).toBe('SIGNER_PROTOCOL');
    expect(
      await new SignerService(folder).answer(ask({ id: 'x' }), { confirm: windowOf(confirms).port }),
    ).toBeNull();
  });
});

describe('keypair files', () => {
  const numbers = [...key.secretKey];
  it.each<[string, string, string, number?]>([
    ['open to the group', JSON.stringify(numbers), 'KEYPAIR_EXPOSED', 0o640],
    ['open to all', JSON.stringify(numbers), 'KEYPAIR_EXPOSED', 0o604],
    ['no list', '{}', 'KEYPAIR_MALFORMED'],
    ['empty', '', 'KEYPAIR_MALFORMED'],
    ['too short', JSON.stringify(numbers.slice(1)), 'KEYPAIR_MALFORMED'],
    ['too long', JSON.stringify([...numbers, 1]), 'KEYPAIR_MALFORMED'],
    ['a number above a byte', JSON.stringify([256, ...numbers.slice(1)]), 'KEYPAIR_MALFORMED'],
    ['a padded number', JSON.stringify(numbers).replace('[', '[0'), 'KEYPAIR_MALFORMED'],
    ['halves of two keys', JSON.stringify([...numbers.slice(0, 63), 0]), 'KEYPAIR_MALFORMED'],
    ['text after it', `${JSON.stringify(numbers)}]`, 'KEYPAIR_MALFORMED'],
    ['spaces and a line end', `${JSON.stringify(numbers, null, 2)}\n`, 'signed'],
    [
      'another key',
      JSON.stringify([...Keypair.fromSeed(new Uint8Array(32).fill(9)).secretKey]),
      'KEYPAIR_MISMATCH',
    ],
  ])('%s: %s', async (name, text, code, mode) => {
    const file = await fileOf(`${name.replaceAll(' ', '-')}.json`, text, mode);
    expect(await outcome({ source: { kind: 'keypair', path: file, allowMainnet: false } })).toBe(code);
  });

  it('that are none, or a folder', async () => {
    for (const file of [join(folder, 'absent'), folder])
      expect(await outcome({ source: { kind: 'keypair', path: file, allowMainnet: false } })).toBe(
        'KEYPAIR_UNREADABLE',
      );
  });

  it('sign on mainnet only where their user opted in', async () => {
    const unseen: Person = () => {
      throw new Error('something was shown');
    };
    expect(await outcome({ cluster: 'mainnet' }, unseen)).toBe('KEYPAIR_ON_MAINNET');
    expect(await outcome({ cluster: 'mainnet', source: { kind: 'keypair', path, allowMainnet: true } })).toBe(
      'signed',
    );
  });

  it('are never quoted in an answer', async () => {
    const file = await fileOf('leak.json', `secret ${numbers.join(',')}`);
    const answer = await new SignerService(folder).answer({ id: 1, kind: 'inspect', path: file });
    expect(JSON.stringify(answer)).not.toContain(numbers.slice(0, 3).join(','));
    expect(JSON.stringify(answer)).not.toContain('secret ');
  });
});

describe('a key on another machine', () => {
  const offline = { source: { kind: 'offline' } };
  const sign = (bytes: Uint8Array, by = key) => bs58.encode(ed25519.sign(bytes, by.secretKey.slice(0, 32)));
  const other = Keypair.fromSeed(new Uint8Array(32).fill(9));
  /** Gives one signature after the other, with the token of the review. */
  const carries = (...signatures: readonly string[]): Person => {
    const left = [...signatures];
    let token = '';
    return (shown, answer) => {
      if (shown.kind === 'review') ({ token } = shown);
      const signature = left.shift();
      answer(signature === undefined ? { kind: 'refuse' } : { kind: 'signed', token, signature });
    };
  };

  it('gets the whole message, and its signature counts', async () => {
    const { port, shown } = windowOf(carries(sign(message)));
    const answer = await new SignerService(folder).answer(ask(offline), { confirm: port });
    expect(codeOf(answer)).toBe('signed');
    const [review] = shown;
    if (review?.kind !== 'review' || review.how.kind !== 'offline') throw new Error('nothing was handed out');
    const request = parseSigningRequest(Buffer.from(review.how.handout), 'handout');
    expect(request).toEqual({
      message: new Uint8Array(message),
      publicKey: key.publicKey.toBase58(),
      pins: { programId, council: pinned, vault },
      cluster: 'embedded',
      transactionIndex: 41n,
    });
  });

  it('is told that a signature is of something else, and may give another', async () => {
    const { port, shown } = windowOf(
      carries(sign(message, other), sign(message.slice(1)), 'no base58!', sign(message)),
    );
    expect(codeOf(await new SignerService(folder).answer(ask(offline), { confirm: port }))).toBe('signed');
    expect(shown.map(({ kind }) => kind)).toEqual(['review', 'foreign', 'foreign', 'foreign']);
  });

  it.each<[string, Person, string]>([
    [
      'eight wrong ones',
      carries(...Array.from({ length: 8 }, () => sign(message, other))),
      'SIGNATURE_FOREIGN',
    ],
    ['a refusal after a wrong one', carries(sign(message, other)), 'SIGNING_REFUSED'],
    ['a token alone', confirms, 'SIGNING_REFUSED'],
    [
      'another token',
      (_, answer) => answer({ kind: 'signed', token: '00', signature: sign(message) }),
      'SIGNING_REFUSED',
    ],
  ])('signs nothing with %s', async (_, person, code) => {
    expect(await outcome(offline, person)).toBe(code);
  });

  it('shows nothing to sign for what the grammar refuses', async () => {
    const { port, shown } = windowOf(carries(sign(message)));
    const answer = await new SignerService(folder).answer(ask({ ...offline, transactionIndex: '42' }), {
      confirm: port,
    });
    expect(codeOf(answer)).toBe('SIGNING_GRAMMAR');
    expect(shown.map(({ kind }) => kind)).toEqual(['refused']);
  });

  it('signs on mainnet: no file of this computer has it', async () => {
    expect(await outcome({ ...offline, cluster: 'mainnet' }, carries(sign(message)))).toBe('signed');
  });
});
