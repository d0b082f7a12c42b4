import { describe, expect, it } from 'vitest';
import { SYSTEM_ID } from './support/ids.ts';
import { pause, recordExternal } from './support/instructions.ts';
import { addressOf, digestOf, freshAddress, pdas, succeeded, World } from './support/world.ts';

/** What `begin_sip` refuses of the SIP itself, and what it writes. The council's side: begin-sip-council.test.ts. */

const record = (w: World) => recordExternal(w, 0, freshAddress(), new Uint8Array(32));
const INSUFFICIENT_LAMPORTS = `${SYSTEM_ID}:1`;

describe('begin_sip', () => {
  it('writes the record, tells of it, and has the vault pay', () => {
    const w = new World();
    const before = w.chain.lamports(w.council.vaultAddress);
    const outcome = succeeded(w.enact(7, [record(w)]));
    expect(w.chain.read('SipRecord', pdas.sipRecord(7))).toMatchObject({
      number: 7,
      digest: [...digestOf(7)],
      part: 1,
      parts: 1,
      slot: w.chain.slot,
      actions: 0,
      councilTx: 1n,
      executedAt: w.chain.now,
    });
    expect(outcome.events[0]).toEqual({
      name: 'SipBegun',
      data: { sip: 7, digest: [...digestOf(7)], part: 1, parts: 1, actions: 1, councilTx: 1n },
    });
    const rent = w.chain.lamports(pdas.sipRecord(7));
    expect(before - w.chain.lamports(w.council.vaultAddress)).toBe(rent);
  });

  it('takes numbers from 2 on', () => {
    const w = new World();
    expect(w.enact(1, [record(w)]).error).toBe('SipNumberReserved');
    expect(w.enact(0, [record(w)]).error).toBe('SipNumberReserved');
    expect(w.enact(2, [record(w)]).error).toBe('');
    expect(w.enact(2 ** 32 - 1, [record(w)]).error).toBe('');
  });

  it('runs at not_after and is refused one second later', () => {
    for (const [late, error] of [
      [0, ''],
      [1, 'SipExpired'],
    ] as const) {
      const w = new World();
      const index = w.approved(2, [record(w)], { notAfter: w.chain.now + 1_000n });
      w.chain.advance(1_000 + late);
      expect(w.council.execute(index).error).toBe(error);
    }
  });

  it('leaves the time lock to Squads', () => {
    const w = new World();
    const index = w.approved(2, [record(w)]);
    w.chain.advance(599);
    expect(w.council.execute(index).error).toBe('squads:TimeLockNotReleased');
    w.chain.advance(1);
    expect(w.council.execute(index).error).toBe('');
  });

  it('wants at least one action', () => {
    const w = new World();
    expect(w.enact(2, [record(w)], { actions: 0 }).error).toBe('NothingAnnounced');
  });

  it('knows no part 0 and none beyond the last', () => {
    const w = new World();
    expect(w.enact(2, [record(w)], { part: 0 }).error).toBe('SipPartOutOfOrder');
    expect(w.enact(2, [record(w)], { part: 2 }).error).toBe('SipPartOutOfOrder');
    expect(w.enact(2, [record(w)], { part: 1, parts: 0 }).error).toBe('SipPartOutOfOrder');
  });

  it('lets no more instructions run than it announced', () => {
    const w = new World();
    expect(w.enact(2, [record(w), record(w)], { actions: 1 }).error).toBe('NoSipActive');
    expect(w.chain.account(pdas.sipRecord(2))).toBeNull();
    expect(w.enact(2, [record(w), record(w)]).error).toBe('');
  });

  it('keeps what it announced and did not use for that slot only', () => {
    const w = new World();
    const rider = w.council.approved([pause(w)(2)]);
    succeeded(w.enact(2, [record(w)], { actions: 2 }));
    w.chain.advance(0);
    expect(w.council.execute(rider).error).toBe('NoSipActive');
  });

  it('refuses whoever is not the authority', () => {
    const w = new World();
    const authority = addressOf(w.outsider.publicKey);
    const begin = w.begin(2, 1, { accounts: { authority } });
    expect(w.chain.send([begin], [w.outsider]).error).toBe('NotAuthority');
  });

  it('fails as a whole where the vault cannot pay', () => {
    for (const vaultLamports of [0n, 1_000_000n]) {
      const w = new World({ vaultLamports });
      expect(w.enact(2, [record(w)]).error).toBe(INSUFFICIENT_LAMPORTS);
      expect(w.chain.account(pdas.sipRecord(2))).toBeNull();
    }
  });

  it('is not blocked by lamports that a stranger sent to the record’s address', () => {
    for (const lamports of [1n, 900_000n, 5_000_000n]) {
      const w = new World();
      w.chain.prefund(pdas.sipRecord(2), lamports);
      expect(w.enact(2, [record(w)]).error).toBe('');
      expect(w.chain.read('SipRecord', pdas.sipRecord(2))).toMatchObject({ number: 2, part: 1 });
    }
  });
});
