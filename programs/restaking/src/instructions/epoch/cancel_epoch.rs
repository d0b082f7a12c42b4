use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, EPOCH_SEED},
    error::RestakingError,
    events::EpochCancelled,
    state::{Config, Epoch, EpochStatus, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct CancelEpochArgs {
    pub index: u16,
}

/// Closes the account of the last scheduled epoch; its index is used again.
#[derive(Accounts)]
#[instruction(args: CancelEpochArgs)]
pub struct CancelEpoch<'info> {
    #[account(mut)]
    pub authority: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    #[account(
        mut,
        close = authority,
        seeds = [EPOCH_SEED, args.index.to_le_bytes().as_ref()],
        bump = epoch.bump
    )]
    pub epoch: Account<'info, Epoch>,
}

impl CancelEpoch<'_> {
    pub fn handle(ctx: Context<Self>, args: CancelEpochArgs) -> Result<()> {
        let record = &mut ctx.accounts.sip_record;
        record.take()?;
        let (config, epoch) = (&mut ctx.accounts.config, &ctx.accounts.epoch);
        require!(epoch.status == EpochStatus::Scheduled, RestakingError::EpochStateInvalid);
        require!(config.next_epoch.checked_sub(1) == Some(args.index), RestakingError::EpochNotLast);
        config.next_epoch = args.index;
        config.sip = record.number;
        emit!(EpochCancelled { sip: record.number, index: args.index, terms: epoch.terms });
        Ok(())
    }
}
