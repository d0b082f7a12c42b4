//! What must never be, by the accounts alone and without the model: an epoch activated twice, early, late or beside
//! another; a cap passed; receipts without a deposit behind them; a change that no SIP made.

use std::collections::BTreeSet;

use anchor_lang::{AccountDeserialize, Discriminator};
use restaking::state::{
    Config, Epoch, EpochCap, EpochStatus, PauseState, PoolStatus, Position, RestakingPool, SipRecord,
};

use crate::{
    chain::{
        ledger::{Account, Change},
        lsts::{read_supply, read_token, LSTS},
        world::World,
    },
    steps::*,
};

type Held = Result<(), String>;

/// What has happened in a world so far, as its accounts told it.
#[derive(Default)]
pub struct Witness {
    activated: BTreeSet<u16>,
    active: Option<u16>,
    /// Sent to the vaults past the program.
    donated: [u64; LSTS.len()],
}

fn read<T: AccountDeserialize + Discriminator>(account: &Account) -> Option<T> {
    let ours = account.owner == restaking::ID && account.data.starts_with(T::DISCRIMINATOR);
    ours.then(|| T::try_deserialize(&mut &account.data[..]).ok()).flatten()
}

fn hold(holds: bool, what: impl FnOnce() -> String) -> Held {
    if holds {
        Ok(())
    } else {
        Err(what())
    }
}

impl Witness {
    /// @returns what is broken after a step that succeeded
    pub fn broken(&mut self, world: &World, step: &Step) -> Option<String> {
        self.look(world, step).err()
    }

    fn look(&mut self, world: &World, step: &Step) -> Held {
        if let Step::Donate { lst, amount, .. } = step {
            self.donated[*lst] += amount;
        }
        let changes = world.ledger.changes();
        let key = world.at.config();
        let after: Option<Config> = read(world.ledger.get(&key));
        let before: Option<Config> = read(
            changes
                .iter()
                .find(|change| change.key == key)
                .map_or(world.ledger.get(&key), |change| change.before),
        );
        if let (Some(before), Some(after)) = (&before, &after) {
            config_holds(before, after, step, world)?;
        }
        // Anybody may add lamports to any account.
        for change in changes.iter().filter(|change| change.before.data != change.after.data) {
            self.epoch_holds(change, before.as_ref(), step, world)?;
            cap_holds(change, step)?;
            pool_holds(change, before.as_ref(), step, world)?;
            record_holds(change, before.as_ref(), step, world)?;
        }
        let touched = |lst: &Lst| {
            changes.iter().any(|change| change.key == world.at.pool_vault(*lst))
                || matches!(step, Step::Send { .. } | Step::Bind { .. } | Step::Thaw { .. })
        };
        for lst in (0..LSTS.len()).filter(touched) {
            self.receipts_hold(world, lst)?;
        }
        if let Some(config) = after {
            hold(config.active_epoch == self.active, || {
                format!("{:?} is active, not {:?}", config.active_epoch, self.active)
            })?;
            hold(config.next_activation <= config.next_epoch, || {
                "an epoch was activated that was never scheduled".into()
            })?;
        }
        Ok(())
    }

    fn epoch_holds(&mut self, change: &Change, config: Option<&Config>, step: &Step, world: &World) -> Held {
        let (before, after) = (read::<Epoch>(change.before), read::<Epoch>(change.after));
        let status = |epoch: &Option<Epoch>| epoch.as_ref().map(|epoch| epoch.status);
        let Some(index) = before.as_ref().or(after.as_ref()).map(|epoch| epoch.index) else { return Ok(()) };
        match (status(&before), status(&after)) {
            (Some(EpochStatus::Scheduled), Some(EpochStatus::Active)) => {
                let terms = after.map(|epoch| epoch.terms).expect("it is there");
                hold(self.activated.insert(index), || format!("epoch {index} is activated twice"))?;
                hold(self.active.is_none(), || {
                    format!("epoch {index} is activated beside {:?}", self.active)
                })?;
                hold(world.now >= terms.opens_at, || format!("epoch {index} is activated early"))?;
                let late = terms.closes_at.is_some_and(|closes_at| world.now >= closes_at);
                hold(!late, || format!("epoch {index} is activated late"))?;
                let by_admin = matches!(step, Step::Activate { by, signed: true, .. }
                    if config.is_some_and(|config| config.epoch_admin == world.at.actor(*by)));
                hold(by_admin, || format!("epoch {index} is not activated by the epoch admin"))?;
                hold(!paused(config, world.now), || format!("epoch {index} is activated while paused"))?;
                self.active = Some(index);
            }
            (Some(EpochStatus::Active), Some(EpochStatus::Closed)) => self.active = None,
            (None, Some(EpochStatus::Scheduled))
            | (Some(EpochStatus::Scheduled), Some(EpochStatus::Scheduled) | None)
            | (Some(EpochStatus::Active), Some(EpochStatus::Active)) => {}
            (from, to) => return Err(format!("epoch {index} went from {from:?} to {to:?}")),
        }
        Ok(())
    }

