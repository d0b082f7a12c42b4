use anchor_lang::{prelude::*, solana_program::sysvar::instructions};

use crate::{
    constants::CONFIG_SEED,
    error::RestakingError,
    events::AuthorityAccepted,
    guard::{require_direct, require_venue, Council},
    state::{Config, Guard, PendingAuthority},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct AcceptAuthorityArgs {
    /// SIP and digest of the pending hand-over.
    pub sip: u32,
    pub digest: [u8; 32],
    /// Index of the new council's transaction that carries this instruction alone.
    pub council_tx: u64,
}

/// The one authority instruction without `begin_sip`: the new council shows that it can act, then holds the power.
#[derive(Accounts)]
pub struct AcceptAuthority<'info> {
    pub authority: Signer<'info>,
    #[account(mut, seeds = [CONFIG_SEED], bump = config.bump)]
    pub config: Account<'info, Config>,
    /// CHECK: the pending multisig; owner, discriminator and contents in `Council::read`
    pub council: UncheckedAccount<'info>,
    /// CHECK: the instructions sysvar, by address
    #[account(address = instructions::ID)]
    pub instructions: UncheckedAccount<'info>,
}

impl AcceptAuthority<'_> {
    pub fn handle(ctx: Context<Self>, args: AcceptAuthorityArgs) -> Result<()> {
        require_direct()?;
        let config = &mut ctx.accounts.config;
        let pending = config.pending;
        require!(!pending.is_none(), RestakingError::NoHandoverPending);
        require_keys_eq!(ctx.accounts.authority.key(), pending.authority, RestakingError::NotAuthority);
        require!(pending.sip == args.sip && pending.digest == args.digest, RestakingError::HandoverMismatch);
        require!(Clock::get()?.unix_timestamp <= pending.expires_at, RestakingError::HandoverExpired);

        let account = &ctx.accounts.council;
        require_keys_eq!(account.key(), pending.venue_account, RestakingError::WrongCouncil);
        let council = Council::read(account)?;
        council.require_floors(&pending.floors)?;
        council.require_executing(account.key, args.council_tx, &ctx.accounts.instructions)?;
        require_venue(pending.venue, account, &pending.authority, &pending.floors)?;

        let (old_authority, old_guard) = (config.authority, config.guard);
        config.authority = pending.authority;
        config.guard = Guard {
            venue: pending.venue,
            venue_account: pending.venue_account,
            floors: pending.floors,
            vote_governance: Pubkey::default(),
        };
        // Roles are the old council's choice: the new one names its own by SIP.
        config.epoch_admin = Pubkey::default();
        config.guardian = Pubkey::default();
        config.gatekeeper = Pubkey::default();
        config.pending = PendingAuthority::NONE;
        config.sip = args.sip;
        emit!(AuthorityAccepted {
            sip: args.sip,
            old_authority,
            new_authority: config.authority,
            old_guard,
            new_guard: config.guard,
        });
        Ok(())
    }
}
