//! What the program asks of the council before a SIP takes effect. Squads itself asks none of this: an approved vault
//! transaction never goes stale there and the time lock is compared with its present value.

use anchor_lang::{
    prelude::*,
    solana_program::{
        instruction::get_stack_height,
        sysvar::instructions::{load_current_index_checked, load_instruction_at_checked},
    },
};
use solana_sha256_hasher::hashv;

use crate::{
    constants::SQUADS_ID,
    error::RestakingError,
    state::{Floors, Venue},
};

/// sha256("account:Multisig")[..8]
const MULTISIG_DISCRIMINATOR: [u8; 8] = [224, 116, 121, 186, 68, 161, 79, 236];
/// sha256("global:vault_transaction_execute")[..8]
const VAULT_TRANSACTION_EXECUTE: [u8; 8] = [194, 8, 161, 87, 153, 164, 25, 171];
/// Position of the multisig and of the transaction among the accounts of `vault_transaction_execute`.
const EXECUTE_MULTISIG: usize = 0;
const EXECUTE_TRANSACTION: usize = 2;

/// The council's program runs at the transaction's own level 1, the instructions of its message one above.
const MESSAGE_STACK_HEIGHT: usize = 2;

/// Offsets in a Squads v4 multisig account: create_key at 8, then these.
const CONFIG_AUTHORITY: usize = 40;
const THRESHOLD: usize = 72;
const TIME_LOCK: usize = 74;
/// transaction_index at 78.
const STALE_TRANSACTION_INDEX: usize = 86;
/// `Option<Pubkey>` rent collector, then the bump, then the members.
const RENT_COLLECTOR: usize = 94;
/// 32 bytes key, 1 byte permission mask.
const MEMBER_LEN: usize = 33;

/// The council as its account says it.
pub struct Council {
    pub threshold: u16,
    pub time_lock: u32,
    pub stale_transaction_index: u64,
    pub members_hash: [u8; 32],
}

impl Council {
    /// Reads a Squads multisig: owner, discriminator and length checked, no config authority.
    pub fn read(account: &AccountInfo) -> Result<Self> {
        require_keys_eq!(*account.owner, SQUADS_ID, RestakingError::NotACouncil);
        let data = account.try_borrow_data()?;
        require!(bytes::<8>(&data, 0)? == MULTISIG_DISCRIMINATOR, RestakingError::NotACouncil);
        require!(bytes::<32>(&data, CONFIG_AUTHORITY)? == [0; 32], RestakingError::CouncilControlled);
        let option_len: usize = match bytes::<1>(&data, RENT_COLLECTOR)? {
            [0] => 1,
            [1] => 33,
            _ => return err!(RestakingError::NotACouncil),
        };
        let count_at = sum(&[RENT_COLLECTOR, option_len, 1])?;
        let count = u32::from_le_bytes(bytes(&data, count_at)?) as usize;
        let start = sum(&[count_at, 4])?;
        let len = count.checked_mul(MEMBER_LEN).ok_or(RestakingError::NotACouncil)?;
        let members = data.get(start..sum(&[start, len])?).ok_or(RestakingError::NotACouncil)?;
        Ok(Self {
            threshold: u16::from_le_bytes(bytes(&data, THRESHOLD)?),
            time_lock: u32::from_le_bytes(bytes(&data, TIME_LOCK)?),
            stale_transaction_index: u64::from_le_bytes(bytes(&data, STALE_TRANSACTION_INDEX)?),
            members_hash: hashv(&[members]).to_bytes(),
        })
    }

    pub fn require_floors(&self, floors: &Floors) -> Result<()> {
        require!(self.threshold >= floors.min_threshold, RestakingError::ThresholdTooLow);
        require!(self.time_lock >= floors.min_time_lock, RestakingError::TimeLockTooLow);
        Ok(())
    }

    /// The transaction being executed right now must be Squads' `vault_transaction_execute` of exactly `council_tx`,
    /// created after the council's last change of members, threshold or time lock.
    pub fn require_executing(
        &self,
        council: &Pubkey,
        council_tx: u64,
        instructions: &AccountInfo,
    ) -> Result<()> {
        let index = load_current_index_checked(instructions)?;
        let top = load_instruction_at_checked(index as usize, instructions)?;
        let seeds: &[&[u8]] = &[b"multisig", council.as_ref(), b"transaction", &council_tx.to_le_bytes()];
        let (transaction, _) = Pubkey::find_program_address(seeds, &SQUADS_ID);
        let named = top.program_id == SQUADS_ID
            && top.data.get(..8) == Some(&VAULT_TRANSACTION_EXECUTE[..])
            && top.accounts.get(EXECUTE_MULTISIG).is_some_and(|a| &a.pubkey == council)
            && top.accounts.get(EXECUTE_TRANSACTION).is_some_and(|a| a.pubkey == transaction);
        require!(named && council_tx > self.stale_transaction_index, RestakingError::StaleCouncilTransaction);
        Ok(())
    }
}

/// No program between the council's transaction and this one: a foreign instruction of the message that gets the
/// vault's signature cannot begin a SIP of its own behind the reviewed one, nor spend what that one announced.
pub fn require_direct() -> Result<()> {
    require!(get_stack_height() == MESSAGE_STACK_HEIGHT, RestakingError::NotCalledDirectly);
    Ok(())
}

/// Venue Squads ⇔ the venue account is a multisig and the authority is its vault 0, with values not below the floors.
pub fn require_venue(venue: Venue, account: &AccountInfo, authority: &Pubkey, floors: &Floors) -> Result<()> {
    require!(venue == Venue::Squads, RestakingError::VenueUnsupported);
    require_vault(account.key, authority)?;
    require!(floors.min_threshold >= 1, RestakingError::FloorInvalid);
    let council = Council::read(account)?;
    let reachable = floors.min_threshold <= council.threshold && floors.min_time_lock <= council.time_lock;
    require!(reachable, RestakingError::FloorInvalid);
    Ok(())
}

pub fn require_vault(multisig: &Pubkey, authority: &Pubkey) -> Result<()> {
    let seeds: &[&[u8]] = &[b"multisig", multisig.as_ref(), b"vault", &[0]];
    let (vault, _) = Pubkey::find_program_address(seeds, &SQUADS_ID);
    require_keys_eq!(vault, *authority, RestakingError::AuthorityNotVault);
    Ok(())
}

fn bytes<const N: usize>(data: &[u8], at: usize) -> Result<[u8; N]> {
    let slice = data.get(at..sum(&[at, N])?).ok_or(RestakingError::NotACouncil)?;
    slice.try_into().map_err(|_| RestakingError::NotACouncil.into())
}

fn sum(terms: &[usize]) -> Result<usize> {
    terms
        .iter()
        .try_fold(0usize, |total, term| total.checked_add(*term))
        .ok_or_else(|| RestakingError::NotACouncil.into())
}
