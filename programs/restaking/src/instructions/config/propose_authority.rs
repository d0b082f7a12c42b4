use anchor_lang::prelude::*;

use crate::{
    error::RestakingError,
    events::AuthorityProposed,
    guard::require_vault,
    instructions::sip::SipConfig,
    state::{Floors, PendingAuthority, Venue},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct ProposeAuthorityArgs {
    /// The zero key cancels a pending hand-over; then the rest is ignored.
    pub new_authority: Pubkey,
    pub venue: Venue,
    pub venue_account: Pubkey,
    pub floors: Floors,
    /// Unix seconds.
    pub expires_at: i64,
}

/// Stores a pending hand-over; a new one replaces the old. Power changes in `accept_authority` only.
pub(crate) fn handle(ctx: Context<SipConfig>, args: ProposeAuthorityArgs) -> Result<()> {
    let record = &mut ctx.accounts.sip_record;
    record.take()?;
    let pending = if args.new_authority == Pubkey::default() {
        require!(!ctx.accounts.config.pending.is_none(), RestakingError::NoHandoverPending);
        PendingAuthority::NONE
    } else {
        require!(args.venue == Venue::Squads, RestakingError::VenueUnsupported);
        require_vault(&args.venue_account, &args.new_authority)?;
        require!(args.floors.min_threshold >= 1, RestakingError::FloorInvalid);
        require!(args.expires_at > Clock::get()?.unix_timestamp, RestakingError::HandoverExpired);
        PendingAuthority {
            authority: args.new_authority,
            venue: args.venue,
            venue_account: args.venue_account,
            floors: args.floors,
            expires_at: args.expires_at,
            sip: record.number,
            digest: record.digest,
        }
    };
    let config = &mut ctx.accounts.config;
    emit!(AuthorityProposed { sip: record.number, old: config.pending, new: pending });
    config.pending = pending;
    config.sip = record.number;
    Ok(())
}
