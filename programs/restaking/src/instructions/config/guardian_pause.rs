use anchor_lang::prelude::*;

use crate::{
    constants::CONFIG_SEED,
    error::RestakingError,
    events::PauseSet,
    state::{Config, PauseState},
};

#[derive(Accounts)]
pub struct GuardianPause<'info> {
    pub guardian: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump, has_one = guardian @ RestakingError::NotGuardian)]
    pub config: Account<'info, Config>,
}

impl GuardianPause<'_> {
    pub fn handle(ctx: Context<Self>) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        let config = &mut ctx.accounts.config;
        require!(!config.is_paused(now), RestakingError::AlreadyPaused);
        require!(config.guardian_may_pause(now), RestakingError::GuardianCoolingDown);
        let old = config.pause;
        config.pause = PauseState::Guardian;
        config.guardian_paused_at = now;
        let by = ctx.accounts.guardian.key();
        emit!(PauseSet { sip: 0, by, old, new: config.pause, at: now });
        Ok(())
    }
}
