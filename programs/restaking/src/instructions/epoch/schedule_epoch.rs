use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, EPOCH_SEED},
    error::RestakingError,
    events::EpochScheduled,
    state::{Config, Epoch, EpochStatus, EpochTerms, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct ScheduleEpochArgs {
    pub index: u16,
    pub terms: EpochTerms,
}

#[derive(Accounts)]
#[instruction(args: ScheduleEpochArgs)]
pub struct ScheduleEpoch<'info> {
    #[account(mut)]
    pub authority: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    #[account(
        init,
        payer = authority,
        space = 8 + Epoch::INIT_SPACE,
        seeds = [EPOCH_SEED, args.index.to_le_bytes().as_ref()],
        bump
    )]
    pub epoch: Account<'info, Epoch>,
    pub system_program: Program<'info, System>,
}

impl ScheduleEpoch<'_> {
    pub fn handle(ctx: Context<Self>, args: ScheduleEpochArgs) -> Result<()> {
        let record = &mut ctx.accounts.sip_record;
        record.take()?;
        let config = &mut ctx.accounts.config;
        require!(args.index == config.next_epoch, RestakingError::EpochOutOfOrder);
        args.terms.require_valid(Clock::get()?.unix_timestamp)?;
        config.next_epoch = config.next_epoch.checked_add(1).ok_or(RestakingError::Overflow)?;
        config.sip = record.number;
        ctx.accounts.epoch.set_inner(Epoch {
            index: args.index,
            terms: args.terms,
            status: EpochStatus::Scheduled,
            activated_at: 0,
            activated_by: Pubkey::default(),
            closed_at: 0,
            scheduled_by: record.number,
            sip: record.number,
            bump: ctx.bumps.epoch,
            reserved: [0; 32],
        });
        emit!(EpochScheduled { sip: record.number, index: args.index, terms: args.terms });
        Ok(())
    }
}
