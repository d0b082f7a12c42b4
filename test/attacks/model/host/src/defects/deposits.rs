//! A model that errs about deposits and withdrawals: caps, pauses, invitations, what is bound.

use restaking::{error::RestakingError as Error, state::Access};

use super::*;
use crate::model::Pause;

pub const DEFECTS: [Defect; 11] = [
    ("a deposit may pass the cap of the epoch by one", |model, step| match *step {
        Step::Restake { index, lst, .. } => spoiled(
            model,
            step,
            |model| {
                if let Some(cap) = model.caps.get_mut(&(index, lst)) {
                    cap.cap = cap.cap.saturating_add(1);
                }
            },
            |model, before| {
                if let (Some(cap), Some(old)) =
                    (model.caps.get_mut(&(index, lst)), before.caps.get(&(index, lst)))
                {
                    cap.cap = old.cap;
                }
            },
        ),
        _ => model.predict(step),
    }),
    ("a deposit may pass the cap of the pool by one", |model, step| match *step {
        Step::Restake { lst, .. } => spoiled(
            model,
            step,
            |model| {
                if let Some(pool) = &mut model.pools[lst] {
                    pool.cap = pool.cap.saturating_add(1);
                }
            },
            |model, before| {
                if let (Some(pool), Some(old)) = (&mut model.pools[lst], &before.pools[lst]) {
                    pool.cap = old.cap;
                }
            },
        ),
        _ => model.predict(step),
    }),
    ("what was filled falls again", |model, step| {
        let due = model.predict(step);
        let active = model.config.as_ref().and_then(|config| config.active);
        if let (Step::Unrestake { lst, amount, .. }, Ok(()), Some(index)) = (step, due, active) {
            if let Some(cap) = model.caps.get_mut(&(index, *lst)) {
                cap.filled = cap.filled.saturating_sub(*amount);
            }
        }
        due
    }),
    ("a pause does not stop deposits", |model, step| match step {
        Step::Restake { .. } => spoiled(
            model,
            step,
            |model| {
                if let Some(config) = &mut model.config {
                    config.pause = Pause::Off;
                }
            },
            |model, before| {
                if let (Some(config), Some(old)) = (&mut model.config, &before.config) {
                    config.pause = old.pause;
                }
            },
        ),
        _ => model.predict(step),
    }),
    ("a pause stops withdrawals", |model, step| match step {
        Step::Unrestake { .. } if model.is_paused() => refuse(Error::Paused),
        _ => model.predict(step),
    }),
    ("a guardian's pause lasts a second longer", |model, step| match step {
        Step::Restake { .. } | Step::Activate { .. } | Step::GuardianPause { .. } => {
            let over = model.config.as_ref().is_some_and(|config| {
                config.pause == Pause::Guardian && config.guardian_paused_at == Some(model.now - 7 * 86_400)
            });
            let due = model.clone().predict(step);
            if over && due.is_ok() {
                return refuse(Error::Paused);
            }
            model.predict(step)
        }
        _ => model.predict(step),
    }),
    ("a guardian may pause again once the pause is over", |model, step| match step {
        Step::GuardianPause { .. } => {
            let due = model.clone().predict(step);
            if due == refuse(Error::GuardianCoolingDown) {
                return Ok(());
            }
            model.predict(step)
        }
        _ => model.predict(step),
    }),
    ("an invitation is not asked for", |model, step| match *step {
        Step::Restake { index, .. } => {
            let access = model.epochs.get(&index).map(|epoch| epoch.terms.access);
            let set = |model: &mut Model, access: Option<Access>| {
                if let (Some(epoch), Some(access)) = (model.epochs.get_mut(&index), access) {
                    epoch.terms.access = access;
                }
            };
            spoiled(model, step, |model| set(model, Some(Access::Open)), |model, _| set(model, access))
        }
        _ => model.predict(step),
    }),
    ("a retired pool cannot be left while withdrawals are off", |model, step| match *step {
        Step::Unrestake { .. } => {
            let off = model.config.as_ref().is_some_and(|config| !config.withdrawals);
            if off && model.clone().predict(step).is_ok() {
                return refuse(Error::WithdrawalsClosed);
            }
            model.predict(step)
        }
        _ => model.predict(step),
    }),
    ("bound receipts may be withdrawn", |model, step| match *step {
        Step::Unrestake { who, lst, .. } => {
            let position = model.tokens[lst].positions[who];
            spoiled(
                model,
                step,
                |model| model.tokens[lst].positions[who] = None,
                |model, _| model.tokens[lst].positions[who] = position,
            )
        }
        _ => model.predict(step),
    }),
    ("receipts stay free after a deposit into an account that was free", |model, step| match *step {
        Step::Restake { who, lst, .. } => {
            let free = model.tokens[lst].receipts[who].is_some_and(|receipts| !receipts.frozen);
            let due = model.predict(step);
            if let (true, Ok(()), Some(receipts)) = (free, due, &mut model.tokens[lst].receipts[who]) {
                receipts.frozen = false;
            }
            due
        }
        _ => model.predict(step),
    }),
];
