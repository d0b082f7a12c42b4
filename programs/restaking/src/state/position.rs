use anchor_lang::{prelude::*, Discriminator};

use crate::error::RestakingError;

/// What of an owner's receipts is bound. PDA `["position", pool, owner]`; not there = nothing is bound.
#[account]
#[derive(InitSpace, Debug)]
pub struct Position {
    pub pool: Pubkey,
    pub owner: Pubkey,
    /// Base units delegated to operators.
    pub delegated: u64,
    /// Base units leaving a delegation.
    pub unbonding: u64,
    pub bump: u8,
    pub reserved: [u8; 32],
}

impl Position {
    /// Bound base units of the position at its PDA, whose address the caller has checked.
    pub fn bound(account: &AccountInfo) -> Result<u64> {
        if account.owner != &crate::ID {
            // Lamports sent to the address by a stranger do not make it a position.
            require!(account.data_is_empty(), RestakingError::PositionLocked);
            return Ok(0);
        }
        let data = account.try_borrow_data()?;
        require!(data.starts_with(Position::DISCRIMINATOR), RestakingError::PositionLocked);
        let position = Position::try_deserialize(&mut &data[..])?;
        position.delegated.checked_add(position.unbonding).ok_or_else(|| RestakingError::Overflow.into())
    }
}
