import { PublicKey } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  announcedBy,
  decodeAnnouncement,
  decodeConfig,
  decodeConfigTransaction,
  decodeMultisig,
  decodeProposal,
  decodeSipRecord,
  decodeVaultTransaction,
  decodeWireMessage,
  encodeStoredMessage,
  encodeWireMessage,
  hex,
  membersHashOf,
  squadsAccountType,
} from '#governance/verify/index.ts';
import { configBytes } from './handover.ts';
import {
  acceptAuthorityData,
  beginSipData,
  honestInput,
  instructionsOf,
  makeWorld,
  membersHash,
  messageOf,
  multisigBytes,
  multisigFields,
  proposalBytes,
  Random,
  recordBytes,
  storedOf,
  transactionBytes,
  transactionFields,
  wireOf,
} from './world.ts';

/** The SDK builds, the byte reader reads: both must mean the same. */

const seed = fc.integer({ min: 1, max: 1_000_000 });
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new PublicKey(bytes));
const u64 = fc.bigInt({ min: 0n, max: 2n ** 53n - 1n });
const RUNS = { numRuns: 60 };

function value<T>(read: { ok: true; value: T } | { ok: false; at: number; wanted: string }): T {
  if (!read.ok) throw new Error(`unreadable at ${read.at}: ${read.wanted}`);
  return read.value;
}
const text = (bytes: Uint8Array) => new PublicKey(bytes).toBase58();

