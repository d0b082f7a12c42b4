//! The fields of an action, each in its one canonical form.
use crate::key::{self, Key, NO_KEY};
use crate::text::time;
use crate::yaml::Value;
use std::collections::BTreeMap;

/// The mapping of an action; what is left of it in the end is unknown.
pub struct Fields(BTreeMap<String, Value>);

/// Squads' own limit: 90 days.
const MAX_TIME_LOCK_SECONDS: u64 = 7_776_000;

impl Fields {
    pub fn of(value: Value) -> Result<Fields, String> {
        match value {
            Value::Map(map) => Ok(Fields(map)),
            _ => Err("a mapping has to stand here".into()),
        }
    }
    pub fn take(&mut self, name: &str) -> Result<Value, String> {
        self.0.remove(name).ok_or(format!("{name} is missing"))
    }
    pub fn text_if(&mut self, name: &str, holds: impl Fn(&str) -> bool) -> Result<String, String> {
        match self.take(name)? {
            Value::Text(text) if holds(&text) => Ok(text),
            other => Err(format!("{name} cannot be {other:?}")),
        }
    }
    pub fn key(&mut self, name: &str) -> Result<Key, String> {
        Key::try_from(self.text_if(name, |_| true)?)
    }
    pub fn key_or_none(&mut self, name: &str) -> Result<Key, String> {
        match self.text_if(name, |text| text != key::SYSTEM)?.as_str() {
            "none" => Ok(NO_KEY),
            text => Key::try_from(text.to_string()),
        }
    }
    pub fn whole(&mut self, name: &str, from: u64, to: u64) -> Result<u64, String> {
        match self.take(name)? {
            Value::Whole(whole) if (from..=to).contains(&whole) => Ok(whole),
            other => Err(format!("{name} cannot be {other:?}")),
        }
    }
    pub fn index(&mut self) -> Result<u16, String> {
        self.whole("index", 0, 65_535).map(|index| index as u16)
    }
    pub fn flag(&mut self, name: &str) -> Result<bool, String> {
        match self.take(name)? {
            Value::Flag(flag) => Ok(flag),
            other => Err(format!("{name} cannot be {other:?}")),
        }
    }
    /// Stated as true, or left out.
    pub fn stated(&mut self, name: &str) -> Result<bool, String> {
        if !self.0.contains_key(name) {
            return Ok(false);
        }
        if self.flag(name)? {
            Ok(true)
        } else {
            Err(format!("{name} is true or left out"))
        }
    }
    pub fn list(&mut self, name: &str) -> Result<Vec<Value>, String> {
        match self.take(name)? {
            Value::List(list) => Ok(list),
            other => Err(format!("{name} cannot be {other:?}")),
        }
    }
    /// The word's place among the words.
    pub fn word(&mut self, name: &str, words: &[&str]) -> Result<usize, String> {
        let word = self.text_if(name, |text| words.contains(&text))?;
        Ok(words.iter().position(|one| *one == word).expect("checked"))
    }
    /// Unix seconds, after 1970.
    pub fn time(&mut self, name: &str) -> Result<i64, String> {
        let text = self.text_if(name, |_| true)?;
        time(&text).filter(|seconds| *seconds > 0).ok_or(format!("{name} cannot be {text:?}"))
    }
    pub fn time_or_none(&mut self, name: &str) -> Result<Option<i64>, String> {
        if self.0.get(name) == Some(&Value::Text("none".into())) {
            return self.take(name).map(|_| None);
        }
        self.time(name).map(Some)
    }
    pub fn symbol(&mut self) -> Result<String, String> {
        self.text_if("symbol", |text| {
            (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
        })
    }
    pub fn operator_name(&mut self) -> Result<String, String> {
        self.text_if("name", |text| {
            (1..=32).contains(&text.len())
                && text.trim() == text
                && text.bytes().all(|b| matches!(b, b' '..=b'~'))
        })
    }
    /// Decimals, and the cap in base units: exact, and below the number that means unlimited.
    pub fn cap(&mut self) -> Result<(u8, u64), String> {
        let decimals = self.whole("decimals", 0, 18)?;
        let text = self.text_if("cap", |_| true)?;
        let units = || {
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            let plain = !whole.is_empty() && (whole == "0" || !whole.starts_with('0')) && whole.len() <= 20;
            let exact =
                fraction.len() <= decimals as usize && !fraction.ends_with('0') && !text.ends_with('.');
            let zeros = "0".repeat((decimals as usize).checked_sub(fraction.len())?);
            let all = (plain && exact && digits(whole) && digits(fraction))
                .then(|| [whole, fraction, &zeros].concat());
            all?.parse::<u64>().ok().filter(|units| *units < u64::MAX)
        };
        let cap = if text == "unlimited" { Some(u64::MAX) } else { units() };
        Ok((decimals as u8, cap.ok_or(format!("cap cannot be {text:?}"))?))
    }
    /// Lowest threshold, lowest time lock in seconds.
    pub fn floors(&mut self) -> Result<(u16, u32), String> {
        let threshold = self.whole("min-threshold", 1, 65_535)?;
        Ok((threshold as u16, self.whole("min-time-lock-seconds", 0, MAX_TIME_LOCK_SECONDS)? as u32))
    }
    pub fn end(self) -> Result<(), String> {
        self.0.keys().next().map_or(Ok(()), |name| Err(format!("{name} is no field of it")))
    }
}
