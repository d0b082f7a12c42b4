use anchor_lang::prelude::*;

use crate::{
    events::{Roles, RolesSet},
    instructions::sip::SipConfig,
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy)]
pub struct SetRolesArgs {
    /// All three are stated; the default key leaves a role to nobody.
    pub epoch_admin: Pubkey,
    pub guardian: Pubkey,
    pub gatekeeper: Pubkey,
}

pub(crate) fn handle(ctx: Context<SipConfig>, args: SetRolesArgs) -> Result<()> {
    let record = &mut ctx.accounts.sip_record;
    record.take()?;
    let config = &mut ctx.accounts.config;
    let old =
        Roles { epoch_admin: config.epoch_admin, guardian: config.guardian, gatekeeper: config.gatekeeper };
    let new = Roles { epoch_admin: args.epoch_admin, guardian: args.guardian, gatekeeper: args.gatekeeper };
    config.epoch_admin = new.epoch_admin;
    config.guardian = new.guardian;
    config.gatekeeper = new.gatekeeper;
    config.sip = record.number;
    emit!(RolesSet { sip: record.number, old, new });
    Ok(())
}
