//! Which mints may become a pool. Deny by default: an extension type that is not named here is refused.

use anchor_lang::prelude::*;
use anchor_spl::token_interface::Mint;

use crate::error::RestakingError;

/// Token-2022 extension types (TLV `u16`) that only describe the token and move nothing.
const METADATA_POINTER: u16 = 18;
const TOKEN_METADATA: u16 = 19;
const GROUP_POINTER: u16 = 20;
const TOKEN_GROUP: u16 = 21;
const GROUP_MEMBER_POINTER: u16 = 22;
const TOKEN_GROUP_MEMBER: u16 = 23;
const ALLOWED: [u16; 6] =
    [METADATA_POINTER, TOKEN_METADATA, GROUP_POINTER, TOKEN_GROUP, GROUP_MEMBER_POINTER, TOKEN_GROUP_MEMBER];

/// A mint's own 82 bytes, padded to a token account's 165, then one byte account type, then the extensions.
const BASE_LEN: usize = 82;
const EXTENSIONS: usize = 166;
const HEADER_LEN: usize = 4;

/// Decimals as the SIP says, no freeze authority unless the SIP allows it, extensions by allow-list.
pub fn require_mint(mint: &InterfaceAccount<Mint>, decimals: u8, allow_freeze_authority: bool) -> Result<()> {
    require!(mint.decimals == decimals, RestakingError::DecimalsMismatch);
    let freeze_free = mint.freeze_authority.is_none() || allow_freeze_authority;
    require!(freeze_free, RestakingError::MintHasFreezeAuthority);
    let info = mint.to_account_info();
    let data = info.try_borrow_data()?;
    require_extensions(&data)
}

fn require_extensions(data: &[u8]) -> Result<()> {
    if data.len() == BASE_LEN {
        return Ok(());
    }
    let mut rest = data.get(EXTENSIONS..).ok_or(RestakingError::MintExtensionRefused)?;
    while let Some(header) = rest.get(..HEADER_LEN) {
        let kind = u16::from_le_bytes([header[0], header[1]]);
        let len = u16::from_le_bytes([header[2], header[3]]) as usize;
        if kind == 0 {
            // Uninitialized: the rest is padding.
            return Ok(());
        }
        require!(ALLOWED.contains(&kind), RestakingError::MintExtensionRefused);
        let next = HEADER_LEN.checked_add(len).ok_or(RestakingError::MintExtensionRefused)?;
        rest = rest.get(next..).ok_or(RestakingError::MintExtensionRefused)?;
    }
    require!(rest.iter().all(|byte| *byte == 0), RestakingError::MintExtensionRefused);
    Ok(())
}
