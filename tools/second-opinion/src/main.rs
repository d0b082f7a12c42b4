//! A second opinion on a review bundle, from code that shares nothing with the console. See README.md.
mod action;
mod align;
mod announce;
mod bundle;
mod compare;
mod endpoint;
mod fields;
mod key;
mod lines;
mod message;
mod plan;
mod program;
mod read;
mod text;
mod verdict;
mod yaml;

use action::{Built, Fault, Pins};
use endpoint::Endpoint;
use key::{hex, sha, Key};
use plan::Plan;
use std::process::ExitCode;
use verdict::{Judgement, Verdict};
use yaml::Value;

const USAGE: &str = "usage: second-opinion BUNDLE.json --council KEY --program KEY [--genesis KEY] [--endpoint URL]

Council and program are never taken from the bundle: name them from elsewhere. With an endpoint on this computer,
http://127.0.0.1:8899 for example, accounts and time are read there instead.
Exit: 0 match and nothing stated falsely, 1 not readable, 2 usage, 3 anything else.";

struct Arguments {
    file: String,
    council: Key,
    program: Key,
    genesis: Option<Key>,
    endpoint: Option<Endpoint>,
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let (mut file, mut values) = (None, [None, None, None, None]);
    while let Some(word) = given.next() {
        match ["--council", "--program", "--genesis", "--endpoint"].iter().position(|name| *name == word) {
            Some(at) => values[at] = Some(given.next().ok_or(format!("{word} needs a value"))?),
            None if word.starts_with('-') || file.is_some() => {
                return Err(format!("{word:?} is not understood"))
            }
            None => file = Some(word),
        }
    }
    let [council, program, genesis, endpoint] = values;
    let [council, program, genesis] =
        [council, program, genesis].map(|text| text.map(Key::try_from).transpose());
    let endpoint = endpoint.map(|url| Endpoint::of(&url)).transpose()?;
    match (file, council?, program?, genesis?) {
        (Some(file), Some(council), Some(program), genesis) => {
            Ok(Arguments { file, council, program, genesis, endpoint })
        }
        _ => Err("a bundle, --council and --program are needed".into()),
    }
}

fn main() -> ExitCode {
    let arguments = match arguments(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(fault) => {
            eprintln!("{fault}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let content = std::fs::read(&arguments.file).map_err(|error| error.to_string());
    match content.and_then(|content| opinion(&content, &arguments)) {
        Ok((lines, fine)) => {
            println!("{}", lines.join("\n"));
            ExitCode::from(if fine { 0 } else { 3 })
        }
        Err(fault) => {
            eprintln!("{}: {fault}", arguments.file);
            ExitCode::from(1)
        }
    }
}

/// All that is printed, and whether everything is as it should be.
fn opinion(content: &[u8], arguments: &Arguments) -> Result<(Vec<String>, bool), String> {
    let mut bundle = bundle::read(content)?;
    let text = text::read(&bundle.text.0).map_err(|fault| format!("the text: {fault}"))?;
    let (council, program) = (arguments.council, arguments.program);
    let pins = Pins { program, council, vault: key::vault_at(&council, 0).0, number: text.number };
    let here = arguments.endpoint.as_ref();
    let here =
        here.map(|endpoint| endpoint.refresh(&mut bundle, &council, &program, text.number)).transpose()?;
    let other = |genesis: &Key| *genesis != bundle.genesis_hash;
    let in_text = |fault: String| format!("the text: {fault}");
    let mut built = Built::default();
    let (valid_until, actions) = block(&text).map_err(in_text)?;
    let mut unknown = None;
    for (at, action) in actions.into_iter().enumerate() {
        match action::build(action, &pins, &mut built) {
            Ok(()) => {}
            Err(Fault::Unknown(what)) => unknown = unknown.or(Some(what)),
            Err(Fault::Wrong(what)) => return Err(format!("the text: action {}: {what}", at + 1)),
        }
    }
    let squads = key::known(key::SQUADS);
    let transaction = bundle.accounts.transaction.as_ref().filter(|account| account.owner == squads);
    let transaction = transaction.and_then(|account| read::vault_transaction(&account.data.0).ok());
    let message_hash = transaction.as_ref().map(|one| hex(&sha(&[&one.bytes])));
    let instructions = transaction.map_or(vec![], |one| lines::instructions(&one.message, &program));
    let effect = lines::effects(&built.effects);
    let none = || "none".to_string();
    let digest = hex(&text.digest);
    let mut faults = vec![
        ("council-not-pinned", bundle.council != council),
        ("program-not-pinned", bundle.program_id != program),
        ("genesis-not-pinned", [arguments.genesis, here].iter().flatten().any(other)),
        ("vault-false", bundle.vault != pins.vault),
        ("sip-false", bundle.sip != text.number),
        ("digest-false", bundle.digest != digest),
        ("idl-false", bundle.idl_hash != program::IDL_HASH),
        ("message-hash-false", bundle.message_hash != message_hash),
        ("instructions-false", bundle.instructions != instructions),
        ("effect-false", unknown.is_none() && bundle.effect != effect),
    ];
    faults.retain(|(_, holds)| *holds);
    let judgement = match &unknown {
        Some(_) => Judgement { verdict: Verdict::NotJudged, executed: false, announced: None },
        None => verdict::judge(
            &bundle,
            &Plan::new(pins, text.digest, valid_until, built.instructions).map_err(in_text)?,
        )?,
    };
    let mut lines = vec![
        format!("verdict {}", judgement.verdict.word()),
        format!("executed {}", judgement.executed),
        format!("transaction {}", bundle.transaction_index),
        format!("text SIP-{} {}", text.number, program::quoted(&text.title)),
        format!("digest {digest}"),
        format!("message {}", message_hash.unwrap_or_else(none)),
    ];
    lines.extend(here.map(|genesis| format!("read from the cluster {genesis}")));
    lines.extend(unknown.map(|reason| format!("reason {reason}")));
    if let Some((one, parts)) = judgement.announced {
        let part = one.rest.map_or("?".into(), |rest| rest.part.to_string());
        lines.push(format!("announced SIP-{} part {part} of {parts}", one.number));
    }
    lines.extend(faults.iter().map(|(code, _)| format!("fault {code}")));
    for (name, derived) in [("instruction", instructions), ("effect", effect)] {
        lines.extend(derived.iter().enumerate().map(|(at, line)| format!("{name} {}. {line}", at + 1)));
    }
    Ok((lines, judgement.verdict == Verdict::Match && faults.is_empty()))
}

/// The block's two keys: until when it may run, unix seconds, and its actions.
fn block(text: &text::Text) -> Result<(i64, Vec<Value>), String> {
    let Value::Map(mut block) = yaml::read(text.block.0, &text.block.1)? else {
        return Err("its actions block is no mapping".into());
    };
    let parts = (block.remove("valid-until"), block.remove("actions"), block.is_empty());
    let (Some(Value::Text(until)), Some(Value::List(actions)), true) = parts else {
        return Err("its actions block holds \"valid-until\" and \"actions\"".into());
    };
    let twice = (1..actions.len()).any(|at| actions[..at].contains(&actions[at]));
    if actions.is_empty() || actions.len() > 255 || twice {
        return Err("it has no action, too many, or one twice".into());
    }
    Ok((text.valid_until(&until)?, actions))
}
