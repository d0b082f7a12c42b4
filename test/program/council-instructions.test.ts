import { Keypair, type TransactionInstruction } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import idl from '#governance/restaking/generated/restaking.json' with { type: 'json' };
import { Council } from './support/council.ts';
import { recordExternal } from './support/instructions.ts';
import { COUNCIL_INSTRUCTIONS } from './support/scenarios.ts';
import { addressOf, freshAddress, pdas, succeeded, World } from './support/world.ts';

/** What holds for every instruction that a SIP carries: who, when, how often, and as announced. */

const record = (w: World) => recordExternal(w, 0, freshAddress(), new Uint8Array(32));

function plusAccount(instruction: TransactionInstruction): TransactionInstruction {
  instruction.keys.push({ pubkey: Keypair.generate().publicKey, isSigner: false, isWritable: false });
  return instruction;
}

it('the list is complete: all instructions with a SIP’s record, but the one that begins it', () => {
  const expected = idl.instructions
    .filter(({ accounts }) => accounts.some(({ name }) => name === 'sip_record'))
    .map(({ name }) => name)
    .filter((name) => name !== 'begin_sip');
  expect(Object.keys(COUNCIL_INSTRUCTIONS).sort()).toEqual(expected.sort());
});

describe.each(Object.entries(COUNCIL_INSTRUCTIONS))('%s', (_name, prepare) => {
  it('is refused without a SIP, with an old one, unannounced, signed by others or with more accounts', () => {
    const w = new World();
    const build = prepare(w);
    const old = w.done(record(w));
    const outsider = addressOf(w.outsider.publicKey);

    expect(w.chain.send([build({ authority: outsider })(old)], [w.outsider]).error).toBe('NotAuthority');
    const other = new Council(w.chain);
    expect(other.run([build({ authority: other.vaultAddress })(old)]).error).toBe('NotAuthority');

    expect(w.council.run([build()(900)]).error).toBe('anchor:AccountNotInitialized');
    expect(w.council.run([build()(old)]).error).toBe('NoSipActive');
    expect(w.council.run([w.begin(901, 1), record(w)(901), build()(901)]).error).toBe('NoSipActive');
    expect(w.council.run([w.begin(902, 1), plusAccount(build()(902))]).error).toBe('UnexpectedAccounts');
    expect(w.chain.account(pdas.sipRecord(902))).toBeNull();
  });

  it('is refused through another program that the vault signs for', () => {
    const w = new World();
    const build = prepare(w);
    const stranger = new Council(w.chain, {
      masks: [7],
      threshold: 1,
      timeLock: 0,
      others: [w.council.vault],
    });
    const hidden = stranger.approved([build()(900)]);
    const foreign = stranger.executeInstruction(hidden, w.council.vault);
    expect(w.council.run([w.begin(900, 1), foreign]).error).toBe('NotCalledDirectly');
  });

  it('runs by SIP, and the same SIP never again', () => {
    const w = new World();
    const build = prepare(w)();
    const sip = w.nextSip();
    const [first, second] = [w.approved(sip, [build]), w.approved(sip, [build])];
    w.council.passTimeLock();
    succeeded(w.council.execute(first));
    expect(w.council.execute(second).error).toBe('SipPartOutOfOrder');
    expect(w.council.execute(first).error).toBe('squads:InvalidProposalStatus');
  });
});
