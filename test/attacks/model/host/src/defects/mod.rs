//! The control run: a model that errs in one way. Where it is not told apart from the program, the steps come nowhere
//! near what it errs about.

mod council;
mod deposits;
mod epochs;

use crate::{
    model::{refuse, Due, Model},
    play::Predict,
    steps::*,
};

type Defect = (&'static str, Predict);

/// By what it errs about.
pub fn all() -> impl Iterator<Item = Defect> {
    [&epochs::DEFECTS[..], &deposits::DEFECTS, &council::DEFECTS].concat().into_iter()
}

/// As designed, of a model that is another while it is asked. `mend` undoes that where the step took effect.
fn spoiled(
    model: &mut Model,
    step: &Step,
    spoil: impl FnOnce(&mut Model),
    mend: impl FnOnce(&mut Model, &Model),
) -> Due {
    let before = model.clone();
    spoil(model);
    let due = model.predict(step);
    if due.is_ok() {
        mend(model, &before);
        return due;
    }
    // What a refused step leaves is its proposal.
    let made = model.councils.map(|council| council.transaction_index);
    let proposals = std::mem::take(&mut model.proposals);
    *model = Model { proposals, ..before };
    for (council, index) in model.councils.iter_mut().zip(made) {
        council.transaction_index = index;
    }
    due
}

/// As it should be, by the same way as the defects: it must not be told apart.
pub const NO_DEFECT: Predict = |model, step| spoiled(model, step, |_| {}, NOTHING);

const NOTHING: fn(&mut Model, &Model) = |_, _| {};
