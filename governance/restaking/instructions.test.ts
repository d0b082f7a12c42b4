import { PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import type { Address } from '../types.ts';
import idl from './generated/restaking.json' with { type: 'json' };
import { buildInstruction, decodeInstruction } from './instructions.ts';
import { restakingPdas } from './pdas.ts';
import { Variant } from './plain.ts';

const programId = idl.address as Address;
const pdas = restakingPdas(programId);
const vault = 'GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm' as Address;
const build = () =>
  buildInstruction(
    'set_pool_status',
    programId,
    {
      authority: vault,
      config: pdas.config,
      sipRecord: pdas.sipRecord(2),
      pool: pdas.pool(vault),
    },
    { args: { symbol: 'mSOL', status: new Variant('deposits-closed') } },
  );

describe('instructions by the IDL', () => {
  it('decodes what it builds', () => {
    const decoded = decodeInstruction(build(), programId);
    expect(decoded?.name).toBe('set_pool_status');
    expect(decoded?.args).toEqual({ symbol: 'mSOL', status: 'deposits-closed' });
    expect(decoded?.accounts.pool).toBe(pdas.pool(vault));
  });

  it('knows no instruction with a byte too many, one too few, or an account too many', () => {
    const long = build();
    long.data = Buffer.concat([long.data, Buffer.from([0])]);
    const short = build();
    short.data = short.data.subarray(0, short.data.length - 1);
    const padded = build();
    padded.keys.push({ pubkey: PublicKey.default, isSigner: false, isWritable: false });
    expect([long, short, padded].map((ix) => decodeInstruction(ix, programId))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('knows no instruction with a text beyond what the coder has room for, also once it is read', () => {
    for (const text of [Buffer.alloc(1100, 'A'), Buffer.alloc(600, 0xff)]) {
      const ix = build();
      const length = Buffer.from(new Uint32Array([text.length]).buffer);
      ix.data = Buffer.concat([ix.data.subarray(0, 8), length, text, Buffer.from([0])]);
      expect(decodeInstruction(ix, programId)).toBeUndefined();
    }
  });
});
