use anchor_lang::prelude::*;

use crate::{error::RestakingError, events::ReceiptsTransferableSet, instructions::pool::SipPool};

#[derive(AnchorSerialize, AnchorDeserialize, Clone)]
pub struct SetReceiptsTransferableArgs {
    pub symbol: String,
}

/// One way: there is no instruction that takes it back.
pub(crate) fn handle(ctx: Context<SipPool>, args: SetReceiptsTransferableArgs) -> Result<()> {
    let record = &mut ctx.accounts.sip_record;
    record.take()?;
    let pool = &mut ctx.accounts.pool;
    require!(pool.symbol == args.symbol, RestakingError::SymbolMismatch);
    require!(!pool.receipts_transferable, RestakingError::ReceiptsAlreadyTransferable);
    emit!(ReceiptsTransferableSet { sip: record.number, pool: pool.key(), old: false, new: true });
    pool.receipts_transferable = true;
    pool.sip = record.number;
    Ok(())
}
