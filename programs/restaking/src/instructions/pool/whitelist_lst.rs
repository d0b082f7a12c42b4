use anchor_lang::prelude::*;
use anchor_spl::{
    associated_token::{self, get_associated_token_address_with_program_id, AssociatedToken},
    token::Token,
    token_interface::{Mint, TokenAccount, TokenInterface},
};

use crate::{
    constants::{CONFIG_SEED, POOL_SEED, RST_SEED},
    error::RestakingError,
    events::LstWhitelisted,
    mint_rules::require_mint,
    state::{require_symbol, Config, PoolStatus, RestakingPool, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone)]
pub struct WhitelistLstArgs {
    pub symbol: String,
    pub decimals: u8,
    /// Base units; u64::MAX = unlimited.
    pub cap: u64,
    /// The SIP says in so many words that the mint's freeze authority is accepted.
    pub allow_freeze_authority: bool,
}

#[derive(Accounts)]
pub struct WhitelistLst<'info> {
    #[account(mut)]
    pub authority: Signer<'info>,
    #[account(seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Box<Account<'info, Config>>,
    #[account(mut)]
    pub sip_record: Box<Account<'info, SipRecord>>,
    #[account(mint::token_program = lst_token_program)]
    pub lst_mint: Box<InterfaceAccount<'info, Mint>>,
    #[account(
        init,
        payer = authority,
        space = 8 + RestakingPool::INIT_SPACE,
        seeds = [POOL_SEED, lst_mint.key().as_ref()],
        bump
    )]
    pub pool: Box<Account<'info, RestakingPool>>,
    #[account(
        init,
        payer = authority,
        seeds = [RST_SEED, pool.key().as_ref()],
        bump,
        mint::decimals = lst_mint.decimals,
        mint::authority = pool,
        mint::freeze_authority = pool,
        mint::token_program = token_program
    )]
    pub rst_mint: Box<InterfaceAccount<'info, Mint>>,
    /// CHECK: the pool's associated account, created by the ATA program if absent and then checked in `require_clean_vault`
    #[account(mut)]
    pub lst_vault: UncheckedAccount<'info>,
    pub lst_token_program: Interface<'info, TokenInterface>,
    /// Receipts are classic SPL Token, whatever the LST is.
    pub token_program: Program<'info, Token>,
    pub associated_token_program: Program<'info, AssociatedToken>,
    pub system_program: Program<'info, System>,
}

impl WhitelistLst<'_> {
    pub fn handle(ctx: Context<Self>, args: WhitelistLstArgs) -> Result<()> {
        let accounts = ctx.accounts;
        accounts.sip_record.take()?;
        require_symbol(&args.symbol)?;
        require_mint(&accounts.lst_mint, args.decimals, args.allow_freeze_authority)?;
        accounts.create_vault()?;
        accounts.require_clean_vault()?;

        let sip = accounts.sip_record.number;
        accounts.pool.set_inner(RestakingPool {
            lst_mint: accounts.lst_mint.key(),
            rst_mint: accounts.rst_mint.key(),
            bump: ctx.bumps.pool,
            decimals: args.decimals,
            symbol: args.symbol.clone(),
            status: PoolStatus::Open,
            receipts_transferable: false,
            cap: args.cap,
            deposited: 0,
            whitelisted_by: sip,
            sip,
            reserved: [0; 64],
        });
        emit!(LstWhitelisted {
            sip,
            pool: accounts.pool.key(),
            lst_mint: accounts.lst_mint.key(),
            rst_mint: accounts.rst_mint.key(),
            symbol: args.symbol,
            decimals: args.decimals,
            cap: args.cap,
        });
        Ok(())
    }

    /// Idempotent: anyone can have created the account before, which must not block a SIP.
    fn create_vault(&self) -> Result<()> {
        let (pool, mint, token_program) =
            (self.pool.key(), self.lst_mint.key(), self.lst_token_program.key());
        let expected = get_associated_token_address_with_program_id(&pool, &mint, &token_program);
        require_keys_eq!(self.lst_vault.key(), expected, RestakingError::VaultUnclean);
        associated_token::create_idempotent(CpiContext::new(
            self.associated_token_program.to_account_info(),
            associated_token::Create {
                payer: self.authority.to_account_info(),
                associated_token: self.lst_vault.to_account_info(),
                authority: self.pool.to_account_info(),
                mint: self.lst_mint.to_account_info(),
                system_program: self.system_program.to_account_info(),
                token_program: self.lst_token_program.to_account_info(),
            },
        ))
    }

    fn require_clean_vault(&self) -> Result<()> {
        require_keys_eq!(*self.lst_vault.owner, self.lst_token_program.key(), RestakingError::VaultUnclean);
        let vault = TokenAccount::try_deserialize(&mut &self.lst_vault.try_borrow_data()?[..])?;
        let clean = vault.owner == self.pool.key()
            && vault.mint == self.lst_mint.key()
            && vault.delegate.is_none()
            && vault.close_authority.is_none()
            && !vault.is_frozen();
        require!(clean, RestakingError::VaultUnclean);
        Ok(())
    }
}
