use anchor_lang::prelude::*;

use crate::{
    constants::CONFIG_SEED,
    error::RestakingError,
    events::Initialized,
    guard::require_venue,
    program::Restaking,
    state::{Config, Floors, Guard, PauseState, PendingAuthority, Venue},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct InitializeArgs {
    pub authority: Pubkey,
    pub venue: Venue,
    pub floors: Floors,
    pub epoch_admin: Pubkey,
    pub guardian: Pubkey,
    pub gatekeeper: Pubkey,
}

#[derive(Accounts)]
pub struct Initialize<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    pub upgrade_authority: Signer<'info>,
    #[account(init, payer = payer, space = 8 + Config::INIT_SPACE, seeds = [CONFIG_SEED], bump)]
    pub config: Account<'info, Config>,
    /// CHECK: the multisig; owner, discriminator and contents in `require_venue`
    pub venue_account: UncheckedAccount<'info>,
    #[account(constraint = program.programdata_address()? == Some(program_data.key()) @ RestakingError::NotUpgradeAuthority)]
    pub program: Program<'info, Restaking>,
    #[account(constraint = program_data.upgrade_authority_address == Some(upgrade_authority.key()) @ RestakingError::NotUpgradeAuthority)]
    pub program_data: Account<'info, ProgramData>,
    pub system_program: Program<'info, System>,
}

impl Initialize<'_> {
    pub fn handle(ctx: Context<Self>, args: InitializeArgs) -> Result<()> {
        let venue_account = &ctx.accounts.venue_account;
        require_venue(args.venue, venue_account, &args.authority, &args.floors)?;
        let guard = Guard {
            venue: args.venue,
            venue_account: venue_account.key(),
            floors: args.floors,
            vote_governance: Pubkey::default(),
        };
        ctx.accounts.config.set_inner(Config {
            bump: ctx.bumps.config,
            authority: args.authority,
            epoch_admin: args.epoch_admin,
            guardian: args.guardian,
            gatekeeper: args.gatekeeper,
            guard,
            pending: PendingAuthority::NONE,
            pause: PauseState::Off,
            guardian_paused_at: 0,
            next_epoch: 0,
            next_activation: 0,
            active_epoch: None,
            withdrawals_open: false,
            sip: 0,
            reserved: [0; 128],
        });
        emit!(Initialized {
            authority: args.authority,
            guard,
            epoch_admin: args.epoch_admin,
            guardian: args.guardian,
            gatekeeper: args.gatekeeper,
        });
        Ok(())
    }
}
