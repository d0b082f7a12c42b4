//! Solayer Stage 1 restaking: pools of liquid staking tokens, restaking epochs, operators, changed by SIP only.
//! One line per instruction; checks and effects live in `instructions/`.

use anchor_lang::prelude::*;

pub mod constants;
pub mod error;
pub mod events;
pub mod guard;
mod id;
pub mod instructions;
pub mod mint_rules;
pub mod state;

pub use id::*;
pub use instructions::*;

/// Accounts beyond the instruction's own are refused: what a signer reviews is what the program sees.
fn only_own_accounts<T: anchor_lang::Bumps>(ctx: &Context<T>) -> Result<()> {
    require!(ctx.remaining_accounts.is_empty(), error::RestakingError::UnexpectedAccounts);
    Ok(())
}

#[program]
pub mod restaking {
    use super::*;

    /// Sets the program up once; signed by its upgrade authority.
    #[access_control(only_own_accounts(&ctx))]
    pub fn initialize(ctx: Context<Initialize>, args: InitializeArgs) -> Result<()> {
        Initialize::handle(ctx, args)
    }

    /// Opens a SIP's message: writes the record and asks everything of the council that Squads does not.
    #[access_control(only_own_accounts(&ctx))]
    pub fn begin_sip(ctx: Context<BeginSip>, args: BeginSipArgs) -> Result<()> {
        BeginSip::handle(ctx, args)
    }

    /// By SIP: stores, replaces or cancels a pending authority hand-over.
    #[access_control(only_own_accounts(&ctx))]
    pub fn propose_authority(ctx: Context<SipConfig>, args: ProposeAuthorityArgs) -> Result<()> {
        config::propose_authority::handle(ctx, args)
    }

    /// By the new council alone: takes over authority and guard; the other roles are cleared.
    #[access_control(only_own_accounts(&ctx))]
    pub fn accept_authority(ctx: Context<AcceptAuthority>, args: AcceptAuthorityArgs) -> Result<()> {
        AcceptAuthority::handle(ctx, args)
    }

    /// By SIP: names epoch admin, guardian and gatekeeper, all three.
    #[access_control(only_own_accounts(&ctx))]
    pub fn set_roles(ctx: Context<SipConfig>, args: SetRolesArgs) -> Result<()> {
        config::set_roles::handle(ctx, args)
    }

    /// By SIP: changes the floors and the accompanying vote.
    #[access_control(only_own_accounts(&ctx))]
    pub fn set_guard(ctx: Context<SetGuard>, args: SetGuardArgs) -> Result<()> {
        SetGuard::handle(ctx, args)
    }

    /// By the guardian: pauses for 7 days at most, not again within 14 days of its start.
    #[access_control(only_own_accounts(&ctx))]
    pub fn guardian_pause(ctx: Context<GuardianPause>) -> Result<()> {
        GuardianPause::handle(ctx)
    }

    /// By SIP: pauses until a SIP ends it.
    #[access_control(only_own_accounts(&ctx))]
    pub fn pause(ctx: Context<SipConfig>) -> Result<()> {
        config::pause::handle_pause(ctx)
    }

    /// By SIP: ends either kind of pause.
    #[access_control(only_own_accounts(&ctx))]
    pub fn unpause(ctx: Context<SipConfig>) -> Result<()> {
        config::pause::handle_unpause(ctx)
    }

    /// By SIP: announces a foreign instruction or a Squads config transaction.
    #[access_control(only_own_accounts(&ctx))]
    pub fn record_external(ctx: Context<SipConfig>, args: RecordExternalArgs) -> Result<()> {
        config::record_external::handle(ctx, args)
    }

    /// By SIP: makes a pool, its receipt mint and its vault for an LST.
    #[access_control(only_own_accounts(&ctx))]
    pub fn whitelist_lst(ctx: Context<WhitelistLst>, args: WhitelistLstArgs) -> Result<()> {
        WhitelistLst::handle(ctx, args)
    }

    /// By SIP: limits what may be deposited in a pool at one time.
    #[access_control(only_own_accounts(&ctx))]
    pub fn set_pool_cap(ctx: Context<SipPool>, args: SetPoolCapArgs) -> Result<()> {
        pool::set_pool_cap::handle(ctx, args)
    }

