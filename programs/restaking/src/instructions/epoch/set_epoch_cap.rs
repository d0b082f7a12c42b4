use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, EPOCH_CAP_SEED, EPOCH_SEED, POOL_SEED},
    error::RestakingError,
    events::EpochCapSet,
    state::{Config, Epoch, EpochCap, EpochStatus, PoolStatus, RestakingPool, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone)]
pub struct SetEpochCapArgs {
    pub index: u16,
    pub symbol: String,
    pub decimals: u8,
    /// Base units; may lie below what is filled: then deposits of this LST stop in this epoch.
    pub cap: u64,
}

#[derive(Accounts)]
#[instruction(args: SetEpochCapArgs)]
pub struct SetEpochCap<'info> {
    #[account(mut)]
    pub authority: Signer<'info>,
    #[account(seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    #[account(seeds = [EPOCH_SEED, args.index.to_le_bytes().as_ref()], bump = epoch.bump)]
    pub epoch: Account<'info, Epoch>,
    #[account(seeds = [POOL_SEED, pool.lst_mint.as_ref()], bump = pool.bump)]
    pub pool: Account<'info, RestakingPool>,
    // `init_if_needed` because a cap is set, changed and, after a cancelled schedule, taken over by one instruction.
    #[account(
        init_if_needed,
        payer = authority,
        space = 8 + EpochCap::INIT_SPACE,
        seeds = [EPOCH_CAP_SEED, args.index.to_le_bytes().as_ref(), pool.key().as_ref()],
        bump
    )]
    pub epoch_cap: Account<'info, EpochCap>,
    pub system_program: Program<'info, System>,
}

impl SetEpochCap<'_> {
    pub fn handle(ctx: Context<Self>, args: SetEpochCapArgs) -> Result<()> {
        let record = &mut ctx.accounts.sip_record;
        record.take()?;
        let (epoch, pool) = (&ctx.accounts.epoch, &ctx.accounts.pool);
        require!(epoch.status != EpochStatus::Closed, RestakingError::EpochStateInvalid);
        pool.require_label(&args.symbol, args.decimals)?;
        require!(pool.status != PoolStatus::Retired, RestakingError::PoolRetired);

        let epoch_cap = &mut ctx.accounts.epoch_cap;
        // SIP numbers start at 2, so a fresh account's 0 never belongs.
        let old = epoch_cap.belongs_to(epoch).then_some(epoch_cap.cap);
        let filled = if old.is_some() { epoch_cap.filled } else { 0 };
        epoch_cap.set_inner(EpochCap {
            index: args.index,
            pool: pool.key(),
            cap: args.cap,
            filled,
            scheduled_by: epoch.scheduled_by,
            sip: record.number,
            bump: ctx.bumps.epoch_cap,
        });
        emit!(EpochCapSet { sip: record.number, index: args.index, pool: pool.key(), old, new: args.cap });
        Ok(())
    }
}
