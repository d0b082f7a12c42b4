//! Random steps of council, admin, users and clock through the program's own code, compiled for this machine, beside a
//! reference model. `host-model play --seed S --from A --count N` makes the steps A to A + N of a run and prints what
//! came of them as one JSON document, `host-model control --seed S` the planted defects that were not found.

mod chain;
mod compare;
mod defects;
mod draw;
mod invariants;
mod message;
mod model;
mod play;
mod random;
mod steps;

use std::{collections::HashMap, process::ExitCode};

use chain::addresses::Addresses;
use play::{play, shortened, Counts, Found, Predict, AS_DESIGNED, STEPS_OF_A_WORLD};
use solana_sha256_hasher::hashv;

/// Of one of the two texts that a SIP's number can have.
pub fn digest_of(number: u32, text: u8) -> [u8; 32] {
    hashv(&[&number.to_le_bytes(), &[text]]).to_bytes()
}

const USAGE: &str = "host-model play --seed S --from STEP --count STEPS | host-model control --seed S";
/// So many worlds are asked whether a planted defect shows.
const WORLDS_OF_A_DEFECT: u64 = 400;
const WORLDS_WITHOUT_DEFECT: u64 = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, numbers)) = read(&arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    chain::runtime::set_up();
    let at = Addresses::default();
    match (command, numbers("--seed"), numbers("--from"), numbers("--count")) {
        ("play", Some(seed), Some(from), Some(count)) => played(&at, seed, from, count),
        ("control", Some(seed), None, None) => control(&at, seed),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn read(arguments: &[String]) -> Option<(&str, impl Fn(&str) -> Option<u64> + '_)> {
    let (command, rest) = arguments.split_first()?;
    let mut numbers = HashMap::new();
    for pair in rest.chunks(2) {
        let [name, value] = pair else { return None };
        numbers.insert(name.as_str(), value.parse::<u64>().ok()?);
    }
    Some((command, move |name: &str| numbers.get(name).copied()))
}

/// Worlds begin at multiples of their length, so that a run in slices is the run as a whole.
fn seed_of(seed: u64, step: u64) -> u64 {
    seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ step
}

fn played(at: &Addresses, seed: u64, from: u64, count: u64) {
    let mut counts = Counts::new();
    let mut broken = Vec::new();
    let mut step = from;
    while step < from + count {
        let steps = (from + count - step).min(STEPS_OF_A_WORLD as u64);
        if let Some(found) = play(at, seed_of(seed, step), steps as usize, &mut counts, AS_DESIGNED) {
            broken.push(told(at, found, step, AS_DESIGNED));
        }
        step += steps;
    }
    let counts: Vec<String> = counts
        .iter()
        .map(|(name, (tried, succeeded))| format!("{}:[{tried},{succeeded}]", quoted(name)))
        .collect();
    let broken: Vec<String> = broken.iter().map(|text| quoted(text)).collect();
    println!("{{\"steps\":{{{}}},\"broken\":[{}]}}", counts.join(","), broken.join(","));
}

fn told(at: &Addresses, found: Found, world: u64, predict: Predict) -> String {
    let step = world + found.steps.len() as u64 - 1;
    let problem = found.problem.clone();
    let shortest = shortened(at, found, predict);
    let steps: Vec<String> = shortest.steps.iter().map(|step| format!("{step:?}")).collect();
    format!("{problem} after step {step} of the world at {world}; shown too by: {}", steps.join(" | "))
}

fn control(at: &Addresses, seed: u64) {
    let mut missed = Vec::new();
    let told_apart = |predict: Predict, worlds: u64| {
        let mut steps = Counts::new();
        let differs = |world| play(at, seed_of(seed, world), STEPS_OF_A_WORLD, &mut steps, predict).is_some();
        let found = (0..worlds).any(differs);
        (found, steps.values().map(|(tried, _)| tried).sum::<u64>())
    };
    if told_apart(defects::NO_DEFECT, WORLDS_WITHOUT_DEFECT).0 {
        missed.push(quoted("a model without a defect is told apart"));
    }
    for (what, predict) in defects::all() {
        let (found, steps) = told_apart(predict, WORLDS_OF_A_DEFECT);
        eprintln!("{} after {steps} steps: {what}", if found { "found" } else { "not found" });
        if !found {
            missed.push(quoted(what));
        }
    }
    println!("{{\"missed\":[{}]}}", missed.join(","));
}

/// A JSON text.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
