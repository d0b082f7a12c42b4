//! The part of YAML that an actions block is written in: block mappings and lists of scalars on one line.
//! What is not surely the same for every YAML reader is refused.
use crate::text::time;
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    Text(String),
    Whole(u64),
    Flag(bool),
    List(Vec<Value>),
    Map(BTreeMap<String, Value>),
}

const MAX_BYTES: usize = 32 * 1024;
const MAX_DEPTH: usize = 24;

struct Line {
    number: usize,
    indent: usize,
    text: String,
}

struct Reader {
    lines: Vec<Line>,
    at: usize,
}

/// `first` is the number of the first line in the file.
pub fn read(first: usize, lines: &[String]) -> Result<Value, String> {
    if lines.iter().map(|line| line.len() + 1).sum::<usize>() > MAX_BYTES {
        return Err("the actions block is too large".into());
    }
    let mut kept = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = line.trim_start_matches(' ');
        let line = Line { number: first + at, indent: line.len() - text.len(), text: text.into() };
        if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || line.indent > MAX_DEPTH {
            return Err(fault(&line, "it is indented too far or not plain ASCII"));
        }
        if !text.is_empty() && !text.starts_with('#') {
            kept.push(line);
        }
    }
    let mut reader = Reader { lines: kept, at: 0 };
    let value = reader.node(0)?;
    match reader.lines.get(reader.at) {
        Some(line) => Err(fault(line, "it belongs to nothing above it")),
        None => Ok(value),
    }
}

fn fault(line: &Line, what: &str) -> String {
    format!("line {}: {what}", line.number)
}

impl Reader {
    /// The mapping or list whose entries begin at this indentation.
    fn node(&mut self, indent: usize) -> Result<Value, String> {
        let is_list = |line: &Line| line.text.starts_with("- ");
        let list = self.lines.get(self.at).is_some_and(is_list);
        let (mut items, mut map) = (Vec::new(), BTreeMap::new());
        while let Some(line) = self.lines.get_mut(self.at).filter(|line| line.indent == indent) {
            if is_list(line) != list {
                // A list under a key may stand as deep as the key: what follows it is the mapping's next key.
                break;
            }
            if list {
                let rest = line.text[2..].trim_start_matches(' ').to_string();
                let deeper = indent + line.text.len() - rest.len();
                if rest.starts_with('-') {
                    return Err(fault(line, "a list in a list"));
                }
                if split_key(&rest).is_some() {
                    (line.indent, line.text) = (deeper, rest);
                    items.push(self.node(deeper)?);
                } else {
                    items.push(scalar(line, &rest)?);
                    self.at += 1;
                }
                continue;
            }
            let (key, rest) = split_key(&line.text).ok_or_else(|| fault(line, "no \"key: value\""))?;
            let (key, rest) = (key.to_string(), rest.to_string());
            if map.contains_key(&key) {
                return Err(fault(line, "the key stands twice"));
            }
            let value = if rest.is_empty() { self.below(indent)? } else { scalar(line, &rest)? };
            self.at += usize::from(!rest.is_empty());
            map.insert(key, value);
        }
        Ok(if list { Value::List(items) } else { Value::Map(map) })
    }

    /// What stands under a key without a value on its line.
    fn below(&mut self, indent: usize) -> Result<Value, String> {
        self.at += 1;
        match self.lines.get(self.at) {
            Some(next) if next.indent > indent || (next.indent == indent && next.text.starts_with("- ")) => {
                let deeper = next.indent;
                self.node(deeper)
            }
            _ => Err(fault(&self.lines[self.at - 1], "the key has no value")),
        }
    }
}

fn split_key(text: &str) -> Option<(&str, &str)> {
    let (key, rest) = text.split_once(':')?;
    let word = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (word && (rest.is_empty() || rest.starts_with(' '))).then(|| (key, rest.trim_start_matches(' ')))
}