describe('accounts that the SDK wrote', () => {
  it('reads a vault transaction and accounts for every byte', () => {
    fc.assert(
      fc.property(seed, (n) => {
        const fields = transactionFields(makeWorld(n));
        const bytes = transactionBytes(fields);
        const read = decodeVaultTransaction(bytes);
        const ours = value(read);
        expect(read.ok && read.used).toBe(bytes.length);
        expect(ours).toMatchObject({
          index: fields.index,
          bump: fields.bump,
          vaultIndex: 0,
          vaultBump: fields.vaultBump,
        });
        expect([ours.multisig, ours.creator].map(text)).toEqual(
          [fields.multisig, fields.creator].map(String),
        );
        const theirs = fields.message;
        expect(ours.message.accountKeys.map(text)).toEqual(theirs.accountKeys.map(String));
        expect(ours.message.instructions).toEqual(theirs.instructions);
        const [from, to] = ours.spans.message.whole;
        expect(encodeStoredMessage(ours.message)).toEqual(bytes.slice(from, to));
        ours.spans.message.instructions.forEach(({ data, accounts, program }, i) => {
          expect(bytes.slice(...data)).toEqual(theirs.instructions[i]!.data);
          expect(bytes.slice(...accounts)).toEqual(theirs.instructions[i]!.accountIndexes);
          expect(bytes[program[0]]).toBe(theirs.instructions[i]!.programIdIndex);
        });
        ours.spans.message.keys.forEach(([a, b], i) => {
          expect(text(bytes.subarray(a, b))).toBe(theirs.accountKeys[i]!.toBase58());
        });
      }),
      RUNS,
    );
  });

  it('turns the SDK’s wire form into the SDK’s stored form, and back', () => {
    fc.assert(
      fc.property(seed, (n) => {
        const world = makeWorld(n);
        const wire = wireOf(
          world.vault,
          instructionsOf(world, world.part, membersHash(world.members), world.index),
        );
        const message = value(decodeWireMessage(wire));
        expect(encodeStoredMessage(message)).toEqual(storedOf(messageOf(wire)));
        expect(encodeWireMessage(message)).toEqual(Uint8Array.from(wire));
      }),
      RUNS,
    );
  });

  it('reads a multisig, with and without a rent collector, and hashes its members', () => {
    fc.assert(
      fc.property(seed, fc.option(key), fc.boolean(), (n, rentCollector, room) => {
        const world = makeWorld(n);
        const fields = { ...multisigFields(world), rentCollector };
        const slack = room ? new Random(n).bytes(330) : new Uint8Array();
        const ours = value(decodeMultisig(Uint8Array.from([...multisigBytes(fields), ...slack])));
        expect(ours).toMatchObject({
          threshold: fields.threshold,
          timeLockSeconds: fields.timeLock,
          transactionIndex: BigInt(fields.transactionIndex),
          staleTransactionIndex: BigInt(fields.staleTransactionIndex),
          bump: fields.bump,
          members: fields.members.map(({ key: k, permissions }) => ({
            key: k.toBytes(),
            mask: permissions.mask,
          })),
        });
        expect(ours.rentCollector && text(ours.rentCollector)).toBe(rentCollector?.toBase58() ?? null);
        expect(membersHashOf(ours.members)).toBe(hex(membersHash(world.members)));
      }),
      RUNS,
    );
  });

  it('refuses a multisig that Squads could not have written', () => {
    const fields = multisigFields(makeWorld(3));
    const wrong = (change: Partial<typeof fields>) =>
      decodeMultisig(multisigBytes({ ...fields, ...change })).ok;
    expect(wrong({})).toBe(true);
    expect(wrong({ members: [...fields.members].reverse() })).toBe(false);
    expect(wrong({ members: [...fields.members, fields.members.at(-1)!] })).toBe(false);
    expect(wrong({ members: fields.members.map((m) => ({ ...m, permissions: { mask: 8 } })) })).toBe(false);
    expect(wrong({ threshold: 0 })).toBe(false);
    expect(wrong({ threshold: 99 })).toBe(false);
    expect(wrong({ staleTransactionIndex: fields.transactionIndex + 1 })).toBe(false);
    expect(wrong({ staleTransactionIndex: fields.transactionIndex })).toBe(true);
  });

  it('counts voters, not members, for a threshold', () => {
    const fields = multisigFields(makeWorld(3));
    const [first, second, third] = fields.members.map(({ key: of }) => of);
    const members = [first!, second!, third!].map((of, nth) => ({
      key: of,
      permissions: { mask: nth === 1 ? 5 : 2 },
    }));
    const read = (threshold: number) => decodeMultisig(multisigBytes({ ...fields, members, threshold }));
    expect([1, 2].map((threshold) => read(threshold).ok)).toEqual([true, true]);
    expect(read(3)).toEqual({ ok: false, at: 72, wanted: 'a threshold from 1 to 2' });
  });

  it('says where the fields of a vault transaction stand', () => {
    const fields = { ...transactionFields(makeWorld(4)), ephemeralSignerBumps: Uint8Array.of(1, 2) };
    const { spans } = value(decodeVaultTransaction(transactionBytes(fields)));
    const { message, ...rest } = spans;
    expect(rest).toEqual({
      ...{ multisig: [8, 40], creator: [40, 72], index: [72, 80] },
      ...{ bump: [80, 81], vault: [81, 83], ephemeral: [83, 89] },
    });
    expect(message.whole[0]).toBe(89);
  });

  it('reads every period of a spending limit', () => {
    const { vault } = makeWorld(6);
    const read = (period: number) => {
      const limit = {
        createKey: vault,
        vaultIndex: 3,
        mint: vault,
        amount: 1,
        members: [],
        destinations: [vault],
      };
      const actions = [{ __kind: 'AddSpendingLimit' as const, ...limit, period }];
      const head = { multisig: vault, creator: vault, index: 1, bump: 1 };
      const [bytes] = squads.generated.ConfigTransaction.fromArgs({ ...head, actions }).serialize();
      const decoded = decodeConfigTransaction(Uint8Array.from(bytes));
      return decoded.ok ? decoded.value.actions : decoded.wanted;
    };
    for (const [period, name] of ['one-time', 'day', 'week', 'month'].entries())
      expect(read(period)).toMatchObject([{ period: name, members: [], destinations: [vault.toBytes()] }]);
  });

  it('reads a proposal in every status', () => {
    const world = makeWorld(5);
    for (const kind of ['Draft', 'Active', 'Rejected', 'Approved', 'Executed', 'Cancelled'] as const) {
      const ours = value(decodeProposal(proposalBytes(world, kind)));
      expect(ours).toMatchObject({
        status: kind.toLowerCase(),
        since: world.now,
        transactionIndex: world.index,
      });
      expect(ours.approved.map(text)).toEqual([world.members[0]!.key.toBase58()]);
    }
    const [bytes] = squads.generated.Proposal.fromArgs({
      ...{
        multisig: world.council,
        transactionIndex: 1,
        bump: 250,
        approved: [],
        rejected: [world.vault],
        cancelled: [],
      },
      status: { __kind: 'Executing' },
    }).serialize();
    expect(value(decodeProposal(bytes))).toMatchObject({ status: 'executing', since: null, bump: 250 });
    bytes[48] = 7;
    expect(decodeProposal(bytes)).toMatchObject({ ok: false, at: 48 });
  });

  it('reads every config action', () => {
    fc.assert(
      fc.property(
        key,
        key,
        fc.option(key),
        fc.nat(7),
        fc.nat(65535),
        u64,
        (a, b, collector, mask, small, amount) => {
          const [bytes] = squads.generated.ConfigTransaction.fromArgs({
            ...{ multisig: a, creator: b, index: Number(amount), bump: 254 },
            actions: [
              { __kind: 'AddMember', newMember: { key: a, permissions: { mask } } },
              { __kind: 'RemoveMember', oldMember: b },
              { __kind: 'ChangeThreshold', newThreshold: small },
              { __kind: 'SetTimeLock', newTimeLock: small * 3 },
              {
                __kind: 'AddSpendingLimit',
                ...{
                  createKey: a,
                  vaultIndex: 3,
                  mint: b,
                  amount: Number(amount),
                  period: squads.types.Period.Week,
                },
                ...{ members: [a, b], destinations: [] },
              },
              { __kind: 'RemoveSpendingLimit', spendingLimit: b },
              { __kind: 'SetRentCollector', newRentCollector: collector },
            ],
          }).serialize();
          const data = Uint8Array.from(bytes);
          const [A, B] = [a.toBytes(), b.toBytes()];
          const ours = value(decodeConfigTransaction(data));
          expect(ours.actions).toEqual([
            { kind: 'add-member', member: { key: A, mask } },
            { kind: 'remove-member', key: B },
            { kind: 'change-threshold', threshold: small },
            { kind: 'set-time-lock', timeLockSeconds: small * 3 },
            {
              kind: 'add-spending-limit',
              ...{ createKey: A, vaultIndex: 3, mint: B, amountBaseUnits: amount, period: 'week' },
              ...{ members: [A, B], destinations: [] },
            },
            { kind: 'remove-spending-limit', spendingLimit: B },
            { kind: 'set-rent-collector', rentCollector: collector?.toBytes() ?? null },
          ]);
          expect(ours.actionBytes).toEqual(data.slice(81));
          expect(decodeConfigTransaction(Uint8Array.from([...data, 0]))).toMatchObject({
            ok: false,
            at: data.length,
          });
        },
      ),
      RUNS,
    );
  });

  it('names the type of an account by its first bytes', () => {
    const world = makeWorld(8);
    expect(squadsAccountType(transactionBytes(transactionFields(world)))).toBe('VaultTransaction');
    expect(squadsAccountType(multisigBytes(multisigFields(world)))).toBe('Multisig');
    expect(squadsAccountType(proposalBytes(world, 'Active'))).toBe('Proposal');
    const generated = squads.generated;
    const heads = {
      ConfigTransaction: generated.configTransactionDiscriminator,
      Batch: generated.batchDiscriminator,
      VaultBatchTransaction: generated.vaultBatchTransactionDiscriminator,
      TransactionBuffer: generated.transactionBufferDiscriminator,
      SpendingLimit: generated.spendingLimitDiscriminator,
      ProgramConfig: generated.programConfigDiscriminator,
    };
    for (const [name, head] of Object.entries(heads))
      expect(squadsAccountType(Uint8Array.from(head))).toBe(name);
    expect(squadsAccountType(new Uint8Array(8))).toBeUndefined();
  });
});

