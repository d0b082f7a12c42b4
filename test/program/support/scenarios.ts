import type { Accounts, InstructionName } from '#governance/restaking/instructions.ts';
import { activate, active, deposit, scheduled, termsFrom, toOpening, whitelisted } from './epochs.ts';
import { acceptance, newCouncil, offerTo } from './handover.ts';
import {
  amendEpoch,
  cancelEpoch,
  closeEpoch,
  endEpoch,
  guardianPause,
  pause,
  proposeAuthority,
  recordExternal,
  retireOperator,
  scheduleEpoch,
  setEpochCap,
  setGuard,
  setPoolCap,
  setPoolStatus,
  setReceiptsTransferable,
  setRoles,
  thawReceipts,
  unpause,
  unrestake,
  updateOperator,
  whitelistLst,
  whitelistOperator,
} from './instructions.ts';
import { createLst, depositor } from './lst.ts';
import type { Outcome } from './outcome.ts';
import { voteAccount } from './vote.ts';
import { addressOf, type Build, DAY, FLOORS, freshAddress, succeeded, type World } from './world.ts';

/** For every instruction one way to make it succeed: brings the world there, returns the last step. */

type Admin = (w: World) => (over?: Accounts) => Build;

/** Instructions that need a SIP; `over` replaces accounts. */
export const COUNCIL_INSTRUCTIONS: Readonly<Record<string, Admin>> = {
  propose_authority: (w) => {
    const offer = offerTo(newCouncil(w), w.chain.now + 30n * DAY);
    return (over) => proposeAuthority(w, offer, over);
  },
  set_roles: (w) => {
    const roles = { epochAdmin: freshAddress(), guardian: freshAddress(), gatekeeper: freshAddress() };
    return (over) => setRoles(w, roles, over);
  },
  set_guard: (w) => (over) => setGuard(w, { ...FLOORS, minTimeLock: 600 }, undefined, over),
  pause: (w) => (over) => pause(w, over),
  unpause: (w) => {
    if (w.config.pause === 'off') w.done(pause(w));
    return (over) => unpause(w, over);
  },
  record_external: (w) => (over) => recordExternal(w, 0, freshAddress(), new Uint8Array(32).fill(7), over),
  whitelist_lst: (w) => {
    const lst = createLst(w.chain);
    return (over) => whitelistLst(w, lst, {}, over);
  },
  set_pool_cap: (w) => {
    const lst = whitelisted(w);
    return (over) => setPoolCap(w, lst, 5n, {}, over);
  },
  set_pool_status: (w) => {
    const lst = whitelisted(w);
    return (over) => setPoolStatus(w, lst, 'retired', lst.symbol, over);
  },
  set_receipts_transferable: (w) => {
    const lst = whitelisted(w);
    return (over) => setReceiptsTransferable(w, lst, lst.symbol, over);
  },
  whitelist_operator: (w) => {
    const vote = voteAccount(w.chain);
    return (over) => whitelistOperator(w, vote, 'Marinade', freshAddress(), over);
  },
  update_operator: (w) => {
    const vote = voteAccount(w.chain);
    w.done(whitelistOperator(w, vote, 'Marinade', freshAddress()));
    return (over) => updateOperator(w, vote, 'Marinade Select', freshAddress(), over);
  },
  retire_operator: (w) => {
    const vote = voteAccount(w.chain);
    w.done(whitelistOperator(w, vote, 'Marinade', freshAddress()));
    return (over) => retireOperator(w, vote, 'Marinade', over);
  },
  schedule_epoch: (w) => {
    const terms = termsFrom(w);
    return (over) => scheduleEpoch(w, 0, terms, over);
  },
  amend_epoch: (w) => {
    const index = scheduled(w);
    const terms = termsFrom(w, { access: 'invite-only' });
    return (over) => amendEpoch(w, index, terms, over);
  },
  set_epoch_cap: (w) => {
    const lst = whitelisted(w);
    const index = scheduled(w);
    return (over) => setEpochCap(w, index, lst, 9n, {}, over);
  },
  cancel_epoch: (w) => {
    const index = scheduled(w);
    return (over) => cancelEpoch(w, index, over);
  },
  end_epoch: (w) => {
    const index = active(w);
    return (over) => endEpoch(w, index, over);
  },
};

type Scenario = (w: World) => () => Outcome;

const OTHERS: Readonly<Record<string, Scenario>> = {
  begin_sip: (w) => () => {
    const sip = w.nextSip();
    return w.council.run([w.begin(sip, 1)]);
  },
  accept_authority: (w) => {
    const council = newCouncil(w);
    const sip = w.done(proposeAuthority(w, offerTo(council, w.chain.now + 30n * DAY)));
    return () => council.run([acceptance(council, sip)]);
  },
  guardian_pause: (w) => () => w.chain.send([guardianPause(addressOf(w.guardian.publicKey))], [w.guardian]),
  activate_epoch: (w) => {
    scheduled(w);
    toOpening(w);
    return () => activate(w);
  },
  close_epoch: (w) => {
    const index = active(w, [], { closesAt: w.chain.now + 2n * DAY });
    w.chain.advance(DAY);
    return () => w.chain.send([closeEpoch(index)], [w.outsider]);
  },
  restake: (w) => {
    const lst = whitelisted(w);
    active(w, [lst]);
    const owner = depositor(w.chain, lst, 100n);
    return () => deposit(w, owner, lst, 100n);
  },
  unrestake: (w) => {
    const lst = whitelisted(w);
    active(w, [lst], { withdrawals: true });
    const owner = depositor(w.chain, lst, 100n);
    succeeded(deposit(w, owner, lst, 100n));
    return () => w.chain.send([unrestake(addressOf(owner.publicKey), lst, 100n)], [owner]);
  },
  thaw_receipts: (w) => {
    const lst = whitelisted(w);
    active(w, [lst]);
    const owner = depositor(w.chain, lst, 100n);
    succeeded(deposit(w, owner, lst, 100n));
    w.done(setReceiptsTransferable(w, lst));
    return () => w.chain.send([thawReceipts(addressOf(owner.publicKey), lst)], [w.outsider]);
  },
};

/** `initialize` alone is not here: it has run in every world. */
export function scenarioOf(name: InstructionName): Scenario | undefined {
  const admin = COUNCIL_INSTRUCTIONS[name];
  if (!admin) return OTHERS[name];
  return (w) => {
    const build = admin(w);
    return () => w.bySip(build());
  };
}
