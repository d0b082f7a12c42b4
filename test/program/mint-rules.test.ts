import { Keypair } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { active, deposit } from './support/epochs.ts';
import { type WhitelistArgs, whitelistLst } from './support/instructions.ts';
import { createLst, depositor, type Extension, type MintOptions, tokenAccount } from './support/lst.ts';
import { addressOf, freshAddress, succeeded, World } from './support/world.ts';

/** Which mints may become a pool. Token-2022 mints are written as bytes: one extension of each type. */

let w: World;
beforeEach(() => {
  w = new World();
});

const whitelist = (mint: MintOptions, args: WhitelistArgs = {}) =>
  w.bySip(whitelistLst(w, createLst(w.chain, mint), args)).error;
const token2022 = (...extensions: Extension[]): MintOptions => ({ tokenProgram: 'token-2022', extensions });

const key = () => [...Keypair.generate().publicKey.toBytes()];
const string = (text: string) => [text.length, 0, 0, 0, ...new TextEncoder().encode(text)];
/** Type and value of the extensions that only describe a token, in the layout of the token-metadata and group interfaces. */
const DESCRIBING: readonly Extension[] = [
  { type: 18, value: Uint8Array.from([...key(), ...key()]) },
  {
    type: 19,
    value: Uint8Array.from([
      ...key(),
      ...key(),
      ...['Test SOL', 'tSOL', 'https://x.example'].flatMap(string),
      0,
      0,
      0,
      0,
    ]),
  },
  { type: 20, value: Uint8Array.from([...key(), ...key()]) },
  { type: 21, value: Uint8Array.from([...key(), ...key(), ...new Uint8Array(16)]) },
  { type: 22, value: Uint8Array.from([...key(), ...key()]) },
  { type: 23, value: Uint8Array.from([...key(), ...key(), ...new Uint8Array(8)]) },
];

/** Types of Token-2022 today with the lengths of their values; account extensions are among them. */
const REFUSED: readonly (readonly [type: number, name: string, length: number])[] = [
  [1, 'TransferFeeConfig', 108],
  [2, 'TransferFeeAmount', 8],
  [3, 'MintCloseAuthority', 32],
  [4, 'ConfidentialTransferMint', 65],
  [5, 'ConfidentialTransferAccount', 295],
  [6, 'DefaultAccountState', 1],
  [7, 'ImmutableOwner', 0],
  [8, 'MemoTransfer', 1],
  [9, 'NonTransferable', 0],
  [10, 'InterestBearingConfig', 52],
  [11, 'CpiGuard', 1],
  [12, 'PermanentDelegate', 32],
  [13, 'NonTransferableAccount', 0],
  [14, 'TransferHook', 64],
  [15, 'TransferHookAccount', 1],
  [16, 'ConfidentialTransferFeeConfig', 129],
  [17, 'ConfidentialTransferFeeAmount', 64],
  [24, 'ConfidentialMintBurn', 196],
  [25, 'ScaledUiAmount', 56],
  [26, 'Pausable', 33],
  [27, 'PausableAccount', 0],
  ...[28, 29, 30, 36, 255, 65_535].map((type) => [type, 'of the future', 32] as const),
];

describe('Token-2022 extensions', () => {
  it('that only describe the token are taken, alone and together', () => {
    expect(whitelist({ tokenProgram: 'token-2022' })).toBe('');
    for (const extension of DESCRIBING)
      expect([extension.type, whitelist(token2022(extension))]).toEqual([extension.type, '']);
    expect(whitelist(token2022(...DESCRIBING))).toBe('');
  });

  it.each(REFUSED)(
    'of type %i, %s, are refused, live or inert, alone or behind another',
    (type, _, length) => {
      const inert = { type, value: new Uint8Array(length) };
      const live = { type, value: new Uint8Array(length).fill(1) };
      for (const extensions of [[inert], [live], [DESCRIBING[0] as Extension, live]])
        expect(whitelist(token2022(...extensions))).toBe('MintExtensionRefused');
    },
  );

  it('end at a type of 0, where Token-2022 stops reading too', () => {
    expect(whitelist({ ...token2022(...DESCRIBING), tail: new Uint8Array(4) })).toBe('');
    expect(whitelist({ ...token2022(...DESCRIBING), tail: new Uint8Array(40) })).toBe('');
  });

  it('that are cut off are refused', () => {
    for (const tail of [[18, 0, 64, 0], [18, 0, 255, 255, 1], [1], [18, 0, 1]])
      expect(whitelist({ ...token2022(), tail: Uint8Array.from(tail) })).toBe('MintExtensionRefused');
  });

  it('leave a deposit what it is', () => {
    const lst = createLst(w.chain, token2022(...DESCRIBING));
    w.done(whitelistLst(w, lst));
    active(w, [lst]);
    const owner = depositor(w.chain, lst, 100n);
    succeeded(deposit(w, owner, lst, 60n));
    expect(tokenAccount(w.chain, lst.vault)?.amount).toBe(60n);
    expect(tokenAccount(w.chain, lst.receiptsOf(addressOf(owner.publicKey)))?.amount).toBe(60n);
  });
});

describe('decimals', () => {
  it('are those that the SIP states', () => {
    expect(whitelist({ decimals: 9 }, { decimals: 6 })).toBe('DecimalsMismatch');
    for (const decimals of [0, 18]) expect(whitelist({ decimals })).toBe('');
  });
});

describe('a freeze authority', () => {
  it('is refused unless the SIP says so in words', () => {
    for (const mint of [{}, token2022(DESCRIBING[0] as Extension)]) {
      const frozen = { ...mint, freezeAuthority: freshAddress() };
      expect(whitelist(frozen)).toBe('MintHasFreezeAuthority');
      expect(whitelist(frozen, { allowFreezeAuthority: true })).toBe('');
    }
    expect(whitelist({}, { allowFreezeAuthority: true })).toBe('');
  });
});
