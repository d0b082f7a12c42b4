//! A model that errs about what is asked of the council.

use super::*;

fn council_of(model: &Model, step: &Step) -> Option<Council> {
    match step {
        Step::Sip { council, .. } => Some(*council),
        Step::Execute { proposal, .. } => model.proposals.get(*proposal).map(|proposal| proposal.council),
        _ => None,
    }
}

/// Changes every beginning of the message that the step executes.
fn begun_otherwise(model: &mut Model, step: &Step, change: impl Fn(&mut Begin)) -> Due {
    let Step::Sip { council, message, run } = step else { return model.predict(step) };
    let mut message = message.clone();
    for inner in &mut message {
        if let Inner::Begin(begin) = inner {
            change(begin);
        }
    }
    model.predict(&Step::Sip { council: *council, message, run: *run })
}

fn run_otherwise(model: &mut Model, step: &Step, change: impl Fn(&mut Run)) -> Due {
    let mut step = step.clone();
    if let Step::Sip { run, .. } | Step::Execute { run, .. } = &mut step {
        change(run);
    }
    model.predict(&step)
}

pub const DEFECTS: [Defect; 9] = [
    ("a council below the floor decides", |model, step| match council_of(model, step) {
        Some(council) => {
            let has = model.councils[council];
            spoiled(
                model,
                step,
                |model| model.councils[council].threshold = 9,
                |model, _| model.councils[council].threshold = has.threshold,
            )
        }
        None => model.predict(step),
    }),
    ("a council that somebody controls decides", |model, step| match council_of(model, step) {
        Some(council) => {
            let has = model.councils[council];
            spoiled(
                model,
                step,
                |model| model.councils[council].controlled = false,
                |model, _| model.councils[council].controlled = has.controlled,
            )
        }
        None => model.predict(step),
    }),
    ("a stale approval takes effect", |model, step| match council_of(model, step) {
        Some(council) => {
            let has = model.councils[council];
            spoiled(
                model,
                step,
                |model| model.councils[council].stale_index = 0,
                |model, _| model.councils[council].stale_index = has.stale_index,
            )
        }
        None => model.predict(step),
    }),
    ("the last transaction before a change is not stale", |model, step| match council_of(model, step) {
        Some(council) => {
            let has = model.councils[council];
            spoiled(
                model,
                step,
                |model| model.councils[council].stale_index = has.stale_index.saturating_sub(1),
                |model, _| model.councils[council].stale_index = has.stale_index,
            )
        }
        None => model.predict(step),
    }),
    ("members are not compared", |model, step| {
        begun_otherwise(model, step, |begin| begin.other_members = false)
    }),
    ("what runs is not compared with what was named", |model, step| {
        run_otherwise(model, step, |run| run.top = Top::Execute)
    }),
    ("another program may stand in between", |model, step| {
        run_otherwise(model, step, |run| run.through_another = false)
    }),
    ("what was announced and not used lasts beyond its slot", |model, step| match step {
        Step::Sip { message, .. } if !matches!(message[0], Inner::Begin(_)) => {
            let slot = model.slot;
            spoiled(
                model,
                step,
                |model| model.records.values_mut().for_each(|record| record.slot = slot),
                |model, before| {
                    for (number, record) in &before.records {
                        model.records.entry(*number).and_modify(|kept| kept.slot = record.slot);
                    }
                },
            )
        }
        _ => model.predict(step),
    }),
    ("an offer lasts a second longer", |model, step| match step {
        Step::Sip { .. } => spoiled(
            model,
            step,
            |model| {
                if let Some(offer) = model.config.as_mut().and_then(|config| config.offer.as_mut()) {
                    offer.expires_at += 1;
                }
            },
            |model, before| {
                let was = before.config.as_ref().and_then(|config| config.offer);
                let offer = model.config.as_mut().and_then(|config| config.offer.as_mut());
                if let (Some(offer), Some(was)) = (offer, was.filter(|was| was.expires_at < i64::MAX)) {
                    if offer.sip == was.sip {
                        offer.expires_at = was.expires_at;
                    }
                }
            },
        ),
        _ => model.predict(step),
    }),
];
