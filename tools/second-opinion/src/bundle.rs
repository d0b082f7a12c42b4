//! The bundle's form. Each content has exactly one sequence of bytes, so it is written again and compared.
use crate::key::Key;
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::{Deserialize, Serialize};

/// Larger is no bundle, whatever it holds.
const MAX_BYTES: usize = 1024 * 1024;
/// What a JSON number carries exactly everywhere.
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// A u64 in decimal digits between quotes.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number(pub u64);
impl TryFrom<String> for Number {
    type Error = std::num::ParseIntError;
    fn try_from(text: String) -> Result<Number, Self::Error> {
        text.parse().map(Number)
    }
}
impl From<Number> for String {
    fn from(number: Number) -> String {
        number.0.to_string()
    }
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bytes(pub Vec<u8>);
impl TryFrom<String> for Bytes {
    type Error = base64::DecodeError;
    fn try_from(text: String) -> Result<Bytes, Self::Error> {
        STANDARD.decode(text).map(Bytes)
    }
}
impl From<Bytes> for String {
    fn from(bytes: Bytes) -> String {
        STANDARD.encode(bytes.0)
    }
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    pub address: Key,
    pub owner: Key,
    pub data: Bytes,
}

/// Fields stand in the order of the file.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Accounts {
    pub multisig: Option<Account>,
    pub transaction: Option<Account>,
    pub proposal: Option<Account>,
    pub sip_record: Option<Account>,
    pub config: Option<Account>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bundle {
    schema_version: u32,
    tool: String,
    pub genesis_hash: Key,
    slot: Number,
    /// Unix seconds of the chain's Clock.
    pub chain_time: Number,
    pub program_id: Key,
    pub council: Key,
    pub vault: Key,
    pub transaction_index: u64,
    pub sip: u32,
    pub digest: String,
    pub text: Bytes,
    pub idl_hash: String,
    pub message_hash: Option<String>,
    pub accounts: Accounts,
    pub instructions: Vec<String>,
    pub effect: Vec<String>,
}

pub fn read(content: &[u8]) -> Result<Bundle, String> {
    if content.len() > MAX_BYTES {
        return Err(format!("it is larger than {MAX_BYTES} bytes"));
    }
    let bundle: Bundle = serde_json::from_slice(content).map_err(|error| error.to_string())?;
    let mut again = serde_json::to_vec_pretty(&bundle).map_err(|error| error.to_string())?;
    again.push(b'\n');
    let hash = |text: &String| text.len() == 64 && crate::key::unhex(text).is_some();
    let version = |byte: u8| byte.is_ascii_alphanumeric() || b".+-".contains(&byte);
    let printable = |line: &String| line.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let well = [
        (bundle.schema_version == 1, "schemaVersion is not 1"),
        ((1..=32).contains(&bundle.tool.len()) && bundle.tool.bytes().all(version), "tool is no version"),
        (bundle.transaction_index <= MAX_NUMBER, "transactionIndex is too large"),
        (
            [&bundle.digest, &bundle.idl_hash].into_iter().chain(&bundle.message_hash).all(hash),
            "no hash in hex",
        ),
        (bundle.instructions.iter().chain(&bundle.effect).all(printable), "a line is not printable ASCII"),
        (again == content, "it is not in the one form that a bundle has, byte for byte"),
    ];
    match well.iter().find(|(holds, _)| !holds) {
        Some((_, fault)) => Err(fault.to_string()),
        None => Ok(bundle),
    }
}
