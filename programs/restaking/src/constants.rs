use anchor_lang::prelude::*;

#[constant]
pub const CONFIG_SEED: &[u8] = b"config";
#[constant]
pub const SIP_SEED: &[u8] = b"sip";
/// Same seeds as Solayer's deployed program: `["pool", lst_mint]`.
#[constant]
pub const POOL_SEED: &[u8] = b"pool";
#[constant]
pub const RST_SEED: &[u8] = b"rst";
#[constant]
pub const EPOCH_SEED: &[u8] = b"epoch";
#[constant]
pub const EPOCH_CAP_SEED: &[u8] = b"epoch-cap";
#[constant]
pub const OPERATOR_SEED: &[u8] = b"operator";
#[constant]
pub const POSITION_SEED: &[u8] = b"position";

/// SIP-1 was Solayer's inflation schedule; numbering here starts after it.
#[constant]
pub const FIRST_SIP_NUMBER: u32 = 2;

/// A guardian's pause ends by itself after this many seconds (7 days).
#[constant]
pub const GUARDIAN_PAUSE_SECONDS: i64 = 7 * 24 * 60 * 60;
/// Counted from the start of the last guardian's pause (14 days).
#[constant]
pub const GUARDIAN_PAUSE_COOLDOWN_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Longest label of an LST: matches `[A-Za-z0-9]{1,12}`.
#[constant]
pub const MAX_SYMBOL_LEN: u8 = 12;
/// Longest name of an operator, printable ASCII.
#[constant]
pub const MAX_NAME_LEN: u8 = 32;

/// Squads v4, mainnet and devnet.
pub const SQUADS_ID: Pubkey = pubkey!("SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf");
/// Solana's vote program: the owner of an operator's vote account.
pub const VOTE_PROGRAM_ID: Pubkey = pubkey!("Vote111111111111111111111111111111111111111");
