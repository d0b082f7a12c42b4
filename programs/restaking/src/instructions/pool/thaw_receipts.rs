use anchor_lang::prelude::*;
use anchor_spl::token::{Mint, Token, TokenAccount};

use crate::{
    constants::{POOL_SEED, POSITION_SEED},
    error::RestakingError,
    instructions::user::Receipts,
    state::{Position, RestakingPool},
};

/// Anyone may thaw anyone's receipts once the pool's receipts are transferable and nothing of the position is bound.
#[derive(Accounts)]
pub struct ThawReceipts<'info> {
    #[account(seeds = [POOL_SEED, pool.lst_mint.as_ref()], bump = pool.bump, has_one = rst_mint)]
    pub pool: Account<'info, RestakingPool>,
    pub rst_mint: Account<'info, Mint>,
    #[account(mut, token::mint = rst_mint)]
    pub rst_account: Account<'info, TokenAccount>,
    /// CHECK: by its seeds; not there = nothing is bound, read by `Position::bound`
    #[account(seeds = [POSITION_SEED, pool.key().as_ref(), rst_account.owner.as_ref()], bump)]
    pub position: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token>,
}

impl ThawReceipts<'_> {
    pub fn handle(ctx: Context<Self>) -> Result<()> {
        let accounts = ctx.accounts;
        require!(accounts.pool.receipts_transferable, RestakingError::ReceiptsNotTransferable);
        require!(Position::bound(&accounts.position)? == 0, RestakingError::PositionLocked);
        Receipts {
            pool: &accounts.pool,
            rst_mint: accounts.rst_mint.to_account_info(),
            rst_account: accounts.rst_account.to_account_info(),
            token_program: accounts.token_program.to_account_info(),
        }
        .thaw_if(accounts.rst_account.is_frozen())
    }
}
