use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, OPERATOR_SEED},
    error::RestakingError,
    state::{Config, Operator, OperatorStatus, SipRecord},
};

/// Accounts of every instruction of a SIP that changes a whitelisted operator.
#[derive(Accounts)]
pub struct SipOperator<'info> {
    pub authority: Signer<'info>,
    #[account(seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    #[account(
        mut,
        seeds = [OPERATOR_SEED, operator.vote_account.as_ref()],
        bump = operator.bump,
        constraint = operator.status == OperatorStatus::Active @ RestakingError::OperatorRetired
    )]
    pub operator: Account<'info, Operator>,
}
