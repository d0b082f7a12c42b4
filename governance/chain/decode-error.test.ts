import { describe, expect, it } from 'vitest';
import { decodeFailure } from './decode-error.ts';

const PAYER = 'So11111111111111111111111111111111111111112';
const VAULT = 'SysvarC1ock11111111111111111111111111111111';
const SQUADS = 'SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf';
const OURS = '3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6';
const hints = {
  feePayer: PAYER,
  accounts: [PAYER, VAULT],
  programs: ['ComputeBudget111111111111111111111111111111', SQUADS],
};

describe('decodeFailure', () => {
  it('names the inner program that refused, not the one that called it', () => {
    const logs = [
      `Program ${SQUADS} invoke [1]`,
      `Program ${OURS} invoke [2]`,
      'Program log: AnchorError thrown in src/guard.rs:10. Error Code: MembersChanged. Error Number: 6009. Error Message: x.',
      `Program ${OURS} failed: custom program error: 0x1779`,
      `Program ${SQUADS} failed: custom program error: 0x1779`,
    ];
    expect(decodeFailure({ InstructionError: [1, { Custom: 6009 }] }, logs, hints)).toMatchObject({
      code: 'PROGRAM_ERROR',
      program: OURS,
      number: 6009,
      name: 'MembersChanged',
      instruction: 1,
    });
  });

  it('falls back to the table of names, then to the number', () => {
    const names = { [SQUADS]: { 6005: 'NotAMember' } };
    expect(decodeFailure({ InstructionError: [1, { Custom: 6005 }] }, [], { ...hints, names })).toMatchObject(
      {
        program: SQUADS,
        name: 'NotAMember',
      },
    );
    expect(
      decodeFailure({ InstructionError: [1, { Custom: 6006 }] }, [], { ...hints, names }),
    ).not.toHaveProperty('name');
  });

  it('says who lacks lamports', () => {
    const short = [
      'Program 11111111111111111111111111111111 invoke [3]',
      'Transfer: insufficient lamports 7, need 1280640',
      'Program 11111111111111111111111111111111 failed: custom program error: 0x1',
    ];
    const code = 'INSUFFICIENT_LAMPORTS';
    expect(
      decodeFailure({ InstructionError: [1, { Custom: 1 }] }, short, { ...hints, rentPayer: VAULT }),
    ).toMatchObject({
      code,
      address: VAULT,
      reason: 'it has 7, 1280640 are needed',
    });
    expect(decodeFailure('InsufficientFundsForFee', [], hints)).toMatchObject({ code, address: PAYER });
    expect(decodeFailure('AccountNotFound', [], hints)).toMatchObject({ code, address: PAYER });
    expect(decodeFailure({ InsufficientFundsForRent: { account_index: 1 } }, [], hints)).toMatchObject({
      code,
      address: VAULT,
    });
  });

  it('puts every other error into words', () => {
    expect(decodeFailure('BlockhashNotFound', [], hints)).toMatchObject({
      code: 'TRANSACTION_FAILED',
      reason: 'blockhash not found',
    });
    expect(decodeFailure({ InstructionError: [1, 'ProgramFailedToComplete'] }, [], hints)).toMatchObject({
      code: 'TRANSACTION_FAILED',
      reason: `program failed to complete in program ${SQUADS}`,
    });
    expect(decodeFailure({ Strange: 1 }, [], hints)).toMatchObject({
      code: 'TRANSACTION_FAILED',
      reason: '{"Strange":1}',
    });
  });
});
