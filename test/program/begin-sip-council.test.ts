import { Keypair, SystemProgram } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { Council } from './support/council.ts';
import { SQUADS_ID } from './support/ids.ts';
import { recordExternal } from './support/instructions.ts';
import { addressOf, freshAddress, pdas, succeeded, World } from './support/world.ts';

/** What `begin_sip` asks of the council at the moment of execution. Squads alone asks none of it. */

let w: World;
beforeEach(() => {
  w = new World();
});

const record = () => recordExternal(w, 0, freshAddress(), new Uint8Array(32));
const newMember = { key: Keypair.generate().publicKey, permissions: { mask: 7 } };

/** `config_authority` in a multisig account. */
const CONFIG_AUTHORITY = 40;

describe('begin_sip and the council', () => {
  it('refuses after a member was added, while Squads executes its own stale approvals', () => {
    const index = w.approved(2, [record()]);
    const transfer = { fromPubkey: w.council.vault, toPubkey: w.outsider.publicKey, lamports: 1_000 };
    const plain = w.council.approved([SystemProgram.transfer(transfer)]);
    w.council.change({ __kind: 'AddMember', newMember });
    expect(w.council.execute(plain).error).toBe('');
    expect(w.council.execute(index).error).toBe('MembersChanged');
  });

  it('refuses after a member’s permissions changed', () => {
    const index = w.approved(2, [record()]);
    const { publicKey: key } = w.council.members[2] as Keypair;
    w.council.change(
      { __kind: 'RemoveMember', oldMember: key },
      { __kind: 'AddMember', newMember: { key, permissions: { mask: 4 } } },
    );
    expect(w.council.execute(index).error).toBe('MembersChanged');
  });

  it('refuses a hash that is not the members’', () => {
    expect(w.enact(2, [record()], { membersHash: new Uint8Array(32) }).error).toBe('MembersChanged');
  });

  it('refuses a time lock below the floor, even for a SIP approved under it', () => {
    const index = w.approved(2, [record()]);
    w.council.change({ __kind: 'SetTimeLock', newTimeLock: 299 });
    expect(w.council.execute(index).error).toBe('TimeLockTooLow');
    expect(w.enact(3, [record()]).error).toBe('TimeLockTooLow');
    w.council.change({ __kind: 'SetTimeLock', newTimeLock: 300 });
    expect(w.enact(3, [record()]).error).toBe('');
  });

  it('refuses a threshold below the floor', () => {
    const index = w.approved(2, [record()]);
    w.council.change({ __kind: 'ChangeThreshold', newThreshold: 1 });
    expect(w.council.execute(index).error).toBe('ThresholdTooLow');
    expect(w.enact(3, [record()]).error).toBe('ThresholdTooLow');
  });

  it('reads a council with a rent collector, whose members stand 32 bytes further on', () => {
    const index = w.approved(2, [record()]);
    w.council.change({ __kind: 'SetRentCollector', newRentCollector: w.outsider.publicKey });
    expect(w.council.execute(index).error).toBe('');
  });

  it('refuses a council that someone controls from outside', () => {
    const index = w.approved(2, [record()]);
    const account = w.chain.account(w.council.address);
    account?.data.set(w.outsider.publicKey.toBytes(), CONFIG_AUTHORITY);
    w.chain.setAccount(w.council.address, SQUADS_ID, account?.data ?? new Uint8Array());
    w.council.passTimeLock();
    expect(w.council.execute(index).error).toBe('CouncilControlled');
  });

  it('refuses another council’s account in the place of its own', () => {
    const other = new Council(w.chain);
    const outcome = w.enact(2, [record()], { accounts: { council: other.address } });
    expect(outcome.error).toBe('WrongCouncil');
  });

  it('refuses a look-alike of the council that another program owns', () => {
    const council = freshAddress();
    w.chain.setAccount(
      council,
      addressOf(SystemProgram.programId),
      w.chain.account(w.council.address)?.data ?? new Uint8Array(),
    );
    expect(w.enact(2, [record()], { accounts: { council } }).error).toBe('WrongCouncil');
  });

  it('refuses another council that signs with its own vault', () => {
    const other = new Council(w.chain);
    expect(other.run([w.begin(2, 1, {}, other)]).error).toBe('NotAuthority');
  });

  it('refuses another council that names ours: the vault’s signature is missing', () => {
    const other = new Council(w.chain);
    const begin = w.begin(2, 1, { accounts: { authority: other.vaultAddress }, councilTx: other.nextIndex });
    expect(other.run([begin]).error).toBe('NotAuthority');
    expect(w.chain.account(pdas.sipRecord(2))).toBeNull();
  });

  it('hashes five members of different permissions in stored order', () => {
    const five = new World({ masks: [7, 7, 7, 1, 7], threshold: 3 });
    succeeded(five.enact(2, [recordExternal(five, 0, freshAddress(), new Uint8Array(32))]));
  });
});
