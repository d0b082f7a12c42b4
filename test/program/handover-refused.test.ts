import { beforeEach, describe, expect, it } from 'vitest';
import type { Council } from './support/council.ts';
import { type AcceptanceOverrides, acceptance, newCouncil, offerTo } from './support/handover.ts';
import { type Offer, proposeAuthority } from './support/instructions.ts';
import { addressOf, DAY, digestOf, FLOORS, freshAddress, NO_KEY, succeeded, World } from './support/world.ts';

let w: World;
let council: Council;
beforeEach(() => {
  w = new World();
  council = newCouncil(w);
});

const until = () => w.chain.now + 30n * DAY;
const propose = (changed: Partial<Offer> = {}) =>
  w.bySip(proposeAuthority(w, offerTo(council, until(), changed)));
const offered = (changed: Partial<Offer> = {}) =>
  w.done(proposeAuthority(w, offerTo(council, until(), changed)));
const accept = (sip: number, o: AcceptanceOverrides = {}) => council.run([acceptance(council, sip, o)]);

describe('propose_authority refuses', () => {
  it('Realms, until the program can read a governance', () => {
    expect(propose({ venue: 'realms' }).error).toBe('VenueUnsupported');
  });

  it('an authority that is not vault 0 of the multisig', () => {
    for (const newAuthority of [council.address, w.council.vaultAddress, freshAddress()])
      expect(propose({ newAuthority }).error).toBe('AuthorityNotVault');
  });

  it('a floor of no approvals, and takes one of one', () => {
    expect(propose({ floors: { minThreshold: 0, minTimeLock: 900 } }).error).toBe('FloorInvalid');
    expect(propose({ floors: { minThreshold: 1, minTimeLock: 900 } }).error).toBe('');
  });

  it('an offer that is over when it is made', () => {
    // The SIP executes one time lock after it is written.
    const execution = w.chain.now + 600n;
    expect(propose({ expiresAt: execution }).error).toBe('HandoverExpired');
    expect(propose({ expiresAt: 0n }).error).toBe('HandoverExpired');
  });
});

describe('accept_authority refuses', () => {
  it('where nothing is offered, nothing any more, and the second time', () => {
    expect(accept(2).error).toBe('NoHandoverPending');
    const sip = offered();
    w.done(proposeAuthority(w, offerTo(council, 0n, { newAuthority: NO_KEY })));
    expect(accept(sip).error).toBe('NoHandoverPending');
    const again = offered();
    succeeded(accept(again));
    expect(accept(again).error).toBe('NoHandoverPending');
  });

  it('another SIP or digest than the offer’s', () => {
    const sip = offered();
    expect(accept(sip + 1).error).toBe('HandoverMismatch');
    expect(accept(sip, { digest: new Uint8Array(32) }).error).toBe('HandoverMismatch');
    expect(accept(sip + 1, { digest: digestOf(sip) }).error).toBe('HandoverMismatch');
  });

  it('one second after the offer ends', () => {
    const expiresAt = w.chain.now + 10_000n;
    const sip = offered({ expiresAt });
    const [index, second] = [0, 1].map(() => council.approved([acceptance(council, sip)]));
    w.chain.advance(expiresAt + 1n - w.chain.now);
    expect(council.execute(index as bigint).error).toBe('HandoverExpired');
    // Back to the last second: the same approvals would have done.
    w.chain.advance(-1);
    expect(council.execute(second as bigint).error).toBe('');
  });

  it('a council whose offer was replaced', () => {
    const sip = offered();
    const other = newCouncil(w);
    w.done(proposeAuthority(w, offerTo(other, until())));
    expect(accept(sip).error).toBe('NotAuthority');
  });

  it('another council, with its own vault or the other’s account', () => {
    const sip = offered();
    const other = newCouncil(w);
    expect(other.run([acceptance(other, sip)]).error).toBe('NotAuthority');
    expect(accept(sip, { accounts: { council: other.address } }).error).toBe('WrongCouncil');
    const instructions = freshAddress();
    expect(accept(sip, { accounts: { instructions } }).error).toBe('anchor:ConstraintAddress');
    expect(w.council.run([acceptance(w.council, sip)]).error).toBe('NotAuthority');
  });

  it('a single key, whoever holds it', () => {
    const sip = offered();
    const authority = addressOf(w.outsider.publicKey);
    const alone = acceptance(council, sip, { accounts: { authority } });
    expect(w.chain.send([alone], [w.outsider]).error).toBe('NotCalledDirectly');
  });

  it('a council below the floors that it was offered', () => {
    const low = offered({ floors: { minThreshold: 3, minTimeLock: 900 } });
    expect(accept(low).error).toBe('ThresholdTooLow');
    const fast = offered({ floors: { minThreshold: 2, minTimeLock: 901 } });
    expect(accept(fast).error).toBe('TimeLockTooLow');
  });

  it('a council that someone controls from outside', () => {
    council = newCouncil(w, { configAuthority: w.outsider.publicKey });
    expect(accept(offered()).error).toBe('CouncilControlled');
  });

  it('a transaction that is stale or another than named', () => {
    const sip = offered();
    const index = council.approved([acceptance(council, sip)]);
    council.change({ __kind: 'SetTimeLock', newTimeLock: 1_000 });
    council.passTimeLock();
    expect(council.execute(index).error).toBe('StaleCouncilTransaction');
    expect(accept(sip, { councilTx: index }).error).toBe('StaleCouncilTransaction');
  });

  it('no change of the new council’s members, which are its own affair until it holds the power', () => {
    const sip = offered({ floors: FLOORS });
    council.change({
      __kind: 'AddMember',
      newMember: { key: w.outsider.publicKey, permissions: { mask: 1 } },
    });
    expect(accept(sip).error).toBe('');
  });
});
