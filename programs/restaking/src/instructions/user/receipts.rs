use anchor_lang::prelude::*;
use anchor_spl::token::{self, Burn, FreezeAccount, MintTo, ThawAccount};

use crate::{constants::POOL_SEED, state::RestakingPool};

/// One owner's receipt account and the pool that may mint, freeze and thaw it.
pub struct Receipts<'a, 'info> {
    pub pool: &'a Account<'info, RestakingPool>,
    pub rst_mint: AccountInfo<'info>,
    pub rst_account: AccountInfo<'info>,
    pub token_program: AccountInfo<'info>,
}

impl<'info> Receipts<'_, 'info> {
    pub fn thaw_if(&self, frozen: bool) -> Result<()> {
        if !frozen {
            return Ok(());
        }
        let accounts = ThawAccount {
            account: self.rst_account.clone(),
            mint: self.rst_mint.clone(),
            authority: self.pool.to_account_info(),
        };
        self.signed(accounts, token::thaw_account)
    }

    pub fn freeze_if(&self, freeze: bool) -> Result<()> {
        if !freeze {
            return Ok(());
        }
        let accounts = FreezeAccount {
            account: self.rst_account.clone(),
            mint: self.rst_mint.clone(),
            authority: self.pool.to_account_info(),
        };
        self.signed(accounts, token::freeze_account)
    }

    pub fn mint(&self, amount: u64) -> Result<()> {
        let accounts = MintTo {
            mint: self.rst_mint.clone(),
            to: self.rst_account.clone(),
            authority: self.pool.to_account_info(),
        };
        self.signed(accounts, |ctx| token::mint_to(ctx, amount))
    }

    /// The owner signs the transaction, so the burn needs no signature of the pool.
    pub fn burn(&self, owner: AccountInfo<'info>, amount: u64) -> Result<()> {
        let accounts = Burn { mint: self.rst_mint.clone(), from: self.rst_account.clone(), authority: owner };
        token::burn(CpiContext::new(self.token_program.clone(), accounts), amount)
    }

    fn signed<T: ToAccountMetas + ToAccountInfos<'info>>(
        &self,
        accounts: T,
        call: impl for<'x, 'y, 'z> FnOnce(CpiContext<'x, 'y, 'z, 'info, T>) -> Result<()>,
    ) -> Result<()> {
        let seeds: &[&[u8]] = &[POOL_SEED, self.pool.lst_mint.as_ref(), &[self.pool.bump]];
        let signer = [seeds];
        call(CpiContext::new_with_signer(self.token_program.clone(), accounts, &signer))
    }
}
