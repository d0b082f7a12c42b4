use anchor_lang::prelude::*;

use crate::{
    constants::{CONFIG_SEED, OPERATOR_SEED, VOTE_PROGRAM_ID},
    error::RestakingError,
    events::OperatorWhitelisted,
    state::{require_name, Config, Operator, OperatorStatus, SipRecord},
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone)]
pub struct WhitelistOperatorArgs {
    pub name: String,
    /// Signs the operator's own opt-ins and opt-outs.
    pub operator_authority: Pubkey,
}

#[derive(Accounts)]
pub struct WhitelistOperator<'info> {
    #[account(mut)]
    pub authority: Signer<'info>,
    #[account(seeds = [CONFIG_SEED], bump = config.bump, has_one = authority @ RestakingError::NotAuthority)]
    pub config: Account<'info, Config>,
    #[account(mut)]
    pub sip_record: Account<'info, SipRecord>,
    /// CHECK: an account of the vote program; its contents are the operator's own affair
    #[account(owner = VOTE_PROGRAM_ID @ RestakingError::NotAVoteAccount)]
    pub vote_account: UncheckedAccount<'info>,
    #[account(
        init,
        payer = authority,
        space = 8 + Operator::INIT_SPACE,
        seeds = [OPERATOR_SEED, vote_account.key().as_ref()],
        bump
    )]
    pub operator: Account<'info, Operator>,
    pub system_program: Program<'info, System>,
}

impl WhitelistOperator<'_> {
    pub fn handle(ctx: Context<Self>, args: WhitelistOperatorArgs) -> Result<()> {
        let record = &mut ctx.accounts.sip_record;
        record.take()?;
        require_name(&args.name)?;
        require_keys_neq!(args.operator_authority, Pubkey::default(), RestakingError::KeyInvalid);
        let vote_account = ctx.accounts.vote_account.key();
        ctx.accounts.operator.set_inner(Operator {
            vote_account,
            authority: args.operator_authority,
            name: args.name.clone(),
            status: OperatorStatus::Active,
            whitelisted_by: record.number,
            sip: record.number,
            bump: ctx.bumps.operator,
            reserved: [0; 64],
        });
        emit!(OperatorWhitelisted {
            sip: record.number,
            vote_account,
            authority: args.operator_authority,
            name: args.name,
        });
        Ok(())
    }
}
