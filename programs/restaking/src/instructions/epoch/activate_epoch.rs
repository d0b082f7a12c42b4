use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, EPOCH_SEED},
    error::RestakingError,
    events::EpochActivated,
    state::{Config, Epoch},
};

/// Nothing to choose: the index is the lowest never activated, its terms are the SIP's.
#[derive(Accounts)]
pub struct ActivateEpoch<'info> {
    pub epoch_admin: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump, has_one = epoch_admin @ RestakingError::NotEpochAdmin)]
    pub config: Account<'info, Config>,
    #[account(mut, seeds = [EPOCH_SEED, config.next_activation.to_le_bytes().as_ref()], bump = epoch.bump)]
    pub epoch: Account<'info, Epoch>,
}

impl ActivateEpoch<'_> {
    pub fn handle(ctx: Context<Self>) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        let (config, epoch) = (&mut ctx.accounts.config, &mut ctx.accounts.epoch);
        config.require_running(now)?;
        require!(config.active_epoch.is_none(), RestakingError::AnotherEpochActive);
        epoch.activate(ctx.accounts.epoch_admin.key(), now)?;
        let old_withdrawals_open = config.withdrawals_open;
        config.withdrawals_open = epoch.terms.withdrawals;
        config.active_epoch = Some(epoch.index);
        config.next_activation = config.next_activation.checked_add(1).ok_or(RestakingError::Overflow)?;
        emit!(EpochActivated {
            index: epoch.index,
            by: epoch.activated_by,
            at: now,
            scheduled_by: epoch.scheduled_by,
            old_withdrawals_open,
            new_withdrawals_open: config.withdrawals_open,
        });
        Ok(())
    }
}
