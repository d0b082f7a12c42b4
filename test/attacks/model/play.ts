import { type Keypair, Keypair as Keys } from '@solana/web3.js';
import type { Epoch } from '#governance/restaking/accounts.ts';
import type { Address } from '#governance/types.ts';
import { deposit, whitelisted } from '#test/program/support/epochs.ts';
import {
  activateEpoch,
  amendEpoch,
  cancelEpoch,
  closeEpoch,
  endEpoch,
  guardianPause,
  pause,
  restake,
  scheduleEpoch,
  setEpochCap,
  setPoolCap,
  setPoolStatus,
  setReceiptsTransferable,
  setRoles,
  thawReceipts,
  unpause,
  unrestake,
} from '#test/program/support/instructions.ts';
import { depositor, fund, type Lst, tokenAccount } from '#test/program/support/lst.ts';
import type { Outcome } from '#test/program/support/outcome.ts';
import { addressOf, type Build, pdas, World } from '#test/program/support/world.ts';
import { capKey, depositedIn, type Key, type Model } from './state.ts';
import type { Action, Step } from './steps.ts';

/** The same steps on the real programs. */

/** Finding an address takes longer than reading what stands there. */
function remembered<A extends readonly (string | number)[]>(
  find: (...of: A) => Address,
): (...of: A) => Address {
  const known = new Map<string, Address>();
  return (...of) => {
    const key = of.join();
    const found = known.get(key) ?? find(...of);
    known.set(key, found);
    return found;
  };
}
const epochAt = remembered((index: number) => pdas.epoch(index));

const OWNERS = 2;
const POOLS = 2;
const WALLET = 100n;
const POOL_CAP = 120n;
const ROLES = ['epochAdmin', 'guardian', 'gatekeeper'] as const;
type Role = (typeof ROLES)[number];

