use anchor_lang::{prelude::*, solana_program::sysvar::instructions};

use crate::{
    constants::{CONFIG_SEED, FIRST_SIP_NUMBER, SIP_SEED},
    error::RestakingError,
    events::SipBegun,
    guard::{require_direct, Council},
    state::{Config, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct BeginSipArgs {
    pub number: u32,
    /// SHA-256 of the SIP's canonical bytes.
    pub digest: [u8; 32],
    /// From 1.
    pub part: u8,
    pub parts: u8,
    /// How many instructions of this program follow in the message.
    pub actions: u8,
    /// Unix seconds; runs at this second, refused one later.
    pub not_after: i64,
    /// SHA-256 of the members (key ‖ mask, stored order) the SIP was compiled for.
    pub members_hash: [u8; 32],
    /// Index of the council transaction that carries this message.
    pub council_tx: u64,
}

#[derive(Accounts)]
#[instruction(args: BeginSipArgs)]
pub struct BeginSip<'info> {
    #[account(mut)]
    pub authority: Signer<'info>,
    #[account(seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    // `init_if_needed` because the parts of one SIP share the record; replay and order are checked below.
    #[account(
        init_if_needed,
        payer = authority,
        space = 8 + SipRecord::INIT_SPACE,
        seeds = [SIP_SEED, args.number.to_le_bytes().as_ref()],
        bump
    )]
    pub sip_record: Account<'info, SipRecord>,
    /// CHECK: the configured multisig; owner, discriminator and contents in `Council::read`
    #[account(address = config.guard.venue_account @ RestakingError::WrongCouncil)]
    pub council: UncheckedAccount<'info>,
    /// CHECK: the instructions sysvar, by address
    #[account(address = instructions::ID)]
    pub instructions: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

impl BeginSip<'_> {
    pub fn handle(ctx: Context<Self>, args: BeginSipArgs) -> Result<()> {
        require_direct()?;
        let now = Clock::get()?;
        require!(args.number >= FIRST_SIP_NUMBER, RestakingError::SipNumberReserved);
        require!(now.unix_timestamp <= args.not_after, RestakingError::SipExpired);
        require!(args.actions > 0, RestakingError::NothingAnnounced);

        let council = Council::read(&ctx.accounts.council)?;
        council.require_floors(&ctx.accounts.config.guard.floors)?;
        require!(council.members_hash == args.members_hash, RestakingError::MembersChanged);
        council.require_executing(ctx.accounts.council.key, args.council_tx, &ctx.accounts.instructions)?;

        let record = &mut ctx.accounts.sip_record;
        if record.parts == 0 {
            record.number = args.number;
            record.digest = args.digest;
            record.parts = args.parts;
            record.bump = ctx.bumps.sip_record;
        }
        let same = record.digest == args.digest && record.parts == args.parts;
        require!(same, RestakingError::SipMismatch);
        let next = record.part.checked_add(1).ok_or(RestakingError::SipPartOutOfOrder)?;
        require!(args.part == next && args.part <= args.parts, RestakingError::SipPartOutOfOrder);
        record.part = args.part;
        record.slot = now.slot;
        record.actions = args.actions;
        record.council_tx = args.council_tx;
        record.executed_at = now.unix_timestamp;
        emit!(SipBegun {
            sip: args.number,
            digest: args.digest,
            part: args.part,
            parts: args.parts,
            actions: args.actions,
            council_tx: args.council_tx,
        });
        Ok(())
    }
}
