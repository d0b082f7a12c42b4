use anchor_lang::prelude::*;

use crate::{error::RestakingError, events::ExternalRecorded, instructions::sip::SipConfig};

/// A foreign instruction directly behind this one; target = its program.
pub const EXTERNAL_INSTRUCTION: u8 = 0;
/// A Squads config transaction to be executed next; target = the multisig.
pub const EXTERNAL_CONFIG_TRANSACTION: u8 = 1;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct RecordExternalArgs {
    pub kind: u8,
    pub target: Pubkey,
    pub hash: [u8; 32],
}

/// Announces what the program cannot see, so that the SIP's record covers it.
pub(crate) fn handle(ctx: Context<SipConfig>, args: RecordExternalArgs) -> Result<()> {
    let record = &mut ctx.accounts.sip_record;
    record.take()?;
    require!(args.kind <= EXTERNAL_CONFIG_TRANSACTION, RestakingError::ExternalKindUnknown);
    ctx.accounts.config.sip = record.number;
    emit!(ExternalRecorded { sip: record.number, kind: args.kind, target: args.target, hash: args.hash });
    Ok(())
}