export class Play {
  readonly #w = new World();
  readonly #lsts: readonly Lst[];
  readonly #owners: readonly Keypair[];
  readonly #roles: Readonly<Record<Role, readonly [Keypair, Keypair]>>;
  #lastExecuted: bigint | null = null;
  #lastSip = 0;
  readonly #activated = new Set<number>();
  readonly #capAt = remembered((index: number, at: number) => pdas.epochCap(index, this.#lst(at).pool));
  readonly #receiptsAt = remembered((who: number, at: number) =>
    this.#lst(at).receiptsOf(addressOf((this.#owners[who] as Keypair).publicKey)),
  );

  constructor() {
    const w = this.#w;
    this.#lsts = Array.from({ length: POOLS }, (_, at) =>
      whitelisted(w, { symbol: `LST${at}`, poolCap: POOL_CAP }),
    );
    this.#owners = Array.from({ length: OWNERS }, () => depositor(w.chain, this.#lsts[0] as Lst, WALLET));
    for (const lst of this.#lsts.slice(1))
      for (const owner of this.#owners) fund(w.chain, lst, addressOf(owner.publicKey), WALLET);
    const strangers = [Keys.generate(), Keys.generate(), Keys.generate()] as const;
    for (const stranger of strangers) w.chain.airdrop(addressOf(stranger.publicKey), 1_000_000_000n);
    this.#roles = {
      epochAdmin: [w.epochAdmin, strangers[0]],
      guardian: [w.guardian, strangers[1]],
      gatekeeper: [w.gatekeeper, strangers[2]],
    };
    this.#lastSip = w.nextSip() - 1;
  }

  /** What the chain is at the start. */
  model(): Model {
    return {
      now: this.#w.chain.now,
      ...{ threshold: 2, timeLock: 600, pause: 'off', guardianPausedAt: null },
      roles: { epochAdmin: 0, guardian: 0, gatekeeper: 0 },
      ...{ nextEpoch: 0, nextActivation: 0, active: null, withdrawals: false },
      pools: this.#lsts.map(() => ({ status: 'open', transferable: false, cap: POOL_CAP })),
      ...{ epochs: new Map(), caps: new Map() },
      held: this.#lsts.map(() =>
        this.#owners.map(() => ({ wallet: WALLET, receipts: 0n, frozen: false, known: false })),
      ),
    };
  }

  get nextSip(): number {
    return this.#lastSip + 1;
  }

  #lst(at: number): Lst {
    return this.#lsts[at] as Lst;
  }

  #build(action: Action): Build {
    const w = this.#w;
    switch (action.kind) {
      case 'schedule':
        return scheduleEpoch(w, action.index, action.terms);
      case 'amend':
        return amendEpoch(w, action.index, action.terms);
      case 'cancel':
        return cancelEpoch(w, action.index);
      case 'end':
        return endEpoch(w, action.index);
      case 'epoch-cap':
        return setEpochCap(w, action.index, this.#lst(action.pool), action.cap);
      case 'pool-cap':
        return setPoolCap(w, this.#lst(action.pool), action.cap);
      case 'pool-status':
        return setPoolStatus(w, this.#lst(action.pool), action.status);
      case 'transferable':
        return setReceiptsTransferable(w, this.#lst(action.pool));
      case 'pause':
        return pause(w);
      case 'unpause':
        return unpause(w);
      case 'roles': {
        const of = (role: Role) => addressOf(this.#roles[role][action[role]].publicKey);
        return setRoles(w, {
          ...{ epochAdmin: of('epochAdmin'), guardian: of('guardian'), gatekeeper: of('gatekeeper') },
        });
      }
    }
  }

  #sip(
    actions: readonly Action[],
    options: { readonly number?: number; readonly early?: true } = {},
  ): Outcome {
    const w = this.#w;
    const sip = options.number ?? this.nextSip;
    if (options.number === undefined) this.#lastSip = sip;
    const index = w.approved(
      sip,
      actions.map((action) => this.#build(action)),
    );
    if (!options.early) w.council.passTimeLock();
    const outcome = w.council.execute(index);
    if (outcome.ok) this.#lastExecuted = index;
    return outcome;
  }

  /** @returns the error, '' where there is none; null where the step has no meaning yet */
  perform(step: Step): Outcome | null {
    const w = this.#w;
    const { chain, council } = w;
    switch (step.kind) {
      case 'sip':
        return this.#sip(step.actions);
      case 'sip too early':
        return this.#sip(step.actions, { early: true });
      case 'number again':
        // SIP 2 whitelisted the first LST.
        return this.#sip(step.actions, { number: 2 });
      case 'executed again':
        return this.#lastExecuted === null ? null : council.execute(this.#lastExecuted);
      case 'council':
        council.change(
          { __kind: 'SetTimeLock', newTimeLock: step.timeLock },
          { __kind: 'ChangeThreshold', newThreshold: step.threshold },
        );
        return DONE;
      case 'wait':
        chain.advance(step.seconds);
        return DONE;
      case 'activate': {
        const admin = this.#roles.epochAdmin[step.by];
        return chain.send([activateEpoch(addressOf(admin.publicKey), step.index)], [admin]);
      }
      case 'close':
        return chain.send([closeEpoch(step.index)], [w.outsider]);
      case 'guardian pause': {
        const guardian = this.#roles.guardian[step.by];
        return chain.send([guardianPause(addressOf(guardian.publicKey))], [guardian]);
      }
      case 'restake':
        return this.#restake(step);
      case 'unrestake': {
        const owner = this.#owners[step.who] as Keypair;
        return chain.send(
          [unrestake(addressOf(owner.publicKey), this.#lst(step.pool), step.amount)],
          [owner],
        );
      }
      case 'thaw': {
        const owner = this.#owners[step.who] as Keypair;
        return chain.send([thawReceipts(addressOf(owner.publicKey), this.#lst(step.pool))], [w.outsider]);
      }
    }
  }

  #restake({ who, pool, index, amount, gatekeeper }: Extract<Step, { kind: 'restake' }>): Outcome {
    const owner = this.#owners[who] as Keypair;
    if (gatekeeper === null) return deposit(this.#w, owner, this.#lst(pool), amount, index);
    const co = this.#roles.gatekeeper[gatekeeper as Key];
    const instruction = restake(addressOf(owner.publicKey), this.#lst(pool), index, amount, {
      gatekeeper: addressOf(co.publicKey),
    });
    return this.#w.chain.send([instruction], [owner, co]);
  }

  /** What must never be, by the chain alone: activated twice or early, a cap passed. */
  broken({ events }: Outcome): string | undefined {
    const { chain } = this.#w;
    for (const { name, data } of events) {
      if (name === 'EpochActivated') {
        const index = Number(data.index);
        const epoch = chain.read('Epoch', epochAt(index));
        const { opensAt = 0n, closesAt = null } = epoch?.terms ?? {};
        if (this.#activated.has(index)) return `epoch ${index} is activated twice`;
        if (chain.now < opensAt) return `epoch ${index} is activated early`;
        if (closesAt !== null && chain.now >= closesAt) return `epoch ${index} is activated late`;
        this.#activated.add(index);
      }
      if (name === 'Restaked') {
        const lst = this.#lsts.find(({ pool }) => pool === data.pool) as Lst;
        const pool = chain.read('RestakingPool', lst.pool);
        const cap = chain.read('EpochCap', pdas.epochCap(Number(data.index), lst.pool));
        if (!pool || pool.deposited > pool.cap)
          return `${pool?.deposited} deposited under a cap of ${pool?.cap}`;
        if (!cap || cap.filled > cap.cap) return `${cap?.filled} filled under a cap of ${cap?.cap}`;
      }
    }
    return undefined;
  }

  /** What the chain has otherwise than the model, in words; undefined when they are the same. */
  difference(m: Model): string | undefined {
    const { chain, config } = this.#w;
    const facts: [string, unknown, unknown][] = [
      ['now', chain.now, m.now],
      ['pause', config.pause, m.pause],
      ['guardianPausedAt', config.guardianPausedAt, m.guardianPausedAt ?? 0n],
      ['nextEpoch', config.nextEpoch, m.nextEpoch],
      ['nextActivation', config.nextActivation, m.nextActivation],
      ['activeEpoch', config.activeEpoch ?? null, m.active],
      ['withdrawalsOpen', config.withdrawalsOpen, m.withdrawals],
      ...ROLES.map((role): [string, unknown, unknown] => [
        role,
        config[role],
        addressOf(this.#roles[role][m.roles[role]].publicKey),
      ]),
    ];
    for (let index = 0; index <= m.nextEpoch; index += 1) {
      const epoch = chain.read('Epoch', epochAt(index));
      const due = m.epochs.get(index);
      facts.push([`epoch ${index}`, epoch && textOf(epoch), due && textOf(due)]);
    }
    for (const [at, lst] of this.#lsts.entries()) this.#poolFacts(m, at, lst, facts);
    const wrong = facts.find(([, found, due]) => found !== due);
    return wrong && `${wrong[0]} is ${String(wrong[1])}, not ${String(wrong[2])}`;
  }

  #poolFacts(m: Model, at: number, lst: Lst, facts: [string, unknown, unknown][]): void {
    const { chain } = this.#w;
    const pool = chain.read('RestakingPool', lst.pool);
    const due = m.pools[at];
    facts.push(
      [`status of pool ${at}`, pool?.status, due?.status],
      [`cap of pool ${at}`, pool?.cap, due?.cap],
      [`transferable of pool ${at}`, pool?.receiptsTransferable, due?.transferable],
      [`deposited in pool ${at}`, pool?.deposited, depositedIn(m, at)],
      [`vault of pool ${at}`, tokenAccount(chain, lst.vault)?.amount, depositedIn(m, at)],
    );
    for (const index of m.epochs.keys()) {
      const cap = chain.read('EpochCap', this.#capAt(index, at));
      const dueCap = m.caps.get(capKey(index, at));
      const text = (one: typeof dueCap) => one && `${one.cap} ${one.filled} ${one.scheduledBy}`;
      facts.push([`cap of epoch ${index} and pool ${at}`, text(cap), text(dueCap)]);
    }
    for (const who of this.#owners.keys()) {
      const held = m.held[at]?.[who];
      const receipts = tokenAccount(chain, this.#receiptsAt(who, at));
      facts.push(
        [`receipts of ${who} in pool ${at}`, receipts?.amount, held?.known ? held.receipts : undefined],
        [`frozen of ${who} in pool ${at}`, receipts?.frozen, held?.known ? held.frozen : undefined],
      );
    }
  }
}

const DONE: Outcome = { ok: true, error: '', events: [], logs: [], computeUnits: 0n };

const textOf = ({ status, scheduledBy, terms }: Pick<Epoch, 'status' | 'scheduledBy' | 'terms'>): string =>
  [status, scheduledBy, terms.opensAt, terms.closesAt, terms.access, terms.withdrawals].join(' ');
