import {
  AuthorityType,
  createApproveCheckedInstruction,
  createApproveInstruction,
  createAssociatedTokenAccountIdempotentInstruction,
  createAssociatedTokenAccountInstruction,
  createBurnCheckedInstruction,
  createBurnInstruction,
  createCloseAccountInstruction,
  createFreezeAccountInstruction,
  createMintToCheckedInstruction,
  createMintToInstruction,
  createRevokeInstruction,
  createSetAuthorityInstruction,
  createThawAccountInstruction,
  createTransferCheckedInstruction,
  createTransferInstruction,
  TOKEN_2022_PROGRAM_ID,
} from '@solana/spl-token';
import {
  Keypair,
  type PublicKey,
  StakeAuthorizationLayout,
  StakeProgram,
  SystemProgram,
  type TransactionInstruction,
} from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import type { Address } from '../types.ts';
import { describeForeign } from './index.ts';

/** Against what the programs' own libraries build; the upgradeable loader has none, its layouts stand here again. */

const [a, b, c, d] = [1, 2, 3, 4].map(
  (seed) => Keypair.fromSeed(new Uint8Array(32).fill(seed)).publicKey,
) as [PublicKey, PublicKey, PublicKey, PublicKey];
const loader = (tag: number, accounts: number, rest: readonly number[] = []) => ({
  programId: 'BPFLoaderUpgradeab1e11111111111111111111111' as Address,
  accounts: [a, b, c, d, a, b, c].slice(0, accounts).map((key) => key.toBase58() as Address),
  data: Uint8Array.from([tag, 0, 0, 0, ...rest]),
});
const plain = ({ programId, keys, data }: TransactionInstruction) => ({
  programId: programId.toBase58() as Address,
  accounts: keys.map(({ pubkey }) => pubkey.toBase58() as Address),
  data: new Uint8Array(data),
});
const first = ({ instructions }: { readonly instructions: TransactionInstruction[] }) => instructions[0]!;
const named = (sentence: string | undefined): string | undefined =>
  Object.entries({ a, b, c, d }).reduce<string | undefined>(
    (text, [name, key]) => text?.replaceAll(key.toBase58(), name),
    sentence,
  );

const SYSTEM: readonly (readonly [TransactionInstruction, string])[] = [
  [
    SystemProgram.transfer({ fromPubkey: a, toPubkey: b, lamports: 1_500_000_000 }),
    'Transfer 1.5 SOL from a to b',
  ],
  [
    SystemProgram.createAccount({
      ...{ fromPubkey: a, newAccountPubkey: b, lamports: 2_000_000, space: 165 },
      programId: c,
    }),
    'Create the account b of 165 bytes for the program c, with 0.002 SOL from a',
  ],
  [SystemProgram.assign({ accountPubkey: a, programId: b }), 'Give the account a to the program b'],
  [SystemProgram.allocate({ accountPubkey: a, space: 80 }), 'Give the account a 80 bytes of space'],
  [
    SystemProgram.nonceAdvance({ noncePubkey: a, authorizedPubkey: b }),
    'Advance the durable nonce a, as its authority b',
  ],
  [
    SystemProgram.nonceWithdraw({ noncePubkey: a, authorizedPubkey: b, toPubkey: c, lamports: 1 }),
    'Withdraw 0.000000001 SOL from the durable nonce a to c',
  ],
  [
    SystemProgram.nonceAuthorize({ noncePubkey: a, authorizedPubkey: b, newAuthorizedPubkey: c }),
    'Make c the authority of the durable nonce a',
  ],
  [
    SystemProgram.nonceInitialize({ noncePubkey: a, authorizedPubkey: b }),
    'Make a a durable nonce with the authority b',
  ],
];

const TOKEN: readonly (readonly [TransactionInstruction, string])[] = [
  [createTransferInstruction(a, b, c, 7n), 'Transfer 7 base units from the token account a to b, as c'],
  [
    createTransferCheckedInstruction(a, b, c, d, 12_500_000_000n, 9, [], TOKEN_2022_PROGRAM_ID),
    'Transfer 12.5 tokens of b from the token account a to c, as d',
  ],
  [createApproveInstruction(a, b, c, 1n), 'Let b spend 1 base unit of the token account a, as c'],
  [
    createApproveCheckedInstruction(a, b, c, d, 5n, 0),
    'Let c spend 5 tokens of b in the token account a, as d',
  ],
  [createRevokeInstruction(a, b), 'Let nobody but its owner b spend from the token account a'],
  [createSetAuthorityInstruction(a, b, AuthorityType.MintTokens, c), 'Make c the mint authority of a, as b'],
  [
    createSetAuthorityInstruction(a, b, AuthorityType.FreezeAccount, null),
    'Take the freeze authority of a away for ever, as b',
  ],
  [createSetAuthorityInstruction(a, b, AuthorityType.AccountOwner, c), 'Make c the owner of a, as b'],
  [createMintToInstruction(a, b, c, 9n), 'Mint 9 base units of a into the token account b, as c'],
  [createMintToCheckedInstruction(a, b, c, 10n, 1), 'Mint 1 tokens of a into the token account b, as c'],
  [createBurnInstruction(a, b, c, 9n), 'Burn 9 base units of b in the token account a, as c'],
  [createBurnCheckedInstruction(a, b, c, 15n, 1), 'Burn 1.5 tokens of b in the token account a, as c'],
  [createCloseAccountInstruction(a, b, c), 'Close the token account a; its SOL goes to b, as c'],
  [createFreezeAccountInstruction(a, b, c), 'Freeze the token account a of b, as c'],
  [createThawAccountInstruction(a, b, c), 'Thaw the token account a of b, as c'],
  [createAssociatedTokenAccountInstruction(a, b, c, d), 'Create the token account b of c for d, paid by a'],
  [
    createAssociatedTokenAccountIdempotentInstruction(a, b, c, d),
    'Create the token account b of c for d, paid by a',
  ],
];

