use anchor_lang::prelude::*;

use crate::{
    constants::{GUARDIAN_PAUSE_COOLDOWN_SECONDS, GUARDIAN_PAUSE_SECONDS},
    error::RestakingError,
};

/// Where the authority's decisions are taken.
#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Venue {
    Squads,
    Realms,
}

#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Floors {
    /// Lowest threshold of the council at which a SIP takes effect.
    pub min_threshold: u16,
    /// Lowest time lock of the council, in seconds.
    pub min_time_lock: u32,
}

#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guard {
    pub venue: Venue,
    /// The Squads multisig, or the Realms governance.
    pub venue_account: Pubkey,
    pub floors: Floors,
    /// An SPL Governance whose vote accompanies SIPs; default when there is none.
    pub vote_governance: Pubkey,
}

/// A hand-over that the new authority has not accepted yet; absent while `authority` is the default key.
#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub struct PendingAuthority {
    pub authority: Pubkey,
    pub venue: Venue,
    pub venue_account: Pubkey,
    pub floors: Floors,
    /// Unix seconds; accepted at this second, refused one later.
    pub expires_at: i64,
    pub sip: u32,
    pub digest: [u8; 32],
}

impl PendingAuthority {
    pub const NONE: Self = Self {
        authority: Pubkey::new_from_array([0; 32]),
        venue: Venue::Squads,
        venue_account: Pubkey::new_from_array([0; 32]),
        floors: Floors { min_threshold: 0, min_time_lock: 0 },
        expires_at: 0,
        sip: 0,
        digest: [0; 32],
    };

    pub fn is_none(&self) -> bool {
        self.authority == Pubkey::default()
    }
}

#[derive(AnchorSerialize, AnchorDeserialize, InitSpace, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PauseState {
    Off,
    /// Ends by itself, see `Config::is_paused`.
    Guardian,
    /// Ends by SIP only.
    Council,
}

#[account]
#[derive(InitSpace, Debug)]
pub struct Config {
    pub bump: u8,
    pub authority: Pubkey,
    /// Activates what a SIP scheduled; nothing else. Default = nobody.
    pub epoch_admin: Pubkey,
    /// Pauses; nothing else. Default = nobody.
    pub guardian: Pubkey,
    /// Co-signs deposits of invite-only epochs. Default = nobody.
    pub gatekeeper: Pubkey,
    pub guard: Guard,
    pub pending: PendingAuthority,
    pub pause: PauseState,
    /// Start of the last guardian's pause in unix seconds; 0 = never.
    pub guardian_paused_at: i64,
    /// Index that the next `schedule_epoch` must carry.
    pub next_epoch: u16,
    /// Lowest index never activated.
    pub next_activation: u16,
    pub active_epoch: Option<u16>,
    /// Set by activation, outlives closing.
    pub withdrawals_open: bool,
    /// Last SIP that changed this account.
    pub sip: u32,
    pub reserved: [u8; 128],
}

impl Config {
    /// A guardian's pause is over `GUARDIAN_PAUSE_SECONDS` after it began, without anybody acting.
    pub fn is_paused(&self, now: i64) -> bool {
        match self.pause {
            PauseState::Off => false,
            PauseState::Council => true,
            PauseState::Guardian => now < self.guardian_paused_at.saturating_add(GUARDIAN_PAUSE_SECONDS),
        }
    }

    pub fn require_running(&self, now: i64) -> Result<()> {
        require!(!self.is_paused(now), RestakingError::Paused);
        Ok(())
    }

    pub fn guardian_may_pause(&self, now: i64) -> bool {
        self.guardian_paused_at == 0
            || now >= self.guardian_paused_at.saturating_add(GUARDIAN_PAUSE_COOLDOWN_SECONDS)
    }
}
