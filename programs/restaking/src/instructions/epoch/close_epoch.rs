use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, EPOCH_SEED},
    error::RestakingError,
    events::EpochClosed,
    state::{Config, Epoch},
};

/// Anyone may close an active epoch whose window has passed, so no role can keep it open.
#[derive(Accounts)]
pub struct CloseEpoch<'info> {
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump)]
    pub config: Account<'info, Config>,
    #[account(mut, seeds = [EPOCH_SEED, epoch.index.to_le_bytes().as_ref()], bump = epoch.bump)]
    pub epoch: Account<'info, Epoch>,
}

impl CloseEpoch<'_> {
    pub fn handle(ctx: Context<Self>) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        let epoch = &mut ctx.accounts.epoch;
        require!(epoch.terms.window_passed(now), RestakingError::EpochStillOpen);
        epoch.finish(now)?;
        ctx.accounts.config.active_epoch = None;
        emit!(EpochClosed { sip: 0, index: epoch.index, at: now });
        Ok(())
    }
}
