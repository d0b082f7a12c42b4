import { SystemProgram, TransactionInstruction } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnixSeconds } from '#governance/types.ts';
import {
  accountsToRead,
  describeDifference,
  type ExpectedPart,
  VERDICTS,
  type VerifyInput,
  verificationToJson,
  verifyTransaction,
} from '#governance/verify/index.ts';
import { handoverInput, otherVault } from './handover.ts';
import { makeBase } from './mutations.ts';
import {
  account,
  beginSip,
  honestInput,
  makeWorld,
  membersHash,
  messageOf,
  multisigBytes,
  multisigFields,
  pinsOf,
  proposalBytes,
  Random,
  recordBytes,
  recordPda,
  storedOf,
  transactionBytes,
  transactionFields,
  type World,
  wireOf,
  withAccount,
} from './world.ts';

const world = makeWorld(77);
const honest = honestInput(world);
const NOTHING = new Uint8Array();

/** The same proposal after execution, with a council that has changed since. */
function executed(of: World): VerifyInput {
  const input = honestInput(of);
  const later = multisigFields(of);
  later.members = later.members.slice(0, 2).map(({ key }) => ({ key, permissions: { mask: 7 } }));
  later.staleTransactionIndex = later.transactionIndex;
  const [record] = recordPda(of.programId, of.sip);
  return {
    ...input,
    accounts: {
      ...input.accounts,
      multisig: { ...input.accounts.multisig!, data: multisigBytes(later) },
      proposal: { ...input.accounts.proposal!, data: proposalBytes(of, 'Executed') },
      sipRecord: account(record, of.programId, recordBytes(of, of.parts)),
    },
    clock: (of.notAfter + 1_000_000n) as UnixSeconds,
  };
}

describe('an honest proposal', () => {
  it('matches, and says which part of which SIP it is', () => {
    expect(verificationToJson(verifyTransaction(honest))).toEqual({
      ...{ verdict: 'match', executed: false, sip: world.sip, part: world.part, parts: world.parts },
      ...{ transactionIndex: Number(world.index), differences: [] },
    });
  });

  it('is read from the addresses that the pins name', () => {
    const { multisig, transaction, proposal } = honest.accounts;
    expect(accountsToRead(pinsOf(world), world.index)).toMatchObject({
      multisig: multisig!.address,
      transaction: transaction!.address,
      proposal: proposal!.address,
    });
  });

  it('matches at the last second, not one later', () => {
    const at = (clock: bigint) => verifyTransaction({ ...honest, clock: clock as UnixSeconds }).verdict;
    expect([at(world.notAfter), at(world.notAfter + 1n)]).toEqual(['match', 'expired']);
  });

  it('matches whatever the votes are, and before it is proposed', () => {
    for (const kind of ['Draft', 'Active', 'Rejected', 'Approved', 'Cancelled'] as const) {
      const input = withAccount(honest, 'proposal', { data: proposalBytes(world, kind) });
      expect(verifyTransaction(input)).toMatchObject({ verdict: 'match', executed: false });
    }
    const accounts = { ...honest.accounts, proposal: null };
    expect(verifyTransaction({ ...honest, accounts })).toMatchObject({ verdict: 'match', executed: false });
  });

  it('is not blocked by lamports that a stranger sent to the addresses of record and proposal', () => {
    const [record] = recordPda(world.programId, world.sip);
    const funded = account(record, SystemProgram.programId, NOTHING);
    const proposal = { ...honest.accounts.proposal!, owner: funded.owner, data: NOTHING };
    const input = { ...honest, accounts: { ...honest.accounts, sipRecord: funded, proposal } };
    expect(verifyTransaction(input).verdict).toBe('match');
  });

  it('matches part 2 once part 1 is recorded', () => {
    const second = makeWorldOf(({ parts, part }) => parts > 1 && part === 2);
    expect(verifyTransaction(honestInput(second))).toMatchObject({ verdict: 'match', part: 2 });
  });
});

function makeWorldOf(wanted: (world: World) => boolean): World {
  for (let seed = 1; seed < 500; seed++) if (wanted(makeWorld(seed))) return makeWorld(seed);
  throw new Error('no such world');
}

