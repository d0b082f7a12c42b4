use anchor_lang::prelude::*;
use anchor_spl::{
    token::{self, Token},
    token_interface::{self, Mint, TokenAccount, TokenInterface, TransferChecked},
};

use crate::{
    constants::{CONFIG_SEED, POOL_SEED, POSITION_SEED},
    error::RestakingError,
    events::Unrestaked,
    instructions::user::Receipts,
    state::{Config, PoolStatus, Position, RestakingPool},
};

/// Burns receipts and returns the LST. Needs no active epoch and no running protocol; a retired pool can always be left.
#[derive(Accounts)]
pub struct Unrestake<'info> {
    pub owner: Signer<'info>,
    #[account(seeds = [CONFIG_SEED], bump = config.bump)]
    pub config: Box<Account<'info, Config>>,
    #[account(mut, seeds = [POOL_SEED, lst_mint.key().as_ref()], bump = pool.bump, has_one = rst_mint)]
    pub pool: Box<Account<'info, RestakingPool>>,
    /// CHECK: by its seeds; not there = nothing is bound, read by `Position::bound`
    #[account(seeds = [POSITION_SEED, pool.key().as_ref(), owner.key().as_ref()], bump)]
    pub position: UncheckedAccount<'info>,
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
    #[account(mut, associated_token::mint = rst_mint, associated_token::authority = owner)]
    pub rst_account: Box<Account<'info, token::TokenAccount>>,
    pub lst_token_program: Interface<'info, TokenInterface>,
    pub token_program: Program<'info, Token>,
}

impl Unrestake<'_> {
    pub fn handle(ctx: Context<Self>, amount: u64) -> Result<()> {
        let accounts = ctx.accounts;
        require!(amount > 0, RestakingError::AmountZero);
        let may_leave = accounts.config.withdrawals_open || accounts.pool.status == PoolStatus::Retired;
        require!(may_leave, RestakingError::WithdrawalsClosed);
        let bound = accounts.require_unbound(amount)?;

        let receipts = Receipts {
            pool: &accounts.pool,
            rst_mint: accounts.rst_mint.to_account_info(),
            rst_account: accounts.rst_account.to_account_info(),
            token_program: accounts.token_program.to_account_info(),
        };
        receipts.thaw_if(accounts.rst_account.is_frozen())?;
        receipts.burn(accounts.owner.to_account_info(), amount)?;
        receipts.freeze_if(bound > 0 || !accounts.pool.receipts_transferable)?;

        accounts.pool.withdraw(amount)?;
        accounts.return_lst(amount)?;
        emit!(Unrestaked {
            owner: accounts.owner.key(),
            pool: accounts.pool.key(),
            amount,
            deposited: accounts.pool.deposited,
        });
        Ok(())
    }

    /// Bound base units; at least their sum must stay in the receipt account.
    fn require_unbound(&self, amount: u64) -> Result<u64> {
        let bound = Position::bound(&self.position)?;
        let left = self.rst_account.amount.saturating_sub(amount);
        require!(left >= bound, RestakingError::PositionLocked);
        Ok(bound)
    }

    fn return_lst(&self, amount: u64) -> Result<()> {
        let accounts = TransferChecked {
            from: self.lst_vault.to_account_info(),
            mint: self.lst_mint.to_account_info(),
            to: self.lst_account.to_account_info(),
            authority: self.pool.to_account_info(),
        };
        let seeds: &[&[u8]] = &[POOL_SEED, self.pool.lst_mint.as_ref(), &[self.pool.bump]];
        let signer = [seeds];
        let program = self.lst_token_program.to_account_info();
        let context = CpiContext::new_with_signer(program, accounts, &signer);
        token_interface::transfer_checked(context, amount, self.lst_mint.decimals)
    }
}