    /// By SIP: opens a pool, closes it for deposits, or retires it.
    #[access_control(only_own_accounts(&ctx))]
    pub fn set_pool_status(ctx: Context<SipPool>, args: SetPoolStatusArgs) -> Result<()> {
        pool::set_pool_status::handle(ctx, args)
    }

    /// By SIP, one way: makes a pool's receipts transferable.
    #[access_control(only_own_accounts(&ctx))]
    pub fn set_receipts_transferable(ctx: Context<SipPool>, args: SetReceiptsTransferableArgs) -> Result<()> {
        pool::set_receipts_transferable::handle(ctx, args)
    }

    /// By anyone: thaws an owner's receipts once they are transferable and unbound.
    #[access_control(only_own_accounts(&ctx))]
    pub fn thaw_receipts(ctx: Context<ThawReceipts>) -> Result<()> {
        ThawReceipts::handle(ctx)
    }

    /// By SIP: whitelists a node operator by its vote account.
    #[access_control(only_own_accounts(&ctx))]
    pub fn whitelist_operator(ctx: Context<WhitelistOperator>, args: WhitelistOperatorArgs) -> Result<()> {
        WhitelistOperator::handle(ctx, args)
    }

    /// By SIP: changes an operator's name or authority.
    #[access_control(only_own_accounts(&ctx))]
    pub fn update_operator(ctx: Context<SipOperator>, args: UpdateOperatorArgs) -> Result<()> {
        operator::update_operator::handle(ctx, args)
    }

    /// By SIP, final: retires an operator.
    #[access_control(only_own_accounts(&ctx))]
    pub fn retire_operator(ctx: Context<SipOperator>, args: RetireOperatorArgs) -> Result<()> {
        operator::retire_operator::handle(ctx, args)
    }

    /// By SIP: schedules the next restaking epoch.
    #[access_control(only_own_accounts(&ctx))]
    pub fn schedule_epoch(ctx: Context<ScheduleEpoch>, args: ScheduleEpochArgs) -> Result<()> {
        ScheduleEpoch::handle(ctx, args)
    }

    /// By SIP: changes a scheduled epoch, or what an active one allows.
    #[access_control(only_own_accounts(&ctx))]
    pub fn amend_epoch(ctx: Context<AmendEpoch>, args: AmendEpochArgs) -> Result<()> {
        AmendEpoch::handle(ctx, args)
    }

    /// By SIP: limits what may come into one pool during one epoch.
    #[access_control(only_own_accounts(&ctx))]
    pub fn set_epoch_cap(ctx: Context<SetEpochCap>, args: SetEpochCapArgs) -> Result<()> {
        SetEpochCap::handle(ctx, args)
    }

    /// By SIP: takes the last scheduled epoch back.
    #[access_control(only_own_accounts(&ctx))]
    pub fn cancel_epoch(ctx: Context<CancelEpoch>, args: CancelEpochArgs) -> Result<()> {
        CancelEpoch::handle(ctx, args)
    }

    /// By the epoch admin: activates the next epoch inside its window.
    #[access_control(only_own_accounts(&ctx))]
    pub fn activate_epoch(ctx: Context<ActivateEpoch>) -> Result<()> {
        ActivateEpoch::handle(ctx)
    }

    /// By anyone: closes the active epoch after its window.
    #[access_control(only_own_accounts(&ctx))]
    pub fn close_epoch(ctx: Context<CloseEpoch>) -> Result<()> {
        CloseEpoch::handle(ctx)
    }

    /// By SIP: closes the active epoch at once.
    #[access_control(only_own_accounts(&ctx))]
    pub fn end_epoch(ctx: Context<EndEpoch>, args: EndEpochArgs) -> Result<()> {
        EndEpoch::handle(ctx, args)
    }

    /// By an owner: deposits an LST while an epoch is open.
    #[access_control(only_own_accounts(&ctx))]
    pub fn restake(ctx: Context<Restake>, amount: u64) -> Result<()> {
        Restake::handle(ctx, amount)
    }

    /// By an owner: burns receipts and takes the LST back.
    #[access_control(only_own_accounts(&ctx))]
    pub fn unrestake(ctx: Context<Unrestake>, amount: u64) -> Result<()> {
        Unrestake::handle(ctx, amount)
    }
}
