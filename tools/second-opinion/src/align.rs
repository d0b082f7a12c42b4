//! Which instruction on chain answers to which of the text. It decides only what a difference is called.

#[derive(Default)]
pub struct Alignment {
    /// (expected, actual), by expected.
    pub pairs: Vec<(usize, usize)>,
    pub missing: usize,
    pub extra: usize,
    pub moved: usize,
}

/// Leaving one out and putting another in costs two gaps: a dearer pair is never made.
const GAP: f64 = 1.0;
/// Up to here two are so alike that one is taken for the other even across a moved neighbour.
const ALIKE: f64 = 0.7;

/// Equal ones are paired first, wherever they stand, then the rest by least cost (0 for equal, rising).
pub fn align(expected: usize, actual: usize, cost: impl Fn(usize, usize) -> f64) -> Alignment {
    let mut pairs: Vec<(usize, usize)> =
        (0..expected.min(actual)).filter(|at| cost(*at, *at) == 0.0).map(|at| (at, at)).collect();
    let mut free_actual: Vec<usize> = (0..actual).filter(|a| !pairs.contains(&(*a, *a))).collect();
    let mut free_expected = Vec::new();
    for e in (0..expected).filter(|e| *e >= actual || cost(*e, *e) != 0.0) {
        match free_actual.iter().position(|a| cost(e, *a) == 0.0) {
            Some(twin) => pairs.push((e, free_actual.remove(twin))),
            None => free_expected.push(e),
        }
    }
    pairs.sort();
    let anchors = longest_rise(&pairs);
    let price = |e: usize, a: usize| {
        let crosses = || anchors.iter().any(|(x, y)| (*x < e) != (*y < a));
        let value = cost(e, a);
        if value > ALIKE && crosses() {
            f64::INFINITY
        } else {
            value
        }
    };
    let more = cheapest(&free_expected, &free_actual, price);
    let (missing, extra) = (free_expected.len() - more.len(), free_actual.len() - more.len());
    pairs.extend(more);
    pairs.sort();
    let moved = pairs.len() - longest_rise(&pairs).len();
    Alignment { pairs, missing, extra, moved }
}

/// The longest run that rises on both sides.
fn longest_rise(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut runs: Vec<Vec<(usize, usize)>> = Vec::new();
    for pair in pairs {
        let mut best: &[(usize, usize)] = &[];
        for run in runs.iter().filter(|run| run[run.len() - 1].1 < pair.1) {
            best = if run.len() > best.len() { run } else { best };
        }
        runs.push([best, &[*pair]].concat());
    }
    // The first of equal length, as everywhere here.
    runs.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

/// The pairs of a least-cost alignment of two sequences.
fn cheapest(
    expected: &[usize],
    actual: &[usize],
    price: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    let mut total = vec![vec![0.0; actual.len() + 1]; expected.len() + 1];
    for i in (0..=expected.len()).rev() {
        for j in (0..=actual.len()).rev() {
            let leave = if i < expected.len() { GAP + total[i + 1][j] } else { f64::INFINITY };
            let insert = if j < actual.len() { GAP + total[i][j + 1] } else { f64::INFINITY };
            let inside = i < expected.len() && j < actual.len();
            let pair =
                if inside { price(expected[i], actual[j]) + total[i + 1][j + 1] } else { f64::INFINITY };
            let least = leave.min(insert).min(pair);
            total[i][j] = if least.is_finite() { least } else { 0.0 };
        }
    }
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < expected.len() && j < actual.len() {
        if total[i][j] == price(expected[i], actual[j]) + total[i + 1][j + 1] {
            pairs.push((expected[i], actual[j]));
            (i, j) = (i + 1, j + 1);
        } else if total[i][j] == GAP + total[i][j + 1] {
            j += 1;
        } else {
            i += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Instructions as words: equal 0, same first letter alike, else different.
    fn of(expected: &str, actual: &str) -> [usize; 3] {
        let words = |text: &str| text.split_whitespace().map(str::to_string).collect::<Vec<_>>();
        let (e, a) = (words(expected), words(actual));
        let cost = |i: usize, j: usize| match () {
            _ if e[i] == a[j] => 0.0,
            _ if e[i][..1] == a[j][..1] => 0.5,
            _ => 1.6,
        };
        let Alignment { missing, extra, moved, .. } = align(e.len(), a.len(), cost);
        [missing, extra, moved]
    }

    #[test]
    fn says_what_a_reader_would_say() {
        for (expected, actual, said) in [
            ("b x y", "b x y", [0, 0, 0]),
            ("b x y", "z b x y", [0, 1, 0]),
            ("b x y", "b y", [1, 0, 0]),
            ("b x y", "b y x", [0, 0, 1]),
            ("b x y", "b z y", [0, 0, 0]),
            ("b x y", "z b x", [1, 1, 0]),
            ("b x1 y", "b y x2", [0, 0, 1]),
            ("b x x", "b x x x", [0, 1, 0]),
            ("b x y", "", [3, 0, 0]),
        ] {
            assert_eq!(of(expected, actual), said, "{expected} against {actual}");
        }
    }
}
