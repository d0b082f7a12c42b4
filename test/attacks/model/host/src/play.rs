//! A world from its first step to its last: drawn, predicted, performed, compared.

use std::collections::BTreeMap;

use crate::{
    chain::{addresses::Addresses, world::World},
    compare::difference,
    draw::draw,
    invariants::Witness,
    model::{Due, Model},
    random::Random,
    steps::Step,
};

/// A world lives for so many steps: time only goes forward, and epochs and SIPs pile up.
pub const STEPS_OF_A_WORLD: usize = 250;

/// What is expected of a step; the control run puts one that errs in its place.
pub type Predict = fn(&mut Model, &Step) -> Due;

pub const AS_DESIGNED: Predict = |model, step| model.predict(step);

/// Steps made, by class, and how many of them succeeded.
pub type Counts = BTreeMap<&'static str, (u64, u64)>;

pub struct Found {
    pub problem: String,
    /// All steps of the world up to the one that showed it.
    pub steps: Vec<Step>,
}

struct Play<'a> {
    world: World<'a>,
    model: Model,
    witness: Witness,
    predict: Predict,
}

impl<'a> Play<'a> {
    fn new(at: &'a Addresses, predict: Predict) -> Self {
        Self { world: World::new(at), model: Model::new(), witness: Witness::default(), predict }
    }

    /// @returns whether it succeeded, or what is wrong
    fn step(&mut self, step: &Step) -> Result<bool, String> {
        let due = (self.predict)(&mut self.model, step);
        let found = self.world.perform(step);
        if due != found {
            return Err(format!("{} instead of {}", said(found), said(due)));
        }
        if found.is_ok() {
            if let Some(broken) = self.witness.broken(&self.world, step) {
                return Err(broken);
            }
            if let Some(difference) = difference(&self.world, &self.model) {
                return Err(difference);
            }
        }
        Ok(found.is_ok())
    }
}

fn said(result: Due) -> String {
    match result {
        Ok(()) => "success".into(),
        Err(code @ 6000..7000) => {
            format!("error {code}")
        }
        Err(code) => format!("error {code:#x}"),
    }
}

/// Draws and plays one world.
pub fn play(at: &Addresses, seed: u64, steps: usize, counts: &mut Counts, predict: Predict) -> Option<Found> {
    let mut random = Random::new(seed);
    let mut play = Play::new(at, predict);
    let mut made = Vec::with_capacity(steps);
    for _ in 0..steps {
        let step = draw(&play.model, &mut random);
        let result = play.step(&step);
        let count = counts.entry(step.name()).or_default();
        count.0 += 1;
        made.push(step);
        match result {
            Ok(succeeded) => count.1 += u64::from(succeeded),
            Err(problem) => return Some(Found { problem, steps: made }),
        }
    }
    None
}

/// The same steps again, without drawing.
fn replay(at: &Addresses, steps: &[Step], predict: Predict) -> Option<Found> {
    let mut play = Play::new(at, predict);
    for (position, step) in steps.iter().enumerate() {
        if let Err(problem) = play.step(step) {
            return Some(Found { problem, steps: steps[..=position].to_vec() });
        }
    }
    None
}

/// What is wrong without its values: fewer steps may well show another problem.
fn kind_of(found: &Found) -> &str {
    found.problem.split(['{', ':']).next().unwrap_or_default()
}

/// Leaves out what is not needed to show a problem, in ever smaller pieces.
pub fn shortened(at: &Addresses, found: Found, predict: Predict) -> Found {
    let mut best = found;
    let mut piece = best.steps.len().div_ceil(2);
    loop {
        let mut from = 0;
        while from < best.steps.len() {
            let mut fewer = best.steps.clone();
            fewer.drain(from..(from + piece).min(fewer.len()));
            match replay(at, &fewer, predict) {
                Some(shorter) if kind_of(&shorter) == kind_of(&best) => best = shorter,
                _ => from += piece,
            }
        }
        if piece == 1 {
            return best;
        }
        piece = piece.div_ceil(2);
    }
}
