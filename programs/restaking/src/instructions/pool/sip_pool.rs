use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, POOL_SEED},
    error::RestakingError,
    state::{Config, RestakingPool, SipRecord},
};

/// Accounts of every instruction of a SIP that changes one pool.
#[derive(Accounts)]
pub struct SipPool<'info> {
    pub authority: Signer<'info>,
    #[account(seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    #[account(mut, seeds = [POOL_SEED, pool.lst_mint.as_ref()], bump = pool.bump)]
    pub pool: Account<'info, RestakingPool>,
}
