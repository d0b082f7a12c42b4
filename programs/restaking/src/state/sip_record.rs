use anchor_lang::prelude::*;

use crate::{error::RestakingError, guard::require_direct};

/// What the chain remembers of a SIP: written by `begin_sip`, never closed.
#[account]
#[derive(InitSpace, Debug)]
pub struct SipRecord {
    pub number: u32,
    pub digest: [u8; 32],
    /// Last part that took effect, from 1.
    pub part: u8,
    pub parts: u8,
    /// Slot of that part: its instructions run in this very slot.
    pub slot: u64,
    /// Announced instructions that have not run yet.
    pub actions: u8,
    /// Index of the council transaction that carried the last part.
    pub council_tx: u64,
    /// Chain time of the last part, unix seconds.
    pub executed_at: i64,
    pub bump: u8,
}

impl SipRecord {
    /// Takes one announced action off; the rider of another message in the same slot finds none left.
    pub fn take(&mut self) -> Result<()> {
        require_direct()?;
        require!(self.slot == Clock::get()?.slot, RestakingError::NoSipActive);
        self.actions = self.actions.checked_sub(1).ok_or(RestakingError::NoSipActive)?;
        Ok(())
    }
}
