use anchor_lang::prelude::*;

use crate::state::{EpochTerms, Floors, Guard, PauseState, PendingAuthority, PoolStatus};

/// One event per admin change: old value, new value, SIP number.

#[event]
pub struct Initialized {
    pub authority: Pubkey,
    pub guard: Guard,
    pub epoch_admin: Pubkey,
    pub guardian: Pubkey,
    pub gatekeeper: Pubkey,
}

#[event]
pub struct SipBegun {
    pub sip: u32,
    pub digest: [u8; 32],
    pub part: u8,
    pub parts: u8,
    pub actions: u8,
    pub council_tx: u64,
}

#[event]
pub struct AuthorityProposed {
    pub sip: u32,
    pub old: PendingAuthority,
    pub new: PendingAuthority,
}

#[event]
pub struct AuthorityAccepted {
    pub sip: u32,
    pub old_authority: Pubkey,
    pub new_authority: Pubkey,
    pub old_guard: Guard,
    pub new_guard: Guard,
}

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct Roles {
    pub epoch_admin: Pubkey,
    pub guardian: Pubkey,
    pub gatekeeper: Pubkey,
}

#[event]
pub struct RolesSet {
    pub sip: u32,
    pub old: Roles,
    pub new: Roles,
}

#[event]
pub struct GuardSet {
    pub sip: u32,
    pub old_floors: Floors,
    pub new_floors: Floors,
    pub old_vote_governance: Pubkey,
    pub new_vote_governance: Pubkey,
}

/// `sip` is 0 when the guardian paused.
#[event]
pub struct PauseSet {
    pub sip: u32,
    pub by: Pubkey,
    pub old: PauseState,
    pub new: PauseState,
    pub at: i64,
}

#[event]
pub struct ExternalRecorded {
    pub sip: u32,
    pub kind: u8,
    pub target: Pubkey,
    pub hash: [u8; 32],
}

#[event]
pub struct LstWhitelisted {
    pub sip: u32,
    pub pool: Pubkey,
    pub lst_mint: Pubkey,
    pub rst_mint: Pubkey,
    pub symbol: String,
    pub decimals: u8,
    pub cap: u64,
}

#[event]
pub struct PoolCapSet {
    pub sip: u32,
    pub pool: Pubkey,
    pub old: u64,
    pub new: u64,
}

#[event]
pub struct PoolStatusSet {
    pub sip: u32,
    pub pool: Pubkey,
    pub old: PoolStatus,
    pub new: PoolStatus,
}

#[event]
pub struct ReceiptsTransferableSet {
    pub sip: u32,
    pub pool: Pubkey,
    pub old: bool,
    pub new: bool,
}

#[event]
pub struct OperatorWhitelisted {
    pub sip: u32,
    pub vote_account: Pubkey,
    pub authority: Pubkey,
    pub name: String,
}

#[event]
pub struct OperatorUpdated {
    pub sip: u32,
    pub vote_account: Pubkey,
    pub old_authority: Pubkey,
    pub new_authority: Pubkey,
    pub old_name: String,
    pub new_name: String,
}

#[event]
pub struct OperatorRetiredEvent {
    pub sip: u32,
    pub vote_account: Pubkey,
}

#[event]
pub struct EpochScheduled {
    pub sip: u32,
    pub index: u16,
    pub terms: EpochTerms,
}

#[event]
pub struct EpochAmended {
    pub sip: u32,
    pub index: u16,
    pub old: EpochTerms,
    pub new: EpochTerms,
}

/// `old` is None where the cap is new in this schedule.
#[event]
pub struct EpochCapSet {
    pub sip: u32,
    pub index: u16,
    pub pool: Pubkey,
    pub old: Option<u64>,
    pub new: u64,
}

#[event]
pub struct EpochCancelled {
    pub sip: u32,
    pub index: u16,
    pub terms: EpochTerms,
}

#[event]
pub struct EpochActivated {
    pub index: u16,
    pub by: Pubkey,
    pub at: i64,
    pub scheduled_by: u32,
    pub old_withdrawals_open: bool,
    pub new_withdrawals_open: bool,
}

/// `sip` is 0 when the window ran out and anybody closed it.
#[event]
pub struct EpochClosed {
    pub sip: u32,
    pub index: u16,
    pub at: i64,
}

#[event]
pub struct Restaked {
    pub owner: Pubkey,
    pub pool: Pubkey,
    pub index: u16,
    pub amount: u64,
    pub deposited: u64,
    pub filled: u64,
}

#[event]
pub struct Unrestaked {
    pub owner: Pubkey,
    pub pool: Pubkey,
    pub amount: u64,
    pub deposited: u64,
}
