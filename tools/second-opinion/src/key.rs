//! Keys, hashes and derived addresses.
use curve25519_dalek::edwards::CompressedEdwardsY;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(pub [u8; 32]);

pub const NO_KEY: Key = Key([0; 32]);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&bs58::encode(self.0).into_string())
    }
}

impl From<Key> for String {
    fn from(key: Key) -> String {
        key.to_string()
    }
}

/// Takes the canonical base58 form of 32 bytes only.
impl TryFrom<String> for Key {
    type Error = String;
    fn try_from(text: String) -> Result<Key, String> {
        let mut key = NO_KEY;
        match bs58::decode(&text).onto(&mut key.0) {
            Ok(32) if key.to_string() == text => Ok(key),
            _ => Err(format!("{text:?} is not the base58 form of 32 bytes")),
        }
    }
}

/// A key that the code itself names.
pub fn known(text: &str) -> Key {
    Key::try_from(text.to_string()).expect("a key in the source")
}

pub const SQUADS: &str = "SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf";
pub const SYSTEM: &str = "11111111111111111111111111111111";
pub const TOKEN: &str = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
pub const TOKEN_2022: &str = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
pub const ASSOCIATED_TOKEN: &str = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL";
pub const COMPUTE_BUDGET: &str = "ComputeBudget111111111111111111111111111111";
pub const INSTRUCTIONS: &str = "Sysvar1nstructions1111111111111111111111111";

pub fn sha(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

/// Anchor's leading bytes: `global` for instructions, `account` for accounts.
pub fn discriminator(space: &str, name: &str) -> [u8; 8] {
    let hash = sha(&[space.as_bytes(), b":", name.as_bytes()]);
    std::array::from_fn(|at| hash[at])
}

/// The canonical program derived address: the highest bump whose hash is no point of the curve.
pub fn pda(program: &Key, seeds: &[&[u8]]) -> (Key, u8) {
    let seeds = seeds.concat();
    let derived = (0..=255u8).rev().find_map(|bump| {
        let hash = sha(&[&seeds, &[bump], &program.0, b"ProgramDerivedAddress"]);
        CompressedEdwardsY(hash).decompress().is_none().then_some((Key(hash), bump))
    });
    derived.expect("no seeds are known that have no address (2^-256)")
}

pub fn multisig_at(create_key: &Key) -> (Key, u8) {
    pda(&known(SQUADS), &[b"multisig", b"multisig", &create_key.0])
}
pub fn vault_at(council: &Key, index: u8) -> (Key, u8) {
    pda(&known(SQUADS), &[b"multisig", &council.0, b"vault", &[index]])
}
pub fn transaction_at(council: &Key, index: u64) -> (Key, u8) {
    pda(&known(SQUADS), &[b"multisig", &council.0, b"transaction", &index.to_le_bytes()])
}
pub fn proposal_at(council: &Key, index: u64) -> (Key, u8) {
    pda(&known(SQUADS), &[b"multisig", &council.0, b"transaction", &index.to_le_bytes(), b"proposal"])
}
pub fn record_at(program: &Key, number: u32) -> (Key, u8) {
    pda(program, &[b"sip", &number.to_le_bytes()])
}
pub fn config_at(program: &Key) -> (Key, u8) {
    pda(program, &[b"config"])
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lower-case digits only.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| b"0123456789abcdef".iter().position(|known| *known == byte);
    let byte = |pair: &[u8]| Some((digit(pair[0])? << 4 | digit(*pair.get(1)?)?) as u8);
    text.as_bytes().chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_the_web_library_derives() {
        let council = known("GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm");
        let program = known("3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6");
        let derived = [
            (vault_at(&council, 0), "cneeG3u5kp1Qw4NjLNb2Jy1EydExjq8MJKzyZHby9om", 255),
            (transaction_at(&council, 258), "BrPcD56qZV7d1UbYdtCmKez9hxhmnJGHqYuAwGdAnhfe", 252),
            (proposal_at(&council, 258), "D5cY4VKuJNQZxz4QQLBe385WTzjxwT4KrZ6L4nAipyk", 255),
            (multisig_at(&council), "Hxx37Y1bVGGeomhJxoSUSLxcoJTEJDaLmj7zppm8FDAV", 255),
            (record_at(&program, 0x0102_0304), "BKNXh3QQz5Tyhe5DaALjaHFTjNvuG7yy7Rq3zZqVp1NA", 254),
            (config_at(&program), "4yqWssyiQLvp5fk3nsM3dmvu6HzwZpGtBMyafWoPRetx", 255),
        ];
        for ((key, bump), address, expected) in derived {
            assert_eq!((key.to_string().as_str(), bump), (address, expected));
        }
    }

    #[test]
    fn a_key_and_hex_have_one_form() {
        for text in ["", "1", &SYSTEM[1..], &format!("1{SYSTEM}"), "0".repeat(32).as_str(), &SQUADS[..42]] {
            assert!(Key::try_from(text.to_string()).is_err(), "{text}");
        }
        assert_eq!(unhex("00ff"), Some(vec![0, 255]));
        for text in ["0", "0F", "0g", "é"] {
            assert_eq!(unhex(text), None);
        }
    }
}
