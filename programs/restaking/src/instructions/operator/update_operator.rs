use anchor_lang::prelude::*;

use crate::{
    error::RestakingError, events::OperatorUpdated, instructions::operator::SipOperator, state::require_name,
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone)]
pub struct UpdateOperatorArgs {
    /// Both are stated, changed or not.
    pub name: String,
    pub operator_authority: Pubkey,
}

pub(crate) fn handle(ctx: Context<SipOperator>, args: UpdateOperatorArgs) -> Result<()> {
    let record = &mut ctx.accounts.sip_record;
    record.take()?;
    require_name(&args.name)?;
    require_keys_neq!(args.operator_authority, Pubkey::default(), RestakingError::KeyInvalid);
    let operator = &mut ctx.accounts.operator;
    let same = operator.name == args.name && operator.authority == args.operator_authority;
    require!(!same, RestakingError::NothingChanges);
    emit!(OperatorUpdated {
        sip: record.number,
        vote_account: operator.vote_account,
        old_authority: operator.authority,
        new_authority: args.operator_authority,
        old_name: operator.name.clone(),
        new_name: args.name.clone(),
    });
    operator.name = args.name;
    operator.authority = args.operator_authority;
    operator.sip = record.number;
    Ok(())
}
