import { beforeEach, describe, expect, it } from 'vitest';
import { runAsBatch } from './support/batch.ts';
import { Council } from './support/council.ts';
import { acceptance, newCouncil, offerTo } from './support/handover.ts';
import { pause, proposeAuthority, recordExternal, setRoles } from './support/instructions.ts';
import { addressOf, freshAddress, NO_KEY, pdas, succeeded, World } from './support/world.ts';

/** Ways around a guard that only compares the slot, the council of today or the account; each is closed. */

let w: World;
beforeEach(() => {
  w = new World();
});

const record = () => recordExternal(w, 0, freshAddress(), new Uint8Array(32));
const nobody = { epochAdmin: NO_KEY, guardian: NO_KEY, gatekeeper: NO_KEY };

describe('hole 1: the same slot is not the same message', () => {
  it('refuses a stale message without begin_sip in the slot of another SIP', () => {
    const rider = w.council.approved([setRoles(w, nobody)(8)]);
    w.council.change({ __kind: 'SetTimeLock', newTimeLock: 700 });
    succeeded(w.enact(8, [record()]));
    expect(w.council.execute(rider).error).toBe('NoSipActive');
    expect(w.config.guardian).not.toBe(NO_KEY);
  });

  it('refuses it in the same transaction too', () => {
    const rider = w.council.approved([setRoles(w, nobody)(8)]);
    const index = w.approved(8, [record()]);
    w.council.passTimeLock();
    const both = [index, rider].map((at) => w.council.executeInstruction(at));
    expect(w.chain.send(both, [w.council.first]).error).toBe('NoSipActive');
  });
});

describe('hole 2: floors look at today’s council, not at the approvals', () => {
  it('refuses what one member approved while the threshold was 1, restored since', () => {
    w.council.change({ __kind: 'ChangeThreshold', newThreshold: 1 });
    const index = w.approved(2, [record()]);
    w.council.change({ __kind: 'ChangeThreshold', newThreshold: 2 });
    w.council.passTimeLock();
    expect(w.council.execute(index).error).toBe('StaleCouncilTransaction');
  });

  it('refuses what stood while the time lock was lowered, restored since', () => {
    const index = w.approved(2, [record()]);
    w.council.change({ __kind: 'SetTimeLock', newTimeLock: 0 });
    w.council.change({ __kind: 'SetTimeLock', newTimeLock: 600 });
    w.council.passTimeLock();
    expect(w.council.execute(index).error).toBe('StaleCouncilTransaction');
  });

  it('refuses an index other than that of the transaction being executed', () => {
    for (const offset of [-1n, 1n]) {
      const councilTx = w.council.nextIndex + offset;
      expect(w.enact(2, [record()], { councilTx }).error).toBe('StaleCouncilTransaction');
    }
  });

  it('refuses the very index up to which the council has made transactions stale', () => {
    const index = w.approved(2, [record()]);
    w.council.passTimeLock();
    const { owner, data } = w.chain.account(w.council.address)!;
    new DataView(data.buffer, data.byteOffset).setBigUint64(86, index, true);
    w.chain.setAccount(w.council.address, addressOf(owner), data);
    expect(w.council.execute(index).error).toBe('StaleCouncilTransaction');
  });

  it('refuses a batch of Squads, whose transactions are no vault transactions', () => {
    const outcome = runAsBatch(w.council, (index) => [w.begin(2, 1, { councilTx: index }), record()(2)]);
    expect(outcome.error).toBe('StaleCouncilTransaction');
  });

  it('takes no other account for the instructions sysvar', () => {
    const outcome = w.enact(2, [record()], { accounts: { instructions: freshAddress() } });
    expect(outcome.error).toBe('anchor:ConstraintAddress');
  });
});

describe('hole 3: a record that is only ever created makes part 2 impossible', () => {
  const part = (part: number, changed = {}) => w.approved(20, [record()], { part, parts: 2, ...changed });

  it('runs the parts once each, in order, of one digest', () => {
    const second = part(2);
    const first = part(1);
    const firstAgain = part(1);
    const otherText = part(2, { digest: new Uint8Array(32).fill(8) });
    const otherCount = part(2, { parts: 3 });
    const secondAgain = part(2);
    w.council.passTimeLock();
    expect(w.council.execute(second).error).toBe('SipPartOutOfOrder');
    expect(w.council.execute(first).error).toBe('');
    expect(w.council.execute(firstAgain).error).toBe('SipPartOutOfOrder');
    expect(w.council.execute(otherText).error).toBe('SipMismatch');
    expect(w.council.execute(otherCount).error).toBe('SipMismatch');
    expect(w.council.execute(second).error).toBe('');
    expect(w.council.execute(secondAgain).error).toBe('SipPartOutOfOrder');
    expect(w.chain.read('SipRecord', pdas.sipRecord(20))).toMatchObject({ part: 2, parts: 2, actions: 0 });
  });

  it('refuses another text under a number that has been used', () => {
    succeeded(w.enact(2, [record()]));
    expect(w.enact(2, [record()], { digest: new Uint8Array(32) }).error).toBe('SipMismatch');
    expect(w.enact(2, [record()]).error).toBe('SipPartOutOfOrder');
  });
});

describe('hole 4: a foreign instruction of the message may hold the vault’s signature', () => {
  /** A multisig of a stranger with our vault as a member: Squads itself carries the signature one level up. */
  const trampoline = (build: Parameters<Council['approved']>[0]) => {
    const stranger = new Council(w.chain, {
      masks: [7],
      threshold: 1,
      timeLock: 0,
      others: [w.council.vault],
    });
    return stranger.executeInstruction(stranger.approved(build), w.council.vault);
  };

  it('begins no second SIP behind the reviewed one', () => {
    const foreign = trampoline([w.begin(66, 1), pause(w)(66)]);
    expect(w.council.run([w.begin(2, 1), record()(2), foreign]).error).toBe('NotCalledDirectly');
    expect(w.config.pause).toBe('off');
  });

  it('begins none that does nothing yet either: its number would be taken', () => {
    const foreign = trampoline([w.begin(66, 1)]);
    expect(w.council.run([w.begin(2, 1), record()(2), foreign]).error).toBe('NotCalledDirectly');
    expect(w.chain.account(pdas.sipRecord(66))).toBeNull();
  });

  it('spends nothing of what the reviewed SIP announced', () => {
    const foreign = trampoline([pause(w)(2)]);
    expect(w.council.run([w.begin(2, 1), foreign]).error).toBe('NotCalledDirectly');
  });

  it('accepts no authority for a new council', () => {
    const council = newCouncil(w);
    const sip = w.done(proposeAuthority(w, offerTo(council, w.chain.now + 10_000n)));
    const stranger = new Council(w.chain, { masks: [7], threshold: 1, timeLock: 0, others: [council.vault] });
    const hidden = stranger.approved([acceptance(council, sip)]);
    const outcome = council.run([stranger.executeInstruction(hidden, council.vault)]);
    expect(outcome.error).toBe('NotCalledDirectly');
  });
});
