import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils';
import { PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../actions/registry.ts';
import idl from '../restaking/generated/restaking.json' with { type: 'json' };
import { decodeInstruction } from '../restaking/instructions.ts';
import { pinsOf } from '../restaking/pdas.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Digest, UnixSeconds } from '../types.ts';
import { proposalCreate, vaultTransactionCreate } from '../venues/squads/instructions.ts';
import { bytesOf, PACKET_BYTES } from '../venues/squads/size.ts';
import { decodeStoredMessage, decodeWireMessage, encodeStoredMessage } from '../verify/index.ts';
import { compileAcceptance, compileSip, recompilePart } from './compile.ts';

const pins = pinsOf(idl.address as Address, 'GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm' as Address);
const members = [{ key: 'so1MFdbL7gd8mraypNEEQeroQYqTKtS7pZCN4H46BPa' as Address, mask: 7 }];

function sipOf(actions: readonly { kind: string; params: unknown }[]): Sip {
  return {
    file: 'sip-0009-test.md',
    text: '',
    header: {
      sip: 9,
      title: 'Test',
      authors: 'A',
      status: 'Draft',
      type: 'Standards Track',
      category: 'Core',
      created: '2026-01-01',
      updated: '2026-01-01',
    },
    sections: [],
    validUntil: 1_800_000_000n as UnixSeconds,
    actions: actions.map((action) => ({ ...action, line: 1 })),
    digest: 'cd'.repeat(32) as Digest,
  };
}
const example = (kind: string) => ({ kind, params: ACTIONS.find((module) => module.kind === kind)?.example });
const mints = [
  'mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So',
  'bSo13r4TkiE4KumL71LsHTPpL2euBYLFx6h9HP3piy1',
  'J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn',
  '5oVNBeEEQvYi1cX3ir8Dx5n1P7pdxydbGF2X4TxVusJm',
];
const whitelist = (mint: string) => ({
  kind: 'whitelist-lst',
  params: { ...(example('whitelist-lst').params as object), mint },
});
const compile = (sip: Sip, transactionIndex = 12n) => compileSip(sip, { pins, members, transactionIndex });

describe('compiling a SIP', () => {
  it('begins every part with what the program asks of the council, numbers and counts filled in', () => {
    const { parts } = compile(sipOf(mints.map(whitelist)));
    expect(parts.length).toBeGreaterThan(1);
    const beginnings = parts.map(({ instructions }) => {
      const [first] = instructions;
      if (!first) throw new Error('a part has instructions');
      const keys = first.keys.map((key) => ({ ...key, pubkey: new PublicKey(key.pubkey) }));
      return decodeInstruction(
        { programId: new PublicKey(first.programId), keys, data: Buffer.from(first.data) },
        pins.programId,
      );
    });
    expect(beginnings.map((begin) => begin?.args)).toEqual(
      parts.map((part, at) =>
        expect.objectContaining({
          number: 9,
          part: at + 1,
          parts: parts.length,
          actions: part.instructions.length - 1,
          councilTx: 12n + BigInt(at),
          notAfter: 1_800_000_000n,
        }),
      ),
    );
  });

  it('keeps text order over parts, and each part fits one packet where one more instruction would not', () => {
    const { parts } = compile(sipOf(mints.map(whitelist)));
    const described = parts.flatMap(({ instructions }) =>
      instructions.slice(1).map(({ describe }) => describe),
    );
    expect(described.map((line, at) => line.includes(mints[at] as string))).toEqual(mints.map(() => true));
    const somebody = new PublicKey(members[0]?.key as string);
    const at = { council: new PublicKey(pins.council), transactionIndex: 1n, creator: somebody };
    const sizes = parts.map(({ message }) =>
      bytesOf(somebody, [vaultTransactionCreate({ ...at, message }), proposalCreate(at)]),
    );
    expect(sizes.every((size) => size <= PACKET_BYTES)).toBe(true);
  });

  it('is the same bytes when a part is compiled again by its own values', () => {
    const sip = sipOf([example('schedule-epoch'), ...mints.map(whitelist)]);
    const whole = compile(sip, 40n);
    for (const part of whole.parts) {
      const again = recompilePart(sip, pins, {
        part: part.part,
        membersHash: whole.membersHash,
        councilTx: part.transactionIndex,
      });
      expect(bytesToHex(again?.accountMessage ?? new Uint8Array())).toBe(bytesToHex(part.accountMessage));
    }
    expect(
      recompilePart(sip, pins, {
        part: whole.parts.length + 1,
        membersHash: whole.membersHash,
        councilTx: 1n,
      }),
    ).toBeUndefined();
  });

  it('gives the second reader the same message in both encodings, whatever the actions', () => {
    const kinds = fc.array(fc.constantFrom(...ACTIONS.map(({ kind }) => kind)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(kinds, (list) => {
        for (const part of compile(sipOf(list.map(example))).parts) {
          const wire = decodeWireMessage(part.message);
          const stored = decodeStoredMessage(part.accountMessage);
          if (!wire.ok || !stored.ok) return false;
          if (bytesToHex(encodeStoredMessage(wire.value)) !== bytesToHex(part.accountMessage)) return false;
        }
        return true;
      }),
      { numRuns: 60 },
    );
  });

  it('hashes a foreign instruction with its keys’ bits as the message merges them, and keeps it behind its record', () => {
    const memo = {
      kind: 'record-external',
      params: {
        external: 'instruction',
        program: 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
        accounts: [{ address: pins.vault, signer: true, writable: false }],
        data: '6869',
      },
    };
    const { parts } = compile(sipOf([memo]));
    const [, record, foreign] = parts[0]?.instructions ?? [];
    expect(foreign?.programId).toBe('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
    // The vault pays, so it is a writable signer in the message although the text says read-only.
    const expected = sha256(
      concatBytes(
        utf8ToBytes('solayer-external-v1\0'),
        new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr').toBytes(),
        new Uint8Array([1, 0]),
        new PublicKey(pins.vault).toBytes(),
        new Uint8Array([3]),
        new Uint8Array([2, 0, 0, 0]),
        hexToBytes('6869'),
      ),
    );
    expect(bytesToHex((record?.data ?? new Uint8Array()).slice(-32))).toBe(bytesToHex(expected));
  });

  it('compiles the acceptance of a hand-over as part 0 with one instruction', () => {
    const part = compileAcceptance(sipOf([example('propose-authority')]), { pins, transactionIndex: 3n });
    expect(part).toMatchObject({ part: 0, parts: 0, transactionIndex: 3n });
    expect(part.instructions.map(({ describe }) => describe)).toEqual([
      'Accept the authority offered by SIP-9',
    ]);
  });
});
