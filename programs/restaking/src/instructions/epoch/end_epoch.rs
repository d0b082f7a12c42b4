use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, EPOCH_SEED},
    error::RestakingError,
    events::EpochClosed,
    state::{Config, Epoch, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct EndEpochArgs {
    pub index: u16,
}

/// Closes the active epoch at once, whatever its window says.
#[derive(Accounts)]
#[instruction(args: EndEpochArgs)]
pub struct EndEpoch<'info> {
    pub authority: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    #[account(mut, seeds = [EPOCH_SEED, args.index.to_le_bytes().as_ref()], bump = epoch.bump)]
    pub epoch: Account<'info, Epoch>,
}

impl EndEpoch<'_> {
    pub fn handle(ctx: Context<Self>, args: EndEpochArgs) -> Result<()> {
        let record = &mut ctx.accounts.sip_record;
        record.take()?;
        let now = Clock::get()?.unix_timestamp;
        let (config, epoch) = (&mut ctx.accounts.config, &mut ctx.accounts.epoch);
        epoch.finish(now)?;
        epoch.sip = record.number;
        config.active_epoch = None;
        config.sip = record.number;
        emit!(EpochClosed { sip: record.number, index: args.index, at: now });
        Ok(())
    }
}
