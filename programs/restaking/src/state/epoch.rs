use anchor_lang::prelude::*;

use crate::error::RestakingError;

#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Deposits carry the gatekeeper's signature.
    InviteOnly,
    Open,
}

#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub enum EpochStatus {
    Scheduled,
    Active,
    Closed,
}

/// What a SIP says of an epoch, beside its caps.
#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub struct EpochTerms {
    /// Unix seconds.
    pub opens_at: i64,
    /// Unix seconds; None = stays open until a SIP ends it.
    pub closes_at: Option<i64>,
    pub access: Access,
    pub withdrawals: bool,
}

impl EpochTerms {
    pub fn require_valid(&self, now: i64) -> Result<()> {
        require!(self.opens_at > 0, RestakingError::EpochWindowInvalid);
        if let Some(closes_at) = self.closes_at {
            require!(closes_at > self.opens_at && closes_at > now, RestakingError::EpochWindowInvalid);
        }
        Ok(())
    }

    pub fn window_passed(&self, now: i64) -> bool {
        self.closes_at.is_some_and(|closes_at| now >= closes_at)
    }
}

/// A restaking epoch: a deposit window. PDA `["epoch", index u16 LE]`. Never a Solana epoch.
#[account]
#[derive(InitSpace, Debug)]
pub struct Epoch {
    pub index: u16,
    pub terms: EpochTerms,
    pub status: EpochStatus,
    /// Unix seconds; 0 = not yet.
    pub activated_at: i64,
    /// The epoch admin that activated; default = not yet.
    pub activated_by: Pubkey,
    /// Unix seconds; 0 = not yet.
    pub closed_at: i64,
    /// SIP that scheduled it: an `EpochCap` of another SIP's schedule counts as absent.
    pub scheduled_by: u32,
    /// Last SIP that changed this account.
    pub sip: u32,
    pub bump: u8,
    pub reserved: [u8; 32],
}

impl Epoch {
    pub fn amend(&mut self, terms: EpochTerms, now: i64) -> Result<()> {
        terms.require_valid(now)?;
        match self.status {
            EpochStatus::Scheduled => {}
            EpochStatus::Active => {
                let fixed = terms.opens_at == self.terms.opens_at && terms.access == self.terms.access;
                let withdrawals_only_open = terms.withdrawals || !self.terms.withdrawals;
                // Past its window an epoch is waiting to be closed; moving the window would open it again.
                let still_open = !self.terms.window_passed(now);
                require!(fixed && withdrawals_only_open && still_open, RestakingError::EpochStateInvalid);
            }
            EpochStatus::Closed => return err!(RestakingError::EpochStateInvalid),
        }
        self.terms = terms;
        Ok(())
    }

    pub fn activate(&mut self, by: Pubkey, now: i64) -> Result<()> {
        require!(self.status == EpochStatus::Scheduled, RestakingError::EpochStateInvalid);
        require!(now >= self.terms.opens_at, RestakingError::EpochNotOpen);
        require!(!self.terms.window_passed(now), RestakingError::EpochWindowPassed);
        self.status = EpochStatus::Active;
        self.activated_at = now;
        self.activated_by = by;
        Ok(())
    }

    pub fn finish(&mut self, now: i64) -> Result<()> {
        require!(self.status == EpochStatus::Active, RestakingError::EpochStateInvalid);
        self.status = EpochStatus::Closed;
        self.closed_at = now;
        Ok(())
    }
}

/// What may come into one pool during one epoch. PDA `["epoch-cap", index u16 LE, pool]`.
#[account]
#[derive(InitSpace, Debug)]
pub struct EpochCap {
    pub index: u16,
    pub pool: Pubkey,
    /// Base units; u64::MAX = unlimited.
    pub cap: u64,
    /// Base units that came in during this epoch; never falls.
    pub filled: u64,
    /// `Epoch.scheduled_by` at the time: another value means that this cap belongs to a cancelled schedule.
    pub scheduled_by: u32,
    /// Last SIP that changed this account.
    pub sip: u32,
    pub bump: u8,
}

impl EpochCap {
    pub fn belongs_to(&self, epoch: &Epoch) -> bool {
        self.scheduled_by == epoch.scheduled_by
    }

    pub fn fill(&mut self, amount: u64) -> Result<()> {
        let filled = self.filled.checked_add(amount).ok_or(RestakingError::Overflow)?;
        require!(filled <= self.cap, RestakingError::EpochCapExceeded);
        self.filled = filled;
        Ok(())
    }
}
