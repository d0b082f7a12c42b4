use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, EPOCH_SEED},
    error::RestakingError,
    events::EpochAmended,
    state::{Config, Epoch, EpochStatus, EpochTerms, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct AmendEpochArgs {
    pub index: u16,
    /// All terms are stated, changed or not.
    pub terms: EpochTerms,
}

#[derive(Accounts)]
#[instruction(args: AmendEpochArgs)]
pub struct AmendEpoch<'info> {
    pub authority: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    #[account(mut, seeds = [EPOCH_SEED, args.index.to_le_bytes().as_ref()], bump = epoch.bump)]
    pub epoch: Account<'info, Epoch>,
}

impl AmendEpoch<'_> {
    pub fn handle(ctx: Context<Self>, args: AmendEpochArgs) -> Result<()> {
        let record = &mut ctx.accounts.sip_record;
        record.take()?;
        let epoch = &mut ctx.accounts.epoch;
        let old = epoch.terms;
        epoch.amend(args.terms, Clock::get()?.unix_timestamp)?;
        epoch.sip = record.number;
        if epoch.status == EpochStatus::Active {
            let config = &mut ctx.accounts.config;
            config.withdrawals_open = epoch.terms.withdrawals;
            config.sip = record.number;
        }
        emit!(EpochAmended { sip: record.number, index: args.index, old, new: epoch.terms });
        Ok(())
    }
}
