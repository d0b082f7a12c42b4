use anchor_lang::prelude::*;

use crate::{error::RestakingError, events::PoolStatusSet, instructions::pool::SipPool, state::PoolStatus};

#[derive(AnchorSerialize, AnchorDeserialize, Clone)]
pub struct SetPoolStatusArgs {
    pub symbol: String,
    pub status: PoolStatus,
}

/// Any status may follow any other: a pool cannot be whitelisted twice, so retiring must be reversible by SIP.
pub(crate) fn handle(ctx: Context<SipPool>, args: SetPoolStatusArgs) -> Result<()> {
    let record = &mut ctx.accounts.sip_record;
    record.take()?;
    let pool = &mut ctx.accounts.pool;
    require!(pool.symbol == args.symbol, RestakingError::SymbolMismatch);
    require!(pool.status != args.status, RestakingError::NothingChanges);
    emit!(PoolStatusSet { sip: record.number, pool: pool.key(), old: pool.status, new: args.status });
    pool.status = args.status;
    pool.sip = record.number;
    Ok(())
}
