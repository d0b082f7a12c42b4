//! A SIP's text: its canonical lines, its digest, and where its actions stand.
use crate::key::sha;
use unicode_normalization::UnicodeNormalization;

const MAX_BYTES: usize = 256 * 1024;
const TITLE_LINE: &str = "# Solayer Improvement Proposal (SIP)";
const KEYS: [&str; 8] = ["SIP", "Title", "Authors", "Status", "Type", "Category", "Created", "Updated"];
/// They change while a SIP is decided, and so are no part of what is decided.
const LIVING: [&str; 2] = ["Status", "Updated"];
const DAY_SECONDS: i64 = 86_400;
const MAX_VALID_DAYS: i64 = 90;
pub const ACTIONS_FENCE: &str = "```actions";

/// Blanks and separators that look like others, invisible, private and lost characters: [from, to] of each range.
#[rustfmt::skip]
const REFUSED: [[u32; 2]; 31] = [
    [0xa0, 0xa0], [0xad, 0xad], [0x34f, 0x34f], [0x600, 0x605], [0x61c, 0x61c], [0x6dd, 0x6dd], [0x70f, 0x70f],
    [0x890, 0x891], [0x8e2, 0x8e2], [0x115f, 0x1160], [0x1680, 0x1680], [0x17b4, 0x17b5], [0x180b, 0x180f],
    [0x2000, 0x200f], [0x2028, 0x202f], [0x205f, 0x206f], [0x2800, 0x2800], [0x3000, 0x3000], [0x3164, 0x3164],
    [0xe000, 0xf8ff], [0xfdd0, 0xfdef], [0xfe00, 0xfe0f], [0xfeff, 0xfeff], [0xffa0, 0xffa0], [0xfff0, 0xffff],
    [0x110bd, 0x110bd], [0x110cd, 0x110cd], [0x13430, 0x1343f], [0x1bca0, 0x1bca3], [0x1d173, 0x1d17a],
    [0xe0000, 0x10ffff],
];

pub struct Text {
    pub number: u32,
    pub title: String,
    pub digest: [u8; 32],
    /// Start of the day in Updated, unix seconds.
    updated: i64,
    /// Lines of the actions block, and the number of its first line in the file.
    pub block: (usize, Vec<String>),
}

pub fn read(bytes: &[u8]) -> Result<Text, String> {
    if bytes.len() > MAX_BYTES {
        return Err(format!("it is larger than {MAX_BYTES} bytes"));
    }
    let lines = canonical(bytes)?;
    let hidden = |c: &u32| REFUSED.iter().any(|[from, to]| (*from..=*to).contains(c));
    if let Some(c) = String::from_utf8_lossy(bytes).chars().map(u32::from).find(hidden) {
        return Err(format!("it holds U+{c:04X}, which readers do not see or see as something else"));
    }
    let header = header_run(&lines);
    let title = lines.iter().find(|line| !line.is_empty());
    if title.map(String::as_str) != Some(TITLE_LINE) || header.len() != KEYS.len() {
        return Err(format!("it does not begin with {TITLE_LINE:?} and {} header lines", KEYS.len()));
    }
    let mut values = Vec::new();
    for (line, key) in lines[header.clone()].iter().zip(KEYS) {
        match header_line(line) {
            Some((found, value)) if found == key && !value.is_empty() => values.push(value),
            _ => return Err(format!("{key:?} with a value has to stand where {line:?} stands")),
        }
    }
    let number =
        values[0].parse().ok().filter(|n: &u32| n.to_string() == values[0] && (2..=9999).contains(n));
    let updated = time(&format!("{}T00:00:00Z", values[7]));
    Ok(Text {
        number: number.ok_or("its SIP number does not run from 2 to 9999")?,
        title: values[1].to_string(),
        digest: digest(&lines, header),
        updated: updated.ok_or("Updated is no day")?,
        block: actions_block(&lines)?,
    })
}