const { Staker, Withdrawer } = StakeAuthorizationLayout;
const STAKE: readonly (readonly [TransactionInstruction, string])[] = [
  [
    first(
      StakeProgram.authorize({
        ...{ stakePubkey: a, authorizedPubkey: b, newAuthorizedPubkey: c, stakeAuthorizationType: Staker },
      }),
    ),
    'Make c the staker of the stake account a, as b',
  ],
  [
    first(
      StakeProgram.authorize({
        ...{
          stakePubkey: a,
          authorizedPubkey: b,
          newAuthorizedPubkey: c,
          stakeAuthorizationType: Withdrawer,
        },
      }),
    ),
    'Make c the withdrawer of the stake account a, as b',
  ],
  [
    first(StakeProgram.delegate({ stakePubkey: a, authorizedPubkey: b, votePubkey: c })),
    'Delegate the stake account a to the vote account c',
  ],
  [
    StakeProgram.split(
      { stakePubkey: a, authorizedPubkey: b, splitStakePubkey: c, lamports: 10 ** 9 },
      0,
    ).instructions.at(-1)!,
    'Split 1 SOL of the stake account a off into c',
  ],
  [
    first(StakeProgram.withdraw({ stakePubkey: a, authorizedPubkey: b, toPubkey: c, lamports: 5 * 10 ** 8 })),
    'Withdraw 0.5 SOL from the stake account a to c',
  ],
  [first(StakeProgram.deactivate({ stakePubkey: a, authorizedPubkey: b })), 'Deactivate the stake account a'],
  [
    first(StakeProgram.merge({ stakePubkey: a, sourceStakePubKey: b, authorizedPubkey: c })),
    'Merge the stake account b into a',
  ],
];

describe.each([
  ['the system program', SYSTEM],
  ['the token programs', TOKEN],
  ['the stake program', STAKE],
])('of %s', (_, cases) => {
  it.each(cases.map(([instruction, sentence]) => [sentence, instruction] as const))(
    '%s',
    (sentence, instruction) => {
      expect(named(describeForeign(plain(instruction)))).toBe(sentence);
    },
  );

  it('a byte more, a byte less or an account too few is not read', () => {
    for (const [instruction] of cases) {
      const whole = plain(instruction);
      const more = { ...whole, data: Uint8Array.from([...whole.data, 2]) };
      expect(describeForeign(more)).toBeUndefined();
      if (whole.data.length > 1)
        expect(describeForeign({ ...whole, data: whole.data.slice(0, -1) })).not.toBe(describeForeign(whole));
      expect(describeForeign({ ...whole, accounts: [] })).toBeUndefined();
    }
  });
});

describe('of the upgradeable loader', () => {
  it.each([
    [
      loader(3, 7),
      'Upgrade the program b to what the buffer c holds, as its authority c; the buffer’s SOL goes to d',
    ],
    [loader(4, 3), 'Make c the upgrade authority of a (a program’s data or a buffer), in place of b'],
    [loader(4, 2), 'Take the upgrade authority b of a away for ever: nobody can upgrade it then'],
    [loader(5, 3), 'Close a of the upgradeable loader for ever; its SOL goes to b'],
    [loader(6, 2, [16, 39, 0, 0]), 'Extend the program b by 10000 bytes'],
    [
      loader(7, 3),
      'Make c, which signs too, the upgrade authority of a (a program’s data or a buffer), in place of b',
    ],
  ])('%#', (instruction, sentence) => expect(named(describeForeign(instruction))).toBe(sentence));

  it('what is no such instruction is not read', () => {
    for (const instruction of [loader(3, 6), loader(3, 7, [0]), loader(7, 2), loader(99, 7), loader(6, 2)])
      expect(describeForeign(instruction)).toBeUndefined();
  });
});

describe('a memo', () => {
  const memo = (text: string) =>
    describeForeign({
      programId: 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr' as Address,
      accounts: [],
      data: new TextEncoder().encode(text),
    });

  it('is quoted where it is short and plain, and counted otherwise', () => {
    expect(memo('SIP')).toBe('Write a memo of 3 bytes: "SIP"');
    expect(memo('a"b')).toBe('Write a memo of 3 bytes: "a\\"b"');
    expect(memo('x\u202e')).toBe('Write a memo of 4 bytes');
    expect(memo('x'.repeat(121))).toBe('Write a memo of 121 bytes');
  });
});

it('an instruction of another program, or another one of a known program, is not read', () => {
  const data = new Uint8Array(4);
  expect(describeForeign({ programId: a.toBase58() as Address, accounts: [], data })).toBeUndefined();
  for (const programId of ['11111111111111111111111111111111', 'Stake11111111111111111111111111111111111111'])
    expect(
      describeForeign({ programId: programId as Address, accounts: [], data: Uint8Array.of(200, 0, 0, 0) }),
    ).toBeUndefined();
});