describe('bytes of the restaking program', () => {
  it('reads begin_sip', () => {
    const random = new Random(11);
    const [digest, hash] = [random.bytes(32), random.bytes(32)];
    const args = {
      number: 8,
      digest,
      part: 2,
      parts: 3,
      actions: 5,
      notAfter: -5n,
      membersHash: hash,
      councilTx: 2n ** 60n,
    };
    const data = beginSipData(args);
    const rest = {
      part: 2,
      parts: 3,
      actions: 5,
      notAfter: -5n,
      membersHash: hex(hash),
      councilTx: 2n ** 60n,
    };
    expect(decodeAnnouncement(data)).toEqual({ kind: 'begin-sip', number: 8, digest: hex(digest), rest });
    const short = decodeAnnouncement(data.subarray(0, 94));
    expect(short).toEqual({ kind: 'begin-sip', number: 8, digest: hex(digest), rest: null });
    expect(decodeAnnouncement(data.subarray(0, 43))).toBeUndefined();
    expect(decodeAnnouncement(random.bytes(95))).toBeUndefined();
  });

  it('reads accept_authority as part 0', () => {
    const digest = new Random(12).bytes(32);
    expect(decodeAnnouncement(acceptAuthorityData(9, digest, 4n))).toMatchObject({
      ...{ kind: 'accept-authority', number: 9, digest: hex(digest) },
      rest: { part: 0, parts: null, councilTx: 4n },
    });
  });

  it('reads a SIP record and nothing longer or shorter', () => {
    const world = makeWorld(13);
    const bytes = recordBytes(world, 1);
    expect(value(decodeSipRecord(bytes))).toMatchObject({
      ...{ number: world.sip, digest: hex(world.digest), part: 1, parts: world.parts, slot: 77n, actions: 0 },
      ...{ councilTx: world.index - 1n, executedAt: world.now - 1000n },
    });
    expect(decodeSipRecord(bytes.subarray(1)).ok).toBe(false);
    expect(decodeSipRecord(Uint8Array.from([...bytes, 0]))).toMatchObject({ ok: false, at: bytes.length });
  });

  it('reads Config with and without an active epoch and a pending hand-over', () => {
    const world = makeWorld(14);
    const pending = {
      authority: world.vault,
      council: world.council,
      expiresAt: 99n,
      sip: 3,
      digest: world.digest,
    };
    const old = new Random(15).key();
    expect(value(decodeConfig(configBytes({ authority: old, pending, activeEpoch: 7 })))).toMatchObject({
      ...{
        authority: old.toBytes(),
        activeEpoch: 7,
        withdrawalsOpen: true,
        nextEpoch: 4,
        nextActivation: 2,
        sip: 3,
      },
      pending: { authority: world.vault.toBytes(), expiresAt: 99n, sip: 3, digest: hex(world.digest) },
    });
    const idle = configBytes({ authority: old, pending: null, activeEpoch: null });
    expect(value(decodeConfig(idle))).toMatchObject({ activeEpoch: null, pending: null });
    expect(decodeConfig(idle.subarray(1)).ok).toBe(false);
    expect(decodeConfig(Uint8Array.from([...idle, 0]))).toEqual({
      ok: false,
      at: idle.length - 2,
      wanted: `${idle.length} bytes in all`,
    });
    const half = new PublicKey(Uint8Array.from([7, ...new Uint8Array(31)]));
    const waiting = configBytes({ authority: old, pending: { ...pending, authority: half }, activeEpoch: 7 });
    expect(value(decodeConfig(waiting)).pending).toMatchObject({ authority: half.toBytes() });
  });

  it('reads each venue and each pause of a Config, and no other', () => {
    const bytes = configBytes({ authority: new Random(15).key(), pending: null, activeEpoch: null });
    const [venue, pendingVenue, pause] = [137, 240, 323] as const;
    const read = (at: number, to: number) => decodeConfig(bytes.with(at, to));
    for (const [tag, name] of ['squads', 'realms'].entries()) {
      expect(value(read(venue, tag)).guard.venue).toBe(name);
      expect(read(pendingVenue, tag).ok).toBe(true);
    }
    for (const [tag, name] of ['off', 'guardian', 'council'].entries())
      expect(value(read(pause, tag)).pause).toBe(name);
    const refused = { ok: false, wanted: 'a venue of 0 or 1' };
    expect(read(venue, 2)).toEqual({ ...refused, at: venue });
    expect(read(pendingVenue, 2)).toEqual({ ...refused, at: pendingVenue });
    expect(read(pause, 3)).toEqual({ ok: false, at: pause, wanted: 'a pause state from 0 to 2' });
  });

  it('finds the SIP that a transaction announces', () => {
    const world = makeWorld(16);
    const { accounts } = honestInput(world);
    expect(announcedBy(accounts.transaction)).toMatchObject({ number: world.sip, digest: hex(world.digest) });
    expect(announcedBy(null)).toBeUndefined();
    const fields = transactionFields(world);
    fields.message = { ...fields.message, instructions: [] };
    const silent = { ...accounts.transaction!, data: transactionBytes(fields) };
    expect(announcedBy(silent)).toBeUndefined();
    expect(announcedBy(accounts.multisig)).toBeUndefined();
    expect(announcedBy({ ...accounts.transaction!, owner: accounts.transaction!.address })).toBeUndefined();
  });
});
