use anchor_lang::prelude::*;

use crate::{constants::MAX_NAME_LEN, error::RestakingError};

#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub enum OperatorStatus {
    Active,
    /// Final: a returning operator comes with another vote account.
    Retired,
}

/// A whitelisted node operator. PDA `["operator", vote_account]`.
#[account]
#[derive(InitSpace, Debug)]
pub struct Operator {
    pub vote_account: Pubkey,
    /// Signs the operator's own opt-ins and opt-outs.
    pub authority: Pubkey,
    #[max_len(32)]
    pub name: String,
    pub status: OperatorStatus,
    /// SIP that whitelisted the operator.
    pub whitelisted_by: u32,
    /// Last SIP that changed this account.
    pub sip: u32,
    pub bump: u8,
    pub reserved: [u8; 64],
}

pub fn require_name(name: &str) -> Result<()> {
    let fits =
        !name.is_empty() && name.len() <= MAX_NAME_LEN as usize && name.trim_matches(' ').len() == name.len();
    require!(fits && name.bytes().all(|b| (0x20..0x7f).contains(&b)), RestakingError::NameInvalid);
    Ok(())
}
