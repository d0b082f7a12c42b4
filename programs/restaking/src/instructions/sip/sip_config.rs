use anchor_lang::prelude::*;

use crate::{
    constants::CONFIG_SEED,
    error::RestakingError,
    state::{Config, SipRecord},
};

/// Accounts of every instruction of a SIP that changes nothing but `Config`.
#[derive(Accounts)]
pub struct SipConfig<'info> {
    pub authority: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    // Any record of this program: `take` refuses all but the one that began in this message.
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
}
