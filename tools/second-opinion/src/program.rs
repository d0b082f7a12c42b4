//! The restaking program's instructions: accounts and arguments in order, as its interface names them.
use crate::key::{self, discriminator, hex, known, Key};
use crate::message::Instruction;
use crate::read::{Broken, Cursor};

/// SHA-256 of the interface, as JSON without blanks, that the table below was written for.
pub const IDL_HASH: &str = "0434fc9b028b27e8a647baefd96f8bf549dab030b025b9b9bb7ecc0f47e34382";

/// Name: accounts (`.s` signs, `.w` is written); arguments with their types, nested ones by path.
const TABLE: &str = "
accept_authority: authority.s config.w council instructions; sip:u32 digest:hash councilTx:u64
activate_epoch: epochAdmin.s config.w epoch.w;
amend_epoch: authority.s config.w sipRecord.w epoch.w; index:u16 terms.opensAt:i64 terms.closesAt:i64? terms.access:access terms.withdrawals:bool
begin_sip: authority.sw config sipRecord.w council instructions systemProgram; number:u32 digest:hash part:u8 parts:u8 actions:u8 notAfter:i64 membersHash:hash councilTx:u64
cancel_epoch: authority.sw config.w sipRecord.w epoch.w; index:u16
close_epoch: config.w epoch.w;
end_epoch: authority.s config.w sipRecord.w epoch.w; index:u16
guardian_pause: guardian.s config.w;
initialize: payer.sw upgradeAuthority.s config.w venueAccount program programData systemProgram; authority:key venue:venue floors.minThreshold:u16 floors.minTimeLock:u32 epochAdmin:key guardian:key gatekeeper:key
pause: authority.s config.w sipRecord.w;
propose_authority: authority.s config.w sipRecord.w; newAuthority:key venue:venue venueAccount:key floors.minThreshold:u16 floors.minTimeLock:u32 expiresAt:i64
record_external: authority.s config.w sipRecord.w; kind:u8 target:key hash:hash
restake: owner.sw config pool.w epoch epochCap.w gatekeeper.s lstMint lstAccount.w lstVault.w rstMint.w rstAccount.w lstTokenProgram tokenProgram associatedTokenProgram systemProgram; amount:u64
retire_operator: authority.s config sipRecord.w operator.w; name:text
schedule_epoch: authority.sw config.w sipRecord.w epoch.w systemProgram; index:u16 terms.opensAt:i64 terms.closesAt:i64? terms.access:access terms.withdrawals:bool
set_epoch_cap: authority.sw config sipRecord.w epoch pool epochCap.w systemProgram; index:u16 symbol:text decimals:u8 cap:u64
set_guard: authority.s config.w sipRecord.w council; floors.minThreshold:u16 floors.minTimeLock:u32 voteGovernance:key
set_pool_cap: authority.s config sipRecord.w pool.w; symbol:text decimals:u8 cap:u64
set_pool_status: authority.s config sipRecord.w pool.w; symbol:text status:status
set_receipts_transferable: authority.s config sipRecord.w pool.w; symbol:text
set_roles: authority.s config.w sipRecord.w; epochAdmin:key guardian:key gatekeeper:key
thaw_receipts: pool rstMint rstAccount.w position tokenProgram;
unpause: authority.s config.w sipRecord.w;
unrestake: owner.s config pool.w position lstMint lstAccount.w lstVault.w rstMint.w rstAccount.w lstTokenProgram tokenProgram;  amount:u64
update_operator: authority.s config sipRecord.w operator.w; name:text operatorAuthority:key
whitelist_lst: authority.sw config sipRecord.w lstMint pool.w rstMint.w lstVault.w lstTokenProgram tokenProgram associatedTokenProgram systemProgram; symbol:text decimals:u8 cap:u64 allowFreezeAuthority:bool
whitelist_operator: authority.sw config sipRecord.w voteAccount operator.w systemProgram; name:text operatorAuthority:key
";

pub const ACCESS: [&str; 2] = ["invite-only", "open"];
pub const VENUES: [&str; 2] = ["squads", "realms"];
pub const STATUSES: [&str; 3] = ["open", "deposits-closed", "retired"];

struct Row {
    name: &'static str,
    accounts: Vec<(&'static str, &'static str)>,
    args: Vec<(&'static str, &'static str)>,
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.trim().lines().map(|line| {
        let (name, rest) = line.split_once(':').expect("a name");
        let (accounts, args) = rest.split_once(';').expect("accounts, then arguments");
        Row {
            name,
            accounts: accounts
                .split_whitespace()
                .map(|one| one.split_once('.').unwrap_or((one, "")))
                .collect(),
            args: args.split_whitespace().map(|one| one.split_once(':').expect("a type")).collect(),
        }
    })
}