    /// Receipts are what was deposited, one for one, and the vault holds it.
    fn receipts_hold(&self, world: &World, lst: Lst) -> Held {
        let account = |key| world.ledger.get(&key);
        let amount = |key| read_token(account(key)).map_or(0, |token| token.amount);
        let Some(pool) = read::<RestakingPool>(account(world.at.pool(lst))) else { return Ok(()) };
        let supply = read_supply(account(world.at.place(Place::Rst(lst)))).unwrap_or(0);
        let held: u64 = (0..OWNERS).map(|who| amount(world.at.receipts(who, lst))).sum();
        hold(supply == held && held == pool.deposited, || {
            format!("{supply} receipts of {lst}, {held} of them held, {} deposited", pool.deposited)
        })?;
        let vault = amount(world.at.pool_vault(lst));
        hold(vault == pool.deposited + self.donated[lst], || format!("the vault of {lst} holds {vault}"))?;
        for who in 0..OWNERS {
            let receipts = read_token(account(world.at.receipts(who, lst)));
            let Some(receipts) = receipts.filter(|receipts| !receipts.is_frozen() && receipts.amount > 0)
            else {
                continue;
            };
            let bound = read::<Position>(account(world.at.place(Place::Position(lst, who))))
                .is_some_and(|position| position.delegated > 0 || position.unbonding > 0);
            hold(pool.receipts_transferable && !bound, || {
                format!("{} receipts of {who} in {lst} are free", receipts.amount)
            })?;
        }
        Ok(())
    }
}

fn paused(config: Option<&Config>, now: i64) -> bool {
    const WEEK: i64 = 604_800;
    config.is_some_and(|config| match config.pause {
        PauseState::Off => false,
        PauseState::Guardian => now - config.guardian_paused_at < WEEK,
        PauseState::Council => true,
    })
}

/// Of roles, guard, offer, pause and counters, who can change what.
fn config_holds(before: &Config, after: &Config, step: &Step, world: &World) -> Held {
    let by_council = world.executed(step).map(|(council, _)| council);
    let decided = by_council.is_some_and(|council| world.at.vault(council) == before.authority);
    let accepted = by_council.is_some_and(|council| world.at.vault(council) == before.pending.authority)
        && after.authority == before.pending.authority;
    let roles = |config: &Config| (config.epoch_admin, config.guardian, config.gatekeeper);
    let same =
        roles(before) == roles(after) && before.guard == after.guard && before.pending == after.pending;
    hold(same || decided || accepted, || "roles, guard or offer changed without the council".into())?;
    hold(before.authority == after.authority || accepted, || {
        "the authority changed without a hand-over".into()
    })?;
    let by_guardian =
        matches!(step, Step::GuardianPause { by, signed: true } if world.at.actor(*by) == before.guardian);
    hold(before.pause == after.pause || decided || by_guardian, || {
        "the pause changed by nobody's right".into()
    })?;
    let activation = after.next_activation.checked_sub(before.next_activation);
    let steps_on = matches!((activation, step), (Some(0), _) | (Some(1), Step::Activate { .. }));
    hold(steps_on, || {
        format!("next_activation went from {} to {}", before.next_activation, after.next_activation)
    })?;
    hold(before.next_epoch == after.next_epoch || decided, || {
        "epochs were scheduled without the council".into()
    })
}

