//! A model that errs about epochs: when they begin and end, who activates them, what they set.

use restaking::error::RestakingError as Error;

use super::*;

pub const DEFECTS: [Defect; 8] = [
    ("an epoch may be activated a second early", |model, step| match step {
        Step::Activate { .. } => spoiled(
            model,
            step,
            |model| model.now += 1,
            |model, before| {
                model.now = before.now;
                for epoch in model.epochs.values_mut() {
                    if let Some((at, _)) = epoch.activated.as_mut().filter(|(at, _)| *at > before.now) {
                        *at = before.now;
                    }
                }
            },
        ),
        _ => model.predict(step),
    }),
    ("an epoch may be activated in the second in which its window closes", |model, step| match *step {
        Step::Activate { index, .. } => {
            let closes_at = model.epochs.get(&index).and_then(|epoch| epoch.terms.closes_at);
            let later = |model: &mut Model, closes_at: Option<i64>| {
                if let Some(epoch) = model.epochs.get_mut(&index) {
                    epoch.terms.closes_at = closes_at;
                }
            };
            spoiled(
                model,
                step,
                |model| later(model, closes_at.map(|closes_at| closes_at.saturating_add(1))),
                |model, _| later(model, closes_at),
            )
        }
        _ => model.predict(step),
    }),
    ("an epoch may be activated beside another", |model, step| match step {
        Step::Activate { .. } => spoiled(
            model,
            step,
            |model| {
                if let Some(config) = &mut model.config {
                    config.active = None;
                }
            },
            NOTHING,
        ),
        _ => model.predict(step),
    }),
    ("an epoch may be activated by anybody", |model, step| match *step {
        Step::Activate { by, .. } => spoiled(
            model,
            step,
            |model| {
                if let Some(config) = &mut model.config {
                    config.epoch_admin = Some(by);
                }
            },
            |model, before| {
                if let (Some(config), Some(old)) = (&mut model.config, &before.config) {
                    config.epoch_admin = old.epoch_admin;
                }
            },
        ),
        _ => model.predict(step),
    }),
    ("an activation leaves withdrawals open that its epoch closes", |model, step| {
        let were_open = model.config.as_ref().is_some_and(|config| config.withdrawals);
        let due = model.predict(step);
        if let (Step::Activate { .. }, true, Ok(()), Some(config)) = (step, were_open, due, &mut model.config)
        {
            config.withdrawals = true;
        }
        due
    }),
    ("an epoch may be closed in the second before its window closes", |model, step| match step {
        Step::Close { .. } => spoiled(
            model,
            step,
            |model| model.now += 1,
            |model, before| {
                model.now = before.now;
                for epoch in model.epochs.values_mut() {
                    epoch.closed_at = epoch.closed_at.map(|at| at.min(before.now));
                }
            },
        ),
        _ => model.predict(step),
    }),
    ("an epoch that is not the last may be cancelled", |model, step| {
        let due = model.clone().predict(step);
        if due == refuse(Error::EpochNotLast) {
            return Ok(());
        }
        model.predict(step)
    }),
    ("a cap of a cancelled schedule counts for the next", |model, step| match *step {
        Step::Restake { index, lst, .. } => {
            let was = model.caps.get(&(index, lst)).map(|cap| cap.scheduled_by);
            let now = model.epochs.get(&index).map(|epoch| epoch.scheduled_by);
            let set = |model: &mut Model, by: Option<u32>| {
                if let (Some(cap), Some(by)) = (model.caps.get_mut(&(index, lst)), by) {
                    cap.scheduled_by = by;
                }
            };
            spoiled(model, step, |model| set(model, now), |model, _| set(model, was))
        }
        _ => model.predict(step),
    }),
];