impl Text {
    /// Unix seconds until which the text may be executed.
    pub fn valid_until(&self, stated: &str) -> Result<i64, String> {
        let latest = self.updated + MAX_VALID_DAYS * DAY_SECONDS;
        let within = |seconds: &i64| *seconds > self.updated && *seconds <= latest;
        time(stated)
            .filter(within)
            .ok_or(format!("valid-until lies outside the {MAX_VALID_DAYS} days after Updated"))
    }
}

/// Strict UTF-8 without controls, one kind of line end, NFC, no blanks at line ends.
fn canonical(bytes: &[u8]) -> Result<Vec<String>, String> {
    let text = std::str::from_utf8(bytes).map_err(|fault| format!("it is not UTF-8: {fault}"))?;
    let refused = |c: &char| (c.is_control() && !['\t', '\n', '\r'].contains(c)) || *c == '\u{feff}';
    if let Some(control) = text.chars().find(refused) {
        return Err(format!("it holds {control:?}"));
    }
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
    Ok(text.split('\n').map(|line| line.trim_end_matches([' ', '\t']).to_string()).collect())
}

/// `Key: value`, or `Key:` with nothing after it.
fn header_line(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let word = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphabetic() || c == ' ' || c == '-');
    let apart = value.is_empty() || value.starts_with([' ', '\t']);
    (word && apart).then(|| (key, value.trim_start_matches([' ', '\t'])))
}

/// The run of `Key: value` lines after the H1.
fn header_run(lines: &[String]) -> std::ops::Range<usize> {
    let after_blank = |from: usize| from + lines[from..].iter().take_while(|line| line.is_empty()).count();
    let title = after_blank(0);
    if !lines.get(title).is_some_and(|line| line.starts_with("# ")) {
        return 0..0;
    }
    let first = after_blank(title + 1);
    first..first + lines[first..].iter().take_while(|line| header_line(line).is_some()).count()
}

pub fn digest(lines: &[String], header: std::ops::Range<usize>) -> [u8; 32] {
    let living = |at: usize| {
        header.contains(&at) && LIVING.contains(&header_line(&lines[at]).map_or("", |(key, _)| key))
    };
    let kept: Vec<&str> = (0..lines.len()).filter(|at| !living(*at)).map(|at| lines[at].as_str()).collect();
    sha(&[b"solayer-sip-v1\0", kept.join("\n").trim_end_matches('\n').as_bytes(), b"\n"])
}

/// The one block under `## Specification`. Any other fence that names actions is refused, wherever it stands.
fn actions_block(lines: &[String]) -> Result<(usize, Vec<String>), String> {
    let names = |line: &String| {
        let fence = line.rfind("```").max(line.rfind("~~~"));
        let words = |at: usize| line[at..].to_lowercase();
        fence.is_some_and(|at| {
            words(at).split(|c: char| !c.is_ascii_lowercase()).any(|w| w == "action" || w == "actions")
        })
    };
    let candidates: Vec<usize> = (0..lines.len()).filter(|at| names(&lines[*at])).collect();
    let [open] = candidates[..] else {
        return Err(format!("{} lines could open its actions block; it has exactly one", candidates.len()));
    };
    let (mut fence, mut section) = (None, "");
    for (at, line) in lines.iter().enumerate() {
        let run = line.trim_start_matches(' ');
        match fence {
            None if at == open && line == ACTIONS_FENCE && section == "Specification" => {
                let length = lines[open + 1..].iter().position(|line| line.trim_start_matches(' ') == "```");
                let end = open + 1 + length.ok_or("its actions block is not closed")?;
                return Ok((open + 2, lines[open + 1..end].to_vec()));
            }
            None => {
                let mark = fence_mark(line);
                let info = line.trim_start_matches(mark.0);
                fence = (mark.1 >= 3 && !(mark.0 == '`' && info.contains('`'))).then_some(mark);
                section = line.strip_prefix("## ").map_or(section, str::trim);
            }
            Some((char, length)) => {
                let closes =
                    run.chars().all(|c| c == char) && run.len() >= length && line.len() - run.len() <= 3;
                fence = if closes { None } else { fence };
            }
        }
    }
    Err(format!("line {}: {ACTIONS_FENCE:?} has to stand alone, under \"## Specification\"", open + 1))
}