/// What came in never falls, but for a cap that belongs to a new schedule, and never passes the cap.
fn cap_holds(change: &Change, step: &Step) -> Held {
    let Some(after) = read::<EpochCap>(change.after) else {
        return hold(read::<EpochCap>(change.before).is_none(), || "a cap is gone".into());
    };
    let before = read::<EpochCap>(change.before).filter(|cap| cap.scheduled_by == after.scheduled_by);
    let was = before.map_or(0, |cap| cap.filled);
    let came_in = match step {
        Step::Restake { amount, .. } => *amount,
        _ => 0,
    };
    hold(u128::from(after.filled) == u128::from(was) + u128::from(came_in), || {
        format!("{} filled after {was} and {came_in}", after.filled)
    })?;
    hold(came_in == 0 || after.filled <= after.cap, || {
        format!("{} filled under a cap of {}", after.filled, after.cap)
    })
}

fn pool_holds(change: &Change, config: Option<&Config>, step: &Step, world: &World) -> Held {
    let Some(after) = read::<RestakingPool>(change.after) else {
        return hold(read::<RestakingPool>(change.before).is_none(), || "a pool is gone".into());
    };
    let Some(before) = read::<RestakingPool>(change.before) else {
        return hold(after.deposited == 0, || "a pool began with deposits".into());
    };
    hold(before.receipts_transferable <= after.receipts_transferable, || "receipts are bound again".into())?;
    if after.deposited > before.deposited {
        hold(matches!(step, Step::Restake { .. }), || "something was deposited by no deposit".into())?;
        hold(after.deposited <= after.cap, || {
            format!("{} deposited under a cap of {}", after.deposited, after.cap)
        })?;
        hold(before.status == PoolStatus::Open, || "a closed pool took a deposit".into())?;
        hold(!paused(config, world.now), || "a deposit came in while paused".into())?;
        let active = config.and_then(|config| config.active_epoch);
        let epoch: Option<Epoch> =
            active.and_then(|index| read(world.ledger.get(&world.at.place(Place::Epoch(index)))));
        let open =
            epoch.is_some_and(|epoch| epoch.terms.closes_at.is_none_or(|closes_at| world.now < closes_at));
        hold(open, || "a deposit came in without an open epoch".into())?;
    }
    if after.deposited < before.deposited {
        hold(matches!(step, Step::Unrestake { .. }), || "something was withdrawn by no withdrawal".into())?;
        let may =
            config.is_some_and(|config| config.withdrawals_open) || before.status == PoolStatus::Retired;
        hold(may, || "a withdrawal went out while withdrawals are closed".into())?;
    }
    Ok(())
}

/// A SIP's parts take effect once each, in order, by a council that may begin them, and a record is for ever.
fn record_holds(change: &Change, config: Option<&Config>, step: &Step, world: &World) -> Held {
    let Some(after) = read::<SipRecord>(change.after) else {
        return hold(read::<SipRecord>(change.before).is_none(), || "a SIP's record is gone".into());
    };
    let before = read::<SipRecord>(change.before);
    if let Some(before) = &before {
        let same =
            before.digest == after.digest && before.parts == after.parts && before.number == after.number;
        hold(same, || "a SIP's record became another's".into())?;
        if before.part == after.part {
            let spent = after.actions < before.actions && after.slot == before.slot;
            return hold(spent, || "a SIP's record changed without a part".into());
        }
    }
    let Some((council, begins)) = world.executed(step) else {
        return Err("a SIP began without a council".into());
    };
    let done = before.map_or(0, |before| before.part);
    let in_order = after.part > done && after.part - done <= begins && after.part <= after.parts;
    hold(in_order, || format!("a SIP went from part {done} to {}", after.part))?;
    let has = world.councils[council];
    let reaches = config.is_some_and(|config| {
        let floors = config.guard.floors;
        has.threshold >= floors.min_threshold && has.time_lock >= floors.min_time_lock
    });
    hold(reaches && !has.controlled, || "a SIP began by a council below the floors".into())?;
    hold(after.council_tx > has.stale_index, || "a SIP began by a stale approval".into())
}
