import { PublicKey } from '@solana/web3.js';
import { getVaultPda } from '@sqds/multisig';
import { beforeEach, describe, expect, it } from 'vitest';
import { vaultOf } from '#governance/restaking/pdas.ts';
import { Variant } from '#governance/restaking/plain.ts';
import type { Address } from '#governance/types.ts';
import { LOADER_ID, SQUADS_ID, SYSTEM_ID } from './support/ids.ts';
import { addressOf, FLOORS, freshAddress, key, NO_KEY, pdas, World } from './support/world.ts';

let w: World;
beforeEach(() => {
  w = new World({ bare: true });
});

type Args = Parameters<World['initialize']>[1];
type Accounts = Parameters<World['initialize']>[2];
const initialize = (args: Args = {}, accounts: Accounts = {}, floors = FLOORS) =>
  w.chain.send([w.initialize(floors, args, accounts)], [w.upgradeAuthority]);

/** The council's own bytes, changed, at another address; the authority that its vault would be. */
function lookAlike(change: (data: Uint8Array) => Uint8Array, owner = SQUADS_ID) {
  const venueAccount = freshAddress();
  const data = change(w.chain.account(w.council.address)?.data ?? new Uint8Array());
  w.chain.setAccount(venueAccount, owner, data);
  return initialize({ authority: key(vaultOf(venueAccount)) }, { venueAccount });
}

const patched =
  (at: number, ...bytes: number[]) =>
  (data: Uint8Array) => {
    data.set(bytes, at);
    return data;
  };

describe('initialize', () => {
  it('writes the whole configuration and tells of it', () => {
    const outcome = initialize();
    expect(outcome.error).toBe('');
    const guard = {
      venue: 'squads',
      venueAccount: w.council.address,
      floors: FLOORS,
      voteGovernance: NO_KEY,
    };
    const roles = {
      authority: w.council.vaultAddress,
      epochAdmin: addressOf(w.epochAdmin.publicKey),
      guardian: addressOf(w.guardian.publicKey),
      gatekeeper: addressOf(w.gatekeeper.publicKey),
    };
    expect(w.config).toMatchObject({
      ...roles,
      guard,
      pause: 'off',
      guardianPausedAt: 0n,
      nextEpoch: 0,
      nextActivation: 0,
      activeEpoch: null,
      withdrawalsOpen: false,
      sip: 0,
    });
    expect(w.config.pending.authority).toBe(NO_KEY);
    expect(outcome.events).toEqual([{ name: 'Initialized', data: { ...roles, guard } }]);
  });

  it('runs once', () => {
    expect(initialize().error).toBe('');
    expect(initialize().error).toBe(`${SYSTEM_ID}:0`);
  });

  it('is not blocked by lamports at its address', () => {
    w.chain.prefund(pdas.config, 1n);
    expect(initialize().error).toBe('');
  });

  it('takes the upgrade authority of ProgramData and nobody else', () => {
    const outsider = addressOf(w.outsider.publicKey);
    const instruction = w.initialize(FLOORS, {}, { payer: outsider, upgradeAuthority: outsider });
    expect(w.chain.send([instruction], [w.outsider]).error).toBe('NotUpgradeAuthority');
  });

  it('takes nobody once the program can no longer be upgraded', () => {
    w.chain.setUpgradeAuthority(null);
    expect(initialize().error).toBe('NotUpgradeAuthority');
  });

  it('reads the ProgramData of this program, not of one whose upgrade authority signs', () => {
    const programData = freshAddress();
    w.chain.setAccount(
      programData,
      LOADER_ID,
      w.chain.account(w.chain.programData)?.data ?? new Uint8Array(),
    );
    expect(initialize({}, { programData }).error).toBe('NotUpgradeAuthority');
  });

  it('refuses Realms until the program can read a governance', () => {
    expect(initialize({ venue: new Variant('realms') }).error).toBe('VenueUnsupported');
  });

  it('wants vault 0 of that multisig as the authority', () => {
    const [vault1] = getVaultPda({ multisigPda: w.council.multisig, index: 1 });
    for (const authority of [vault1, w.council.multisig, w.outsider.publicKey, PublicKey.default])
      expect(initialize({ authority }).error).toBe('AuthorityNotVault');
  });

  it('wants floors of at least 1 that the council meets', () => {
    for (const [minThreshold, minTimeLock, error] of [
      [0, 300, 'FloorInvalid'],
      [3, 300, 'FloorInvalid'],
      [2, 601, 'FloorInvalid'],
      [2, 600, ''],
    ] as const)
      expect(initialize({}, {}, { minThreshold, minTimeLock }).error).toBe(error);
  });

  it('refuses a council that someone controls from outside', () => {
    w = new World({ bare: true, configAuthority: w.outsider.publicKey });
    expect(initialize().error).toBe('CouncilControlled');
  });

  it('refuses what only looks like a multisig', () => {
    const same = (data: Uint8Array) => data;
    /** rent_collector's option byte, then behind it and the bump the number of members. */
    const [option, count] = [94, 96];
    const cases: [string, (data: Uint8Array) => Uint8Array, Address?][] = [
      ['other owner', same, SYSTEM_ID],
      ['other discriminator', patched(0, 0)],
      ['no data', () => new Uint8Array()],
      ['cut in the header', (data) => data.slice(0, 60)],
      ['cut behind the header', (data) => data.slice(0, 95)],
      ['cut in the members', (data) => data.slice(0, 120)],
      ['an option that is neither', patched(option, 2)],
      ['more members than bytes', patched(count, 255)],
      ['members beyond any length', patched(count, 255, 255, 255, 255)],
    ];
    for (const [name, change, owner] of cases)
      expect([name, lookAlike(change, owner).error]).toEqual([name, 'NotACouncil']);
    expect(lookAlike(same).error).toBe('');
  });
});