fn fence_mark(line: &str) -> (char, usize) {
    let char = if line.starts_with('~') { '~' } else { '`' };
    (char, line.chars().take_while(|c| *c == char).count())
}

/// `YYYY-MM-DDTHH:MM:SSZ` of a moment that exists, as unix seconds.
pub fn time(text: &str) -> Option<i64> {
    let form = text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    if !form.eq(*b"0000-00-00T00:00:00Z") {
        return None;
    }
    let part = |from: usize, to: usize| text[from..to].parse::<i64>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = [31, 28 + i64::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let exists = (1..=12).contains(&month) && (1..=days[month as usize - 1]).contains(&day);
    if !exists || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let before = year - 1;
    // Days from 1 January of the year 1 to the year's first, and from there on.
    let years = before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let within = days[..month as usize - 1].iter().sum::<i64>() + day - 1;
    const TO_1970: i64 = 719_162;
    Some((years + within - TO_1970) * DAY_SECONDS + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{hex, unhex};
    use serde_json::Value;
    use std::{fs, path::Path};

    fn digest_of(bytes: &[u8]) -> Result<String, String> {
        canonical(bytes).map(|lines| hex(&digest(&lines, header_run(&lines))))
    }

    #[test]
    fn digests_are_the_recorded_ones() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../test/golden/digest");
        let golden: Value = serde_json::from_slice(&fs::read(folder.join("vectors.json")).unwrap()).unwrap();
        let list = |name: &str| golden[name].as_array().unwrap().clone();
        for vector in list("vectors") {
            let bytes = fs::read(folder.join(vector["file"].as_str().unwrap())).unwrap();
            assert_eq!(digest_of(&bytes).as_deref(), Ok(vector["digest"].as_str().unwrap()), "{vector}");
        }
        for refused in list("refused") {
            assert!(digest_of(&unhex(refused["bytes"].as_str().unwrap()).unwrap()).is_err(), "{refused}");
        }
    }

    #[test]
    fn a_time_exists_or_is_none() {
        assert_eq!(time("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(time("2000-02-29T23:59:59Z"), Some(951_868_799));
        assert_eq!(time("9999-12-31T23:59:59Z"), Some(253_402_300_799));
        for text in ["2100-02-29", "2026-13-01", "2026-00-01", "2026-04-31", "2026-1-01", "2026-01-00"] {
            assert_eq!(time(&format!("{text}T00:00:00Z")), None, "{text}");
        }
        for text in ["24:00:00Z", "23:60:00Z", "23:59:60Z", "00:00:00", "00:00:00+"] {
            assert_eq!(time(&format!("2026-01-01T{text}")), None, "{text}");
        }
    }

    #[test]
    fn there_is_one_block_under_its_heading() {
        let block = |text: &str| {
            actions_block(&canonical(text.as_bytes()).unwrap()).map(|(at, lines)| (at, lines.join("|")))
        };
        assert_eq!(block("## Specification\n~~~\n~~~\n```actions\na: 1\n```\n"), Ok((5, "a: 1".into())));
        for text in [
            "",
            "```actions\n```",
            "## Abstract\n```actions\n```",
            "## Specification\n```actions\n",
            "## Specification\n ```actions\n```",
            "## Specification\n``` actions\n```",
            "## Specification\n````\n```actions\n```\n````",
            "## Specification\n```actions\n```\n~~~Actions x\n~~~",
            "## Specification\n```actions\n```\n> ```ACTION",
        ] {
            assert!(block(text).is_err(), "{text}");
        }
    }
}
