use anchor_lang::prelude::*;

use crate::{
    constants::CONFIG_SEED,
    error::RestakingError,
    events::GuardSet,
    guard::require_venue,
    state::{Config, Floors, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct SetGuardArgs {
    pub floors: Floors,
    /// Default = none.
    pub vote_governance: Pubkey,
}

/// Changes the floors, never above what the council has, and the accompanying vote; nothing else of the guard.
#[derive(Accounts)]
pub struct SetGuard<'info> {
    pub authority: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    /// CHECK: the configured multisig; contents in `require_venue`
    #[account(address = config.guard.venue_account @ RestakingError::WrongCouncil)]
    pub council: UncheckedAccount<'info>,
}

impl SetGuard<'_> {
    pub fn handle(ctx: Context<Self>, args: SetGuardArgs) -> Result<()> {
        let record = &mut ctx.accounts.sip_record;
        record.take()?;
        let config = &mut ctx.accounts.config;
        require_venue(config.guard.venue, &ctx.accounts.council, &config.authority, &args.floors)?;
        emit!(GuardSet {
            sip: record.number,
            old_floors: config.guard.floors,
            new_floors: args.floors,
            old_vote_governance: config.guard.vote_governance,
            new_vote_governance: args.vote_governance,
        });
        config.guard.floors = args.floors;
        config.guard.vote_governance = args.vote_governance;
        config.sip = record.number;
        Ok(())
    }
}