/// An instruction as the interface orders its accounts; those that are not `given` have one address everywhere.
pub fn instruction(program: &Key, name: &str, given: &[(&str, Key)], args: &[&[u8]]) -> Instruction {
    let row = rows().find(|row| row.name == name).expect("an instruction of the table");
    let address = |account: &str| match given.iter().find(|(name, _)| *name == account) {
        Some((_, key)) => *key,
        None => known(match account {
            "instructions" => key::INSTRUCTIONS,
            "systemProgram" => key::SYSTEM,
            "tokenProgram" => key::TOKEN,
            "associatedTokenProgram" => key::ASSOCIATED_TOKEN,
            _ => unreachable!("{name} needs {account}"),
        }),
    };
    let accounts =
        row.accounts.iter().map(|(name, flags)| (address(name), flags.contains('s'), flags.contains('w')));
    Instruction {
        program: *program,
        accounts: accounts.collect(),
        data: [&discriminator("global", name)[..], &args.concat()].concat(),
        records_next: false,
    }
}

pub fn text(value: &str) -> Vec<u8> {
    [&(value.len() as u32).to_le_bytes(), value.as_bytes()].concat()
}

pub struct Decoded {
    pub name: &'static str,
    pub accounts: Vec<&'static str>,
    /// Names with values in words.
    pub args: Vec<(&'static str, String)>,
}

/// More than any instruction of the program has: a longer one is called unknown by every reader of bundles.
const MAX_DATA: usize = 8 + 1000;

/// None unless discriminator, number of accounts and every byte are as the table says.
pub fn decode(data: &[u8], accounts: usize) -> Option<Decoded> {
    let row = rows().find(|row| data.starts_with(&discriminator("global", row.name)))?;
    let mut cursor = Cursor::new(&data[8..]);
    let args: Result<Vec<_>, Broken> =
        row.args.iter().map(|(name, kind)| Ok((*name, value(&mut cursor, kind)?))).collect();
    let whole = cursor.left() == 0 && data.len() <= MAX_DATA && row.accounts.len() == accounts;
    let args = args.ok().filter(|_| whole)?;
    Some(Decoded { name: row.name, accounts: row.accounts.iter().map(|(name, _)| *name).collect(), args })
}

fn value(cursor: &mut Cursor, kind: &str) -> Result<String, Broken> {
    let word = |cursor: &mut Cursor, words: &[&str]| Ok(quoted(words[cursor.tag(words.len())?]));
    match kind {
        "u8" => Ok(cursor.u8()?.to_string()),
        "u16" => Ok(cursor.u16()?.to_string()),
        "u32" => Ok(cursor.u32()?.to_string()),
        "u64" => Ok(cursor.u64()?.to_string()),
        "i64" => Ok(cursor.i64()?.to_string()),
        "i64?" => Ok(cursor.option(|cursor| cursor.i64())?.map_or("none".into(), |value| value.to_string())),
        "bool" => Ok((cursor.tag(2)? == 1).to_string()),
        "key" => Ok(quoted(&cursor.key()?.to_string())),
        "hash" => Ok(hex(cursor.take(32)?)),
        "text" => {
            let length = cursor.u32()? as usize;
            Ok(quoted(std::str::from_utf8(cursor.take(length)?).map_err(|_| Broken)?))
        }
        "access" => word(cursor, &ACCESS),
        "venue" => word(cursor, &VENUES),
        "status" => word(cursor, &STATUSES),
        _ => unreachable!("the type {kind}"),
    }
}

/// JSON's quotes, with every character beyond printable ASCII escaped by UTF-16 unit.
pub fn quoted(text: &str) -> String {
    let short = |unit| match unit {
        0x22 => "\\\"".into(),
        0x5c => "\\\\".into(),
        0x08 => "\\b".into(),
        0x09 => "\\t".into(),
        0x0a => "\\n".into(),
        0x0c => "\\f".into(),
        0x0d => "\\r".into(),
        0x20..=0x7e => String::from(unit as u8 as char),
        _ => format!("\\u{unit:04x}"),
    };
    format!("\"{}\"", text.encode_utf16().map(short).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_back_and_no_byte_may_be_left_out_or_over() {
        for row in rows() {
            let one = |kind: &str| match kind {
                "u8" | "bool" | "access" | "venue" | "status" => vec![1],
                "u16" => vec![1; 2],
                "u32" => vec![1; 4],
                "u64" | "i64" => vec![1; 8],
                "i64?" => vec![1; 9],
                "text" => text("a\"é\n"),
                _ => vec![1; 32],
            };
            let args: Vec<u8> = row.args.iter().flat_map(|(_, kind)| one(kind)).collect();
            let data = [&discriminator("global", row.name)[..], &args].concat();
            let decoded = decode(&data, row.accounts.len()).expect(row.name);
            assert_eq!((decoded.name, decoded.args.len()), (row.name, row.args.len()));
            assert!(decode(&data, row.accounts.len() + 1).is_none());
            assert!(decode(&[&data[..], &[0]].concat(), row.accounts.len()).is_none());
            assert!((0..data.len()).all(|end| decode(&data[..end], row.accounts.len()).is_none()));
        }
    }

    #[test]
    fn quotes_hide_nothing() {
        assert_eq!(
            quoted("a\"\\\u{8}\t\n\u{c}\r\u{1}\u{7f}é😀"),
            r#""a\"\\\b\t\n\f\r\u0001\u007f\u00e9\ud83d\ude00""#
        );
    }
}
