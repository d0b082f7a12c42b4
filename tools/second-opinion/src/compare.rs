//! How a message on chain differs from the one that a text compiles to: what each difference is called, and how many.
use crate::align::{align, Alignment};
use crate::key::{discriminator, Key};
use crate::message::{Compiled, Message};
use crate::verdict::Verdict::{self, *};
use std::collections::BTreeMap;

/// Differing bytes closer together than this count as one difference.
const RUN_GAP: usize = 8;
/// Ends of the fields of `begin_sip` and `accept_authority`, and what a difference in each is called.
const BEGIN: [(usize, Verdict); 9] = [
    (8, DifferentArgument),
    (12, DifferentArgument),
    (44, DigestUnknown),
    (45, DifferentArgument),
    (46, DifferentArgument),
    (47, DifferentArgument),
    (55, DifferentArgument),
    (87, WrongCouncil),
    (95, DifferentArgument),
];
const ACCEPT: [(usize, Verdict); 4] =
    [(8, DifferentArgument), (12, DifferentArgument), (44, DigestUnknown), (52, DifferentArgument)];

/// Empty only where every byte is equal.
pub fn compare(wanted: &Message, present: &Message, stored: &[u8]) -> Vec<Verdict> {
    if wanted.stored() == stored {
        return Vec::new();
    }
    let mut found = Found::default();
    let cost =
        |e: usize, a: usize| cost((wanted, &wanted.instructions[e]), (present, &present.instructions[a]));
    let Alignment { pairs, missing, extra, moved } =
        align(wanted.instructions.len(), present.instructions.len(), cost);
    for (kind, count) in [(ExtraInstruction, extra), (MissingInstruction, missing), (Reordered, moved)] {
        found.kinds.extend(vec![kind; count]);
    }
    for (e, a) in pairs {
        found.instruction((wanted, &wanted.instructions[e]), (present, &present.instructions[a]));
    }
    found.keys(wanted, present);
    if found.kinds.is_empty() {
        found.kinds.push(DifferentArgument);
    }
    found.kinds
}

type In<'a> = (&'a Message, &'a Compiled);

/// A key of a lookup table is never equal to one of the text, which compiles to none.
fn same_key((wanted, e): (&Message, u8), (present, a): (&Message, u8)) -> bool {
    wanted.key(e).is_some() && wanted.key(e) == present.key(a)
}

fn cost((wanted, e): In, (present, a): In) -> f64 {
    let program = same_key((wanted, e.program), (present, a.program));
    let pairs = || e.accounts.iter().zip(&a.accounts);
    let accounts =
        e.accounts.len() == a.accounts.len() && pairs().all(|(e, a)| same_key((wanted, *e), (present, *a)));
    let head = |data: &[u8]| data[..data.len().min(8)].to_vec();
    match (program, e.data == a.data) {
        (true, true) if accounts => 0.0,
        (true, true) => 0.3,
        (true, false) if head(&e.data) == head(&a.data) => 0.5,
        (true, false) => 1.2,
        (false, true) => 0.7,
        (false, false) => 1.6,
    }
}

#[derive(Default)]
struct Found {
    kinds: Vec<Verdict>,
    /// Keys of the text that a difference has named already, and places in the table on chain that one has shown.
    named: Vec<Key>,
    shown: Vec<u8>,
}

impl Found {
    fn pointer(&mut self, kind: Verdict, named: Option<Key>, wanted: Option<u8>, got: Option<u8>) {
        self.kinds.push(kind);
        self.named.extend(named);
        self.shown.extend(got.filter(|_| wanted == got));
    }

    fn instruction(&mut self, (wanted, e): In, (present, a): In) {
        if !same_key((wanted, e.program), (present, a.program)) {
            self.pointer(DifferentProgram, wanted.key(e.program), Some(e.program), Some(a.program));
        }
        for at in 0..e.accounts.len().max(a.accounts.len()) {
            let (want, got) = (e.accounts.get(at).copied(), a.accounts.get(at).copied());
            let same = want.zip(got).is_some_and(|(want, got)| same_key((wanted, want), (present, got)));
            if !same {
                self.pointer(DifferentAccount, want.and_then(|index| wanted.key(index)), want, got);
            }
        }
        let fields = fields(&e.data).filter(|fields| Some(*fields) == self::fields(&a.data));
        if let Some(fields) = fields {
            let mut from = 0;
            for (to, kind) in fields {
                self.kinds.extend((e.data[from..*to] != a.data[from..*to]).then_some(*kind));
                from = *to;
            }
            return;
        }
        let mut last_end = None;
        for at in (0..e.data.len().max(a.data.len())).filter(|at| e.data.get(*at) != a.data.get(*at)) {
            if last_end.is_none_or(|end| at - end >= RUN_GAP) {
                self.kinds.push(DifferentArgument);
            }
            last_end = Some(at + 1);
        }
    }

    /// The table of keys itself: which are there, who signs, what is written, in which order.
    fn keys(&mut self, wanted: &Message, present: &Message) {
        let before = self.kinds.len();
        let mut places: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (at, key) in present.keys.iter().enumerate().rev() {
            places.entry(*key).or_default().push(at);
        }
        let role = |message: &Message, at: usize| (message.signs(at), message.is_written(at));
        for (at, key) in wanted.keys.iter().enumerate() {
            let differs = match places.get_mut(key).and_then(Vec::pop) {
                None => !self.named.contains(key),
                Some(place) => role(wanted, at) != role(present, place),
            };
            self.kinds.extend(differs.then_some(DifferentAccount));
        }
        for place in places.into_values().flatten() {
            let shown = self.shown.iter().any(|at| usize::from(*at) == place);
            self.kinds.extend((!shown).then_some(DifferentAccount));
        }
        if self.kinds.len() == before && before == 0 && wanted.keys != present.keys {
            self.kinds.push(DifferentAccount);
        }
    }
}

fn fields(data: &[u8]) -> Option<&'static [(usize, Verdict)]> {
    let is =
        |name: &str, length: usize| data.len() == length && data.starts_with(&discriminator("global", name));
    match () {
        _ if is("begin_sip", 95) => Some(&BEGIN),
        _ if is("accept_authority", 52) => Some(&ACCEPT),
        _ => None,
    }
}
