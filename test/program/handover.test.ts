import { beforeEach, describe, expect, it } from 'vitest';
import { compileSip } from '#governance/plan/compile.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import { parseSip } from '#governance/sip/parse.ts';
import { bytesOf, sample } from '#governance/sip/testing/sample.ts';
import type { Address } from '#governance/types.ts';
import type { Council } from './support/council.ts';
import { acceptance, newCouncil, offerTo } from './support/handover.ts';
import { PROGRAM_ID } from './support/ids.ts';
import { proposeAuthority, recordExternal } from './support/instructions.ts';
import { createLst, type Lst } from './support/lst.ts';
import { addressOf, DAY, digestOf, freshAddress, NO_KEY, pdas, succeeded, World } from './support/world.ts';

/** The way it should go; what is refused on the way: handover-refused.test.ts. */

let w: World;
let council: Council;
beforeEach(() => {
  w = new World();
  council = newCouncil(w);
});

const NONE = {
  authority: NO_KEY,
  venue: 'squads',
  venueAccount: NO_KEY,
  floors: { minThreshold: 0, minTimeLock: 0 },
  expiresAt: 0n,
  sip: 0,
  digest: Array<number>(32).fill(0),
};

/** A document of the new council: its own guardian, and an LST. */
function text(lst: Lst, guardian: Address): string {
  const header = `SIP: 9
Title: First SIP of the new council
Authors: Ada Example (@ada)
Status: Draft
Type: Standards Track
Category: Core
Created: 2027-01-10
Updated: 2027-01-11`;
  const block = `\`\`\`actions
valid-until: 2027-03-01T00:00:00Z
actions:
  - action: set-roles
    epoch-admin: none
    guardian: ${guardian}
    gatekeeper: none
  - action: whitelist-lst
    mint: ${lst.mint}
    symbol: ${lst.symbol}
    token-program: token
    decimals: 9
    cap: "250"
\`\`\``;
  return sample({ header, sections: { Specification: block } });
}

/** Compiles as a console does and runs each part. */
function enactText(by: Council, markdown: string): void {
  const { sip, findings } = parseSip(bytesOf(markdown), 'sips/sip-0009-first.md');
  if (!sip) throw new Error(JSON.stringify(findings));
  const members = by.state.members.map(({ key, permissions: { mask } }) => ({ key: addressOf(key), mask }));
  const pins = pinsOf(PROGRAM_ID, by.address);
  const compiled = compileSip(sip, { pins, members, transactionIndex: by.nextIndex });
  for (const part of compiled.parts) succeeded(by.run([], part.message));
}

describe('propose_authority', () => {
  it('stores the offer with its SIP and digest, and changes no power', () => {
    const before = w.config;
    const offer = offerTo(council, w.chain.now + 30n * DAY);
    const outcome = succeeded(w.bySip(proposeAuthority(w, offer)));
    const pending = {
      authority: council.vaultAddress,
      venue: 'squads',
      venueAccount: council.address,
      floors: offer.floors,
      expiresAt: offer.expiresAt,
      sip: 2,
      digest: [...digestOf(2)],
    };
    expect(w.config).toEqual({ ...before, pending, sip: 2 });
    expect(outcome.events[1]).toEqual({
      name: 'AuthorityProposed',
      data: { sip: 2, old: NONE, new: pending },
    });
  });

  it('is taken back by the zero key', () => {
    w.done(proposeAuthority(w, offerTo(council, w.chain.now + 30n * DAY)));
    const cancel = offerTo(council, 0n, { newAuthority: NO_KEY });
    succeeded(w.bySip(proposeAuthority(w, cancel)));
    expect(w.config.pending).toEqual(NONE);
    expect(w.bySip(proposeAuthority(w, cancel)).error).toBe('NoHandoverPending');
  });

  it('is replaced by a new offer', () => {
    w.done(proposeAuthority(w, offerTo(council, w.chain.now + 30n * DAY)));
    const other = newCouncil(w);
    const sip = w.done(proposeAuthority(w, offerTo(other, w.chain.now + 30n * DAY)));
    expect(w.config.pending).toMatchObject({ authority: other.vaultAddress, sip });
  });
});

describe('accept_authority', () => {
  it('moves authority and guard together and clears the roles', () => {
    const sip = w.done(proposeAuthority(w, offerTo(council, w.chain.now + 30n * DAY)));
    const before = w.config;
    const outcome = succeeded(council.run([acceptance(council, sip)]));
    const guard = {
      venue: 'squads',
      venueAccount: council.address,
      floors: { minThreshold: 2, minTimeLock: 900 },
      voteGovernance: NO_KEY,
    };
    expect(w.config).toEqual({
      ...before,
      authority: council.vaultAddress,
      guard,
      epochAdmin: NO_KEY,
      guardian: NO_KEY,
      gatekeeper: NO_KEY,
      pending: NONE,
      sip,
    });
    expect(outcome.events).toEqual([
      {
        name: 'AuthorityAccepted',
        data: {
          sip,
          oldAuthority: w.council.vaultAddress,
          newAuthority: council.vaultAddress,
          oldGuard: before.guard,
          newGuard: guard,
        },
      },
    ]);
  });

  it('ends the old council, also what it had approved, and lets the new one enact a whole SIP', () => {
    const record = recordExternal(w, 0, freshAddress(), new Uint8Array(32));
    const pending = w.approved(40, [record], { councilTx: w.council.nextIndex });
    const sip = w.done(proposeAuthority(w, offerTo(council, w.chain.now + 30n * DAY)));
    succeeded(council.run([acceptance(council, sip)]));
    expect(w.council.execute(pending).error).toBe('NotAuthority');
    expect(w.enact(41, [record]).error).toBe('NotAuthority');

    const [lst, guardian] = [createLst(w.chain), freshAddress()];
    enactText(council, text(lst, guardian));
    expect(w.config).toMatchObject({ authority: council.vaultAddress, guardian, sip: 9 });
    expect(w.chain.read('RestakingPool', lst.pool)).toMatchObject({ cap: 250_000_000_000n, sip: 9 });
    expect(w.chain.read('SipRecord', pdas.sipRecord(9))).toMatchObject({ part: 1, parts: 1, actions: 0 });
  });
});