describe('an executed proposal', () => {
  it('matches though members, staleness, record and clock have moved on', () => {
    expect(verifyTransaction(executed(world))).toMatchObject({
      verdict: 'match',
      executed: true,
      differences: [],
    });
  });

  it('is compared with the text all the same', () => {
    const fields = transactionFields(world);
    const data = fields.message.instructions[1]!.data.slice();
    data[data.length - 1]! ^= 1;
    fields.message.instructions[1] = { ...fields.message.instructions[1]!, data };
    const input = withAccount(executed(world), 'transaction', { data: transactionBytes(fields) });
    expect(verifyTransaction(input)).toMatchObject({ verdict: 'different-argument', executed: true });
  });

  it('cannot say council_tx of another transaction', () => {
    const input = executed(world);
    const fields = transactionFields(world);
    const data = fields.message.instructions[0]!.data.slice();
    data[87]! ^= 1;
    fields.message.instructions[0] = { ...fields.message.instructions[0]!, data };
    expect(
      verifyTransaction(withAccount(input, 'transaction', { data: transactionBytes(fields) })).verdict,
    ).toBe('different-argument');
  });
});

describe('the list of differences', () => {
  it('holds them all, by the order of verdicts, and the first names the verdict', () => {
    const fields = transactionFields(world);
    const random = new Random(4);
    fields.vaultIndex = 1;
    fields.ephemeralSignerBumps = random.bytes(1);
    fields.message.addressTableLookups = [
      { accountKey: random.key(), writableIndexes: NOTHING, readonlyIndexes: NOTHING },
    ];
    fields.message.instructions.splice(1, 1);
    fields.message.instructions.push({ programIdIndex: 1, accountIndexes: NOTHING, data: random.bytes(9) });
    const multisig = multisigFields(world);
    multisig.configAuthority = random.key();
    multisig.staleTransactionIndex = Number(world.index);
    let input = withAccount(honest, 'multisig', { data: multisigBytes(multisig) });
    input = withAccount(input, 'transaction', { data: Uint8Array.from([...transactionBytes(fields), 0]) });
    const { verdict, differences } = verifyTransaction({
      ...input,
      text: null,
      clock: (world.notAfter + 1n) as UnixSeconds,
    });
    expect(verdict).toBe('trailing-bytes');
    const kinds = [...new Set(differences.map(({ kind }) => kind))];
    expect(kinds).toEqual([
      ...['trailing-bytes', 'digest-unknown', 'wrong-council', 'wrong-vault', 'lookup-table-present'],
      ...['ephemeral-signer-present', 'different-argument', 'stale', 'expired'],
    ]);
    const withText = verifyTransaction(input).differences.map(({ kind }) => kind);
    expect(withText).toEqual(expect.arrayContaining(['extra-instruction', 'missing-instruction']));
    for (const difference of differences) expect(describeDifference(difference)).toMatch(/^[A-Z].*\.$/);
  });

  it('covers the very byte that was turned', () => {
    const bytes = honest.accounts.transaction!.data;
    fc.assert(
      fc.property(
        fc.integer({ min: 83, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, xor) => {
          const data = bytes.slice();
          data[at]! ^= xor;
          const { differences } = verifyTransaction(withAccount(honest, 'transaction', { data }));
          const covers = differences.some(({ bytes: b }) => b !== undefined && b[0] <= at && at < b[1]);
          // A turned length makes everything after it another thing: there the place is where reading failed.
          const lost = differences.some(({ kind }) => kind === 'unreadable' || kind === 'trailing-bytes');
          expect(covers || lost).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/**
 * Not compared, and why. Of a live proposal: nothing. Of an executed one: its creator, who may have left the council
 * since, and members_hash, which is taken from the bytes themselves.
 */
describe('one byte', () => {
  const verdictWith = (input: VerifyInput, at: number, xor: number) => {
    const data = input.accounts.transaction!.data.slice();
    data[at]! ^= xor;
    return verifyTransaction(withAccount(input, 'transaction', { data })).verdict;
  };

  it('of a live proposal never differs unseen: every byte of two proposals, two ways each', () => {
    for (const seed of [1, 2]) {
      const { input } = makeBase(seed);
      for (let at = 0; at < input.accounts.transaction!.data.length; at++) {
        for (const xor of [1, 0x80]) {
          if (verdictWith(input, at, xor) === 'match')
            expect.fail(`seed ${seed}: byte ${at} xor ${xor} matches`);
        }
      }
    }
  });

  it('of any live proposal never differs unseen', () => {
    const bases = Array.from({ length: 12 }, (_, i) => makeBase(900 + i));
    fc.assert(
      fc.property(fc.nat(11), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, place, xor) => {
        const { input } = bases[which]!;
        expect(verdictWith(input, place % input.accounts.transaction!.data.length, xor)).not.toBe('match');
      }),
      { numRuns: 1500 },
    );
  });

  it('of an executed proposal differs unseen only in its creator and members_hash', () => {
    const input = { ...executed(world), text: makeBase(77).input.text };
    const { data } = input.accounts.transaction!;
    const unseen = [...data.keys()].filter((at) => verdictWith(input, at, 0x01) === 'match');
    const hash = Buffer.from(data).indexOf(
      Buffer.from(transactionFields(world).message.instructions[0]!.data.slice(55, 87)),
    );
    const range = (from: number) => Array.from({ length: 32 }, (_, i) => from + i);
    expect(unseen).toEqual([...range(40), ...range(hash)]);
  });
});

describe('the acceptance of a hand-over', () => {
  const old = otherVault(world);

  it('matches as part 0 of its SIP', () => {
    const answer = verifyTransaction(handoverInput(world, old));
    expect(answer).toMatchObject({
      verdict: 'match',
      sip: world.sip,
      part: 0,
      parts: world.parts,
      differences: [],
    });
  });

  it('is already enacted once the vault is the authority', () => {
    const input = handoverInput(world, world.vault, { pending: null });
    expect(verifyTransaction(input).verdict).toBe('already-enacted');
  });

  it('has expired when the hand-over is withdrawn, replaced or too old', () => {
    const pending = {
      authority: world.vault,
      council: world.council,
      expiresAt: world.now - 1n,
      sip: world.sip,
    };
    const withPending = (p: Parameters<typeof handoverInput>[2]) =>
      verifyTransaction(handoverInput(world, old, p)).verdict;
    expect(withPending({ pending: null })).toBe('expired');
    expect(withPending({ pending: { ...pending, digest: world.digest } })).toBe('expired');
    expect(withPending({ pending: { ...pending, expiresAt: world.now, digest: world.digest } })).toBe(
      'match',
    );
    expect(withPending({ pending: { ...pending, expiresAt: world.now, digest: new Uint8Array(32) } })).toBe(
      'expired',
    );
  });

  it('is unreadable without Config', () => {
    const input = handoverInput(world, old);
    const verdict = (config: typeof input.accounts.config) =>
      verifyTransaction({ ...input, accounts: { ...input.accounts, config: config ?? null } }).verdict;
    expect(verdict(null)).toBe('unreadable');
    expect(verdict({ ...input.accounts.config!, owner: input.pins.council })).toBe('unreadable');
    expect(verdict({ ...input.accounts.config!, data: NOTHING })).toBe('unreadable');
  });

  it('refuses any other byte', () => {
    const input = handoverInput(world, old);
    const { data } = input.accounts.transaction!;
    for (let at = 0; at < data.length; at++) {
      const turned = data.slice();
      turned[at]! ^= 0x10;
      const { verdict } = verifyTransaction(withAccount(input, 'transaction', { data: turned }));
      if (verdict === 'match') expect.fail(`byte ${at} matches`);
    }
  });
});

describe('a planner that contradicts itself', () => {
  const spoil = (change: (part: ExpectedPart) => Partial<ExpectedPart>) => () => {
    const { text } = honest;
    const recompile: NonNullable<typeof text>['recompile'] = (...facts) => {
      const part = text!.recompile(...facts);
      return part && { ...part, ...change(part) };
    };
    return verifyTransaction({ ...honest, text: { ...text!, recompile } });
  };

  const own = membersHash(world.members);
  const compiled =
    (...instructions: readonly TransactionInstruction[]) =>
    () => {
      const message = wireOf(world.vault, instructions);
      return { message, accountMessage: storedOf(messageOf(message)) };
    };
  const begin = (change: Partial<World> = {}, hash = own, councilTx = world.index, part = world.part) => {
    const said = { ...world, actions: world.actions.concat(world.actions), ...change };
    return beginSip(said, part, hash, councilTx);
  };
  const cut = () => {
    const { programId, keys, data } = begin();
    return new TransactionInstruction({ programId, keys, data: data.subarray(0, -1) });
  };
  const [first, ...rest] = world.actions[world.part - 1]!;
  const NO_ANNOUNCEMENT = 'it does not begin with an announcement';
  const ANOTHER_TEXT = 'it announces another text';
  const ANOTHER_PART = 'it announces another part or transaction';

  it.each<[string, (part: ExpectedPart) => Partial<ExpectedPart>, string]>([
    [
      'a form that cannot be read',
      ({ message }) => ({ message: message.slice(0, -1) }),
      'the compiled message cannot be read back',
    ],
    [
      'bytes behind the message',
      ({ message }) => ({ message: Uint8Array.from([...message, 0]) }),
      'the compiled message cannot be read back',
    ],
    [
      'another stored form',
      ({ accountMessage }) => ({ accountMessage: accountMessage.with(0, 0) }),
      'the two forms of the message differ',
    ],
    ['another part', ({ part }) => ({ part: part + 1 }), `part ${world.part + 1} was compiled`],
    ['another vault', () => ({ vaultIndex: 1 }), 'it was compiled for vault 1'],
    [
      'another transaction',
      () => ({ transactionIndex: world.index + 1n }),
      `it was compiled for transaction ${world.index + 1n}`,
    ],
    ['no instruction', compiled(), NO_ANNOUNCEMENT],
    ['no announcement', compiled(first!, ...rest), NO_ANNOUNCEMENT],
    ['an announcement cut short', compiled(cut(), ...rest), NO_ANNOUNCEMENT],
    ['another digest', compiled(begin({ digest: new Uint8Array(32) })), ANOTHER_TEXT],
    ['another number', compiled(begin({ sip: world.sip + 1 })), ANOTHER_TEXT],
    ['another announced part', compiled(begin({}, own, world.index, world.part + 1)), ANOTHER_PART],
    ['another announced transaction', compiled(begin({}, own, world.index + 1n)), ANOTHER_PART],
    ['other members', compiled(begin({}, new Uint8Array(32))), 'it announces other members'],
  ])('is never compared with: %s', (_, change, detail) => {
    expect(spoil(change)).toThrow(
      expect.objectContaining({
        code: 'INTERNAL',
        facts: { detail: `SIP-${world.sip}, part ${world.part}: ${detail}` },
      }),
    );
  });

  it('and gives no second part of three is compared with the others', () => {
    const of = makeWorldOf(({ parts, part }) => parts === 3 && part === 1);
    const input = honestInput(of);
    const fields = transactionFields(of);
    fields.message.instructions.pop();
    const recompile: NonNullable<VerifyInput['text']>['recompile'] = (hash, councilTx, part) =>
      part === 2 ? null : input.text!.recompile(hash, councilTx, part);
    const short = withAccount(input, 'transaction', { data: transactionBytes(fields) });
    const answer = verifyTransaction({ ...short, text: { ...input.text!, recompile } });
    expect(answer).toMatchObject({ verdict: 'missing-instruction', part: 1, parts: 3 });
  });

  it('that compiles nothing gives no match', () => {
    const text = { ...honest.text!, recompile: () => null };
    expect(verifyTransaction({ ...honest, text }).verdict).toBe('different-argument');
  });

  it('wrong in the same way as the bytes is caught by what the pins say', () => {
    const stranger = { ...world, council: new Random(6).key() };
    const fields = transactionFields({ ...world });
    const wrong = transactionFields(stranger).message;
    const input = honestInput(world, { ...fields, message: wrong });
    const text = { ...input.text!, recompile: honestInput(stranger).text!.recompile };
    const { verdict, differences } = verifyTransaction({ ...input, text });
    expect(verdict).toBe('different-account');
    expect(differences).toEqual([
      expect.objectContaining({ instruction: 0, account: 3, expected: world.council.toBase58() }),
    ]);
  });
});

it('lists the verdicts in the order of the design', () => {
  expect(VERDICTS.join(' · ')).toBe(
    'unreadable · trailing-bytes · digest-unknown · wrong-council · wrong-vault · lookup-table-present · ' +
      'ephemeral-signer-present · different-program · extra-instruction · missing-instruction · reordered · ' +
      'different-account · different-argument · already-enacted · stale · expired · match',
  );
});
