use anchor_lang::prelude::*;

use crate::{
    error::RestakingError, events::OperatorRetiredEvent, instructions::operator::SipOperator,
    state::OperatorStatus,
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone)]
pub struct RetireOperatorArgs {
    /// The operator's own name: the text cannot name one and retire another.
    pub name: String,
}

/// Final.
pub(crate) fn handle(ctx: Context<SipOperator>, args: RetireOperatorArgs) -> Result<()> {
    let record = &mut ctx.accounts.sip_record;
    record.take()?;
    let operator = &mut ctx.accounts.operator;
    require!(operator.name == args.name, RestakingError::NameInvalid);
    operator.status = OperatorStatus::Retired;
    operator.sip = record.number;
    emit!(OperatorRetiredEvent { sip: record.number, vote_account: operator.vote_account });
    Ok(())
}
