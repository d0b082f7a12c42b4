use anchor_lang::prelude::*;

use crate::{constants::MAX_SYMBOL_LEN, error::RestakingError};

#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PoolStatus {
    Open,
    DepositsClosed,
    /// No caps, no deposits; can always be left, whatever `withdrawals_open` says.
    Retired,
}

/// A whitelisted LST. PDA `["pool", lst_mint]`.
#[account]
#[derive(InitSpace, Debug)]
pub struct RestakingPool {
    pub lst_mint: Pubkey,
    pub rst_mint: Pubkey,
    pub bump: u8,
    pub decimals: u8,
    #[max_len(12)]
    pub symbol: String,
    pub status: PoolStatus,
    /// One way: receipts start frozen and stay so until the council makes them transferable.
    pub receipts_transferable: bool,
    /// Most that may be deposited at one time, in base units; u64::MAX = unlimited.
    pub cap: u64,
    /// Deposited now, in base units; falls on `unrestake`.
    pub deposited: u64,
    /// SIP that whitelisted the LST.
    pub whitelisted_by: u32,
    /// Last SIP that changed this account.
    pub sip: u32,
    pub reserved: [u8; 64],
}

impl RestakingPool {
    /// The labels a SIP states are checked here, so that a text cannot name one LST and change another.
    pub fn require_label(&self, symbol: &str, decimals: u8) -> Result<()> {
        require!(self.symbol == symbol, RestakingError::SymbolMismatch);
        require!(self.decimals == decimals, RestakingError::DecimalsMismatch);
        Ok(())
    }

    pub fn deposit(&mut self, amount: u64) -> Result<()> {
        require!(self.status == PoolStatus::Open, RestakingError::PoolClosed);
        let deposited = self.deposited.checked_add(amount).ok_or(RestakingError::Overflow)?;
        require!(deposited <= self.cap, RestakingError::PoolCapExceeded);
        self.deposited = deposited;
        Ok(())
    }

    pub fn withdraw(&mut self, amount: u64) -> Result<()> {
        self.deposited = self.deposited.checked_sub(amount).ok_or(RestakingError::Overflow)?;
        Ok(())
    }
}

pub fn require_symbol(symbol: &str) -> Result<()> {
    let fits = !symbol.is_empty() && symbol.len() <= MAX_SYMBOL_LEN as usize;
    require!(fits && symbol.bytes().all(|b| b.is_ascii_alphanumeric()), RestakingError::SymbolMismatch);
    Ok(())
}
