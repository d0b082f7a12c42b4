import type { Keypair, TransactionInstruction } from '@solana/web3.js';
import type { InstructionName } from '#governance/restaking/instructions.ts';
import type { Council } from '#test/program/support/council.ts';
import { active, deposit, scheduled, toOpening, whitelisted } from '#test/program/support/epochs.ts';
import { acceptance, newCouncil, offerTo } from '#test/program/support/handover.ts';
import {
  activateEpoch,
  closeEpoch,
  guardianPause,
  proposeAuthority,
  restake,
  setGuard,
  setReceiptsTransferable,
  thawReceipts,
  unrestake,
} from '#test/program/support/instructions.ts';
import { depositor } from '#test/program/support/lst.ts';
import { COUNCIL_INSTRUCTIONS } from '#test/program/support/scenarios.ts';
import { addressOf, DAY, succeeded, World } from '#test/program/support/world.ts';

/** For every instruction of the IDL a world in which it succeeds, and the instruction as it then has to be. */
export interface Fixture {
  readonly world: World;
  /** Whose vault signs; null where people sign themselves. */
  readonly council: Council | null;
  /** People who sign, the first of them pays. */
  readonly signers: readonly Keypair[];
  /** The SIP that announces it; null where none does. */
  readonly sip: number | null;
  /** Made anew for every try: it may name the council's next transaction. */
  build(): TransactionInstruction;
}

/** Nothing waits for a time lock here, so that a world lasts for thousands of tries. */
const SECOND = { timeLock: 1, floors: { minThreshold: 2, minTimeLock: 1 } };
const SIP = 900;
const world = () => new World(SECOND);

function byCouncil(name: string): Fixture {
  const w = world();
  const build =
    name === 'set_guard'
      ? () => setGuard(w, { minThreshold: 1, minTimeLock: 1 })
      : COUNCIL_INSTRUCTIONS[name]!(w);
  return { world: w, council: w.council, signers: [], sip: SIP, build: () => build()(SIP) };
}

const OTHERS: Readonly<Record<string, () => Fixture>> = {
  initialize() {
    const w = new World({ ...SECOND, bare: true });
    return {
      ...{ world: w, council: null, signers: [w.guardian, w.upgradeAuthority], sip: null },
      build: () => w.initialize(SECOND.floors, {}, { payer: addressOf(w.guardian.publicKey) }),
    };
  },
  begin_sip() {
    const w = world();
    return { world: w, council: w.council, signers: [], sip: null, build: () => w.begin(SIP, 1) };
  },
  accept_authority() {
    const w = world();
    const council = newCouncil(w, { timeLock: 1 });
    const offer = offerTo(council, w.chain.now + 30n * DAY, { floors: SECOND.floors });
    const sip = w.done(proposeAuthority(w, offer));
    return { world: w, council, signers: [], sip: null, build: () => acceptance(council, sip) };
  },
  guardian_pause() {
    const w = world();
    const build = () => guardianPause(addressOf(w.guardian.publicKey));
    return { world: w, council: null, signers: [w.guardian], sip: null, build };
  },
  activate_epoch() {
    const w = world();
    const index = scheduled(w);
    toOpening(w);
    const build = () => activateEpoch(addressOf(w.epochAdmin.publicKey), index);
    return { world: w, council: null, signers: [w.epochAdmin], sip: null, build };
  },
  close_epoch() {
    const w = world();
    const index = active(w, [], { closesAt: w.chain.now + 2n * DAY });
    w.chain.advance(2n * DAY);
    return { world: w, council: null, signers: [w.outsider], sip: null, build: () => closeEpoch(index) };
  },
  restake() {
    const w = world();
    const lst = whitelisted(w);
    const index = active(w, [lst], { access: 'invite-only' });
    const owner = depositor(w.chain, lst, 100n);
    const gatekeeper = addressOf(w.gatekeeper.publicKey);
    return {
      ...{ world: w, council: null, signers: [owner, w.gatekeeper], sip: null },
      build: () => restake(addressOf(owner.publicKey), lst, index, 100n, { gatekeeper }),
    };
  },
  unrestake() {
    const { w, lst, owner } = deposited({ withdrawals: true });
    return {
      ...{ world: w, council: null, signers: [owner], sip: null },
      build: () => unrestake(addressOf(owner.publicKey), lst, 100n),
    };
  },
  thaw_receipts() {
    const { w, lst, owner } = deposited({});
    w.done(setReceiptsTransferable(w, lst));
    return {
      ...{ world: w, council: null, signers: [w.outsider], sip: null },
      build: () => thawReceipts(addressOf(owner.publicKey), lst),
    };
  },
};

function deposited(terms: { readonly withdrawals?: boolean }) {
  const w = world();
  const lst = whitelisted(w);
  active(w, [lst], terms);
  const owner = depositor(w.chain, lst, 100n);
  succeeded(deposit(w, owner, lst, 100n));
  return { w, lst, owner };
}

/** Undefined for an instruction that has none: then its cells can't be tried, which is a failure. */
export function fixtureOf(name: InstructionName): Fixture | undefined {
  const other = OTHERS[name];
  if (other) return other();
  return Object.hasOwn(COUNCIL_INSTRUCTIONS, name) ? byCouncil(name) : undefined;
}
