use anchor_lang::prelude::*;

use crate::{error::RestakingError, events::PoolCapSet, instructions::pool::SipPool, state::PoolStatus};

#[derive(AnchorSerialize, AnchorDeserialize, Clone)]
pub struct SetPoolCapArgs {
    pub symbol: String,
    pub decimals: u8,
    /// Base units; may lie below what is deposited: then deposits stop until it falls.
    pub cap: u64,
}

pub(crate) fn handle(ctx: Context<SipPool>, args: SetPoolCapArgs) -> Result<()> {
    let record = &mut ctx.accounts.sip_record;
    record.take()?;
    let pool = &mut ctx.accounts.pool;
    pool.require_label(&args.symbol, args.decimals)?;
    require!(pool.status != PoolStatus::Retired, RestakingError::PoolRetired);
    require!(pool.cap != args.cap, RestakingError::NothingChanges);
    emit!(PoolCapSet { sip: record.number, pool: pool.key(), old: pool.cap, new: args.cap });
    pool.cap = args.cap;
    pool.sip = record.number;
    Ok(())
}
