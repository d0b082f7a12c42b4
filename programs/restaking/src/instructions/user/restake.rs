use anchor_lang::prelude::*;
use anchor_spl::{
    associated_token::{self, get_associated_token_address, AssociatedToken},
    token::{self, Token},
    token_interface::{self, Mint, TokenAccount, TokenInterface, TransferChecked},
};

use crate::{
    constants::{CONFIG_SEED, EPOCH_CAP_SEED, EPOCH_SEED, POOL_SEED},
    error::RestakingError,
    events::Restaked,
    instructions::user::Receipts,
    state::{Access, Config, Epoch, EpochCap, RestakingPool},
};

/// Deposits an LST into its pool while an epoch is open, one base unit of receipt for one base unit.
#[derive(Accounts)]
pub struct Restake<'info> {
    #[account(mut)]
    pub owner: Signer<'info>,
    #[account(seeds = [CONFIG_SEED], bump = config.bump)]
    pub config: Box<Account<'info, Config>>,
    #[account(mut, seeds = [POOL_SEED, lst_mint.key().as_ref()], bump = pool.bump, has_one = rst_mint)]
    pub pool: Box<Account<'info, RestakingPool>>,
    #[account(seeds = [EPOCH_SEED, epoch.index.to_le_bytes().as_ref()], bump = epoch.bump)]
    pub epoch: Box<Account<'info, Epoch>>,
    #[account(
        mut,
        seeds = [EPOCH_CAP_SEED, epoch.index.to_le_bytes().as_ref(), pool.key().as_ref()],
        bump = epoch_cap.bump
    )]
    pub epoch_cap: Box<Account<'info, EpochCap>>,
    /// Present where the epoch is by invitation; not an authority over the protocol.
    pub gatekeeper: Option<Signer<'info>>,
    #[account(mint::token_program = lst_token_program)]
    pub lst_mint: Box<InterfaceAccount<'info, Mint>>,
    #[account(mut, token::mint = lst_mint, token::authority = owner, token::token_program = lst_token_program)]
    pub lst_account: Box<InterfaceAccount<'info, TokenAccount>>,
    #[account(
        mut,
        associated_token::mint = lst_mint,
        associated_token::authority = pool,
        associated_token::token_program = lst_token_program
    )]
    pub lst_vault: Box<InterfaceAccount<'info, TokenAccount>>,
    #[account(mut)]
    pub rst_mint: Box<Account<'info, token::Mint>>,
    /// CHECK: the owner's associated account, created by the ATA program if absent; address and owner checked
    #[account(mut)]
    pub rst_account: UncheckedAccount<'info>,
    pub lst_token_program: Interface<'info, TokenInterface>,
    pub token_program: Program<'info, Token>,
    pub associated_token_program: Program<'info, AssociatedToken>,
    pub system_program: Program<'info, System>,
}

impl Restake<'_> {
    pub fn handle(ctx: Context<Self>, amount: u64) -> Result<()> {
        let accounts = ctx.accounts;
        require!(amount > 0, RestakingError::AmountZero);
        accounts.require_open()?;
        accounts.pool.deposit(amount)?;
        accounts.epoch_cap.fill(amount)?;
        accounts.take_lst(amount)?;
        accounts.give_receipts(amount)?;
        emit!(Restaked {
            owner: accounts.owner.key(),
            pool: accounts.pool.key(),
            index: accounts.epoch.index,
            amount,
            deposited: accounts.pool.deposited,
            filled: accounts.epoch_cap.filled,
        });
        Ok(())
    }

    fn require_open(&self) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        self.config.require_running(now)?;
        require!(self.config.active_epoch == Some(self.epoch.index), RestakingError::NoActiveEpoch);
        require!(!self.epoch.terms.window_passed(now), RestakingError::EpochWindowPassed);
        require!(self.epoch_cap.belongs_to(&self.epoch), RestakingError::PoolNotInEpoch);
        if self.epoch.terms.access == Access::InviteOnly {
            // A default gatekeeper can never sign, so clearing the role closes invite-only epochs.
            let signer = self.gatekeeper.as_ref().map(|gatekeeper| gatekeeper.key());
            require!(signer == Some(self.config.gatekeeper), RestakingError::GatekeeperMissing);
        }
        Ok(())
    }

    fn take_lst(&mut self, amount: u64) -> Result<()> {
        let before = self.lst_vault.amount;
        let accounts = TransferChecked {
            from: self.lst_account.to_account_info(),
            mint: self.lst_mint.to_account_info(),
            to: self.lst_vault.to_account_info(),
            authority: self.owner.to_account_info(),
        };
        let context = CpiContext::new(self.lst_token_program.to_account_info(), accounts);
        token_interface::transfer_checked(context, amount, self.lst_mint.decimals)?;
        self.lst_vault.reload()?;
        let received = self.lst_vault.amount.checked_sub(before);
        require!(received == Some(amount), RestakingError::AmountMismatch);
        Ok(())
    }

    fn give_receipts(&self, amount: u64) -> Result<()> {
        let expected = get_associated_token_address(&self.owner.key(), &self.rst_mint.key());
        require_keys_eq!(self.rst_account.key(), expected, RestakingError::WrongTokenAccount);
        associated_token::create_idempotent(CpiContext::new(
            self.associated_token_program.to_account_info(),
            associated_token::Create {
                payer: self.owner.to_account_info(),
                associated_token: self.rst_account.to_account_info(),
                authority: self.owner.to_account_info(),
                mint: self.rst_mint.to_account_info(),
                system_program: self.system_program.to_account_info(),
                token_program: self.token_program.to_account_info(),
            },
        ))?;
        let rst_account =
            token::TokenAccount::try_deserialize(&mut &self.rst_account.try_borrow_data()?[..])?;
        require_keys_eq!(rst_account.owner, self.owner.key(), RestakingError::WrongTokenAccount);

        let receipts = Receipts {
            pool: &self.pool,
            rst_mint: self.rst_mint.to_account_info(),
            rst_account: self.rst_account.to_account_info(),
            token_program: self.token_program.to_account_info(),
        };
        let frozen = rst_account.is_frozen();
        receipts.thaw_if(frozen)?;
        receipts.mint(amount)?;
        // A transferable pool's account stays as it was: frozen only while a delegation binds it.
        receipts.freeze_if(frozen || !self.pool.receipts_transferable)
    }
}
