//! What bytes do and what a text leaves, line for line as every reader of a bundle writes it.
use crate::action::Effect;
use crate::key::{hex, Key};
use crate::message::Message;
use crate::program;

pub fn instructions(message: &Message, program: &Key) -> Vec<String> {
    let known = |index: u8| message.key(index);
    let key = |index: u8| {
        let beyond = usize::from(index).saturating_sub(message.keys.len());
        known(index).map_or(format!("table:{beyond}"), |key| key.to_string())
    };
    let account = |index: &u8| {
        let (signs, is_written) = (message.signs((*index).into()), message.is_written((*index).into()));
        let flags = [if signs { "s" } else { "" }, if is_written { "w" } else { "" }].concat();
        key(*index) + &if flags.is_empty() { flags } else { format!("[{flags}]") }
    };
    let line = |one: &crate::message::Compiled| {
        let accounts: Vec<String> = one.accounts.iter().map(account).collect();
        let plain = one.accounts.iter().all(|index| known(*index).is_some());
        let ours = plain && known(one.program) == Some(*program);
        let Some(decoded) = ours.then(|| program::decode(&one.data, accounts.len())).flatten() else {
            let what = format!("unknown instruction of {}: data {}", key(one.program), hex(&one.data));
            return [vec![what], accounts].concat().join(" ");
        };
        let args: Vec<String> = decoded.args.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let named = decoded.accounts.iter().zip(accounts).map(|(name, account)| format!("{name}={account}"));
        format!("{}({}) {}", decoded.name, args.join(", "), named.collect::<Vec<_>>().join(" "))
    };
    message.instructions.iter().map(line).collect()
}

/// One line for each account.
pub fn effects(effects: &[Effect]) -> Vec<String> {
    let field = |(name, value): &(&str, String)| format!("{name}={value}");
    let line = |Effect { kind, account, fields }: &Effect| {
        let what = fields.as_ref().map(|all| all.iter().map(field).collect::<Vec<_>>().join(", "));
        format!("{kind} {account}: {}", what.unwrap_or("closed".into()))
    };
    effects.iter().map(line).collect()
}
