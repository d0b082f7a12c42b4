use anchor_lang::prelude::*;

use crate::{error::RestakingError, events::PauseSet, instructions::sip::SipConfig, state::PauseState};

/// A pause by SIP has no end; it also turns a guardian's running pause into one.
pub(crate) fn handle_pause(ctx: Context<SipConfig>) -> Result<()> {
    ctx.accounts.sip_record.take()?;
    require!(ctx.accounts.config.pause != PauseState::Council, RestakingError::AlreadyPaused);
    set(ctx, PauseState::Council)
}

/// Ends either kind of pause. The guardian's 14 days keep running.
pub(crate) fn handle_unpause(ctx: Context<SipConfig>) -> Result<()> {
    ctx.accounts.sip_record.take()?;
    let now = Clock::get()?.unix_timestamp;
    require!(ctx.accounts.config.is_paused(now), RestakingError::NotPaused);
    set(ctx, PauseState::Off)
}

fn set(ctx: Context<SipConfig>, new: PauseState) -> Result<()> {
    let sip = ctx.accounts.sip_record.number;
    let config = &mut ctx.accounts.config;
    let at = Clock::get()?.unix_timestamp;
    emit!(PauseSet { sip, by: config.authority, old: config.pause, new, at });
    config.pause = new;
    config.sip = sip;
    Ok(())
}