fn scalar(line: &Line, text: &str) -> Result<Value, String> {
    let inside = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark);
    let quoted = match (inside('"'), inside('\'')) {
        (Some(inner), _) if !inner.contains(['"', '\\']) => Some(inner.to_string()),
        (_, Some(inner)) if !inner.replace("''", "").contains('\'') => Some(inner.replace("''", "'")),
        _ => None,
    };
    if let Some(inner) = quoted {
        return Ok(Value::Text(inner));
    }
    let whole = text.parse::<u64>().ok().filter(|n| n.to_string() == text && *n < 1 << 53);
    // A number to some reader: digits alone or with an exponent, 0x…, 0o…, 0b….
    let number = text.starts_with(|c: char| c.is_ascii_digit()) && time(text).is_none();
    let letters = text.chars().any(|c| c.is_ascii_alphabetic() && c != 'e' && c != 'E');
    let word = ["true", "false", "null"].contains(&text.to_lowercase().as_str());
    let plain = text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':');
    match (text, whole) {
        ("[]", _) => Ok(Value::List(Vec::new())),
        ("true", _) => Ok(Value::Flag(true)),
        ("false", _) => Ok(Value::Flag(false)),
        (_, Some(whole)) => Ok(Value::Whole(whole)),
        _ if !plain || word || (number && (!letters || text.starts_with('0'))) => {
            Err(fault(line, "a value that readers of YAML could take for another"))
        }
        _ => Ok(Value::Text(text.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Value, String> {
        read(1, &text.split('\n').map(str::to_string).collect::<Vec<_>>())
    }
    fn scalar_of(text: &str) -> Option<Value> {
        match of(&format!("key: {text}")) {
            Ok(Value::Map(map)) => map.get("key").cloned(),
            _ => None,
        }
    }

    #[test]
    fn a_scalar_is_what_is_seen() {
        let text = |text: &str| Some(Value::Text(text.into()));
        assert_eq!(scalar_of("9007199254740991"), Some(Value::Whole((1 << 53) - 1)));
        assert_eq!(scalar_of("true"), Some(Value::Flag(true)));
        assert_eq!(scalar_of("\"0.5\""), text("0.5"));
        assert_eq!(scalar_of("'O''Neil \\ \"x\": #'"), text("O'Neil \\ \"x\": #"));
        assert_eq!(scalar_of("2026-12-15T00:00:00Z"), text("2026-12-15T00:00:00Z"));
        assert_eq!(scalar_of("off"), text("off"));
        for refused in [
            "0.5",
            "1e5",
            "1_000",
            "007",
            "0x1F",
            "0o7",
            "0b1",
            "9007199254740992",
            "12:30:45",
            "-1",
            "+1",
            ".5",
            "~",
            "null",
            "True",
            "FALSE",
            "&a b",
            "*a",
            "!t b",
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "{a: 1}",
            "[1]",
            "? a",
            "a: b",
            "a #b",
            "a:",
            "\"a\\n\"",
            "\"a\" b",
            "'a'b'",
            "'",
            "\"",
        ] {
            assert_eq!(scalar_of(refused), None, "{refused}");
        }
    }

    #[test]
    fn entries_belong_to_what_stands_above_them() {
        let nested = of("a: 1\nl:\n- k: x\n  m:\n    - 1\n    - 2\n- k: y\nz: []\n# end\n").unwrap();
        let same = of("a: 1\n\nl:\n    -   k: x\n        m:\n        - 1\n        - 2\n    -   k: y\nz: []")
            .unwrap();
        assert_eq!(nested, same);
        for refused in [
            "a: 1\n b: 2",
            "a:\n",
            "a:\nb: 1",
            "a: 1\na: 2",
            "- a\nb: 1",
            " a: 1\nb: 2",
            "a: 1\n- b",
            "a: b\n  c",
            "a:\n  - b\n c: 1",
            "l:\n  - - 1",
            "l:\n  -\n    a: 1",
            "a:1",
            "a : 1",
            "\"a\": 1",
            "<<: 1",
            "--- \na: 1",
            "a: 1\n\tb: 2",
            "a: é",
            "a: 1\n...",
        ] {
            assert!(of(refused).is_err(), "{refused}");
        }
    }
}
