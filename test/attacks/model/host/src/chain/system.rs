//! A stand-in for the system program: what Anchor and the associated token program ask of it.

use anchor_lang::{
    prelude::{AccountInfo, ProgramError, Pubkey},
    solana_program::{entrypoint::ProgramResult, system_program},
};

const CREATE_ACCOUNT: u32 = 0;
const ASSIGN: u32 = 1;
const TRANSFER: u32 = 2;
const ALLOCATE: u32 = 8;
const IN_USE: ProgramError = ProgramError::Custom(0);
const TOO_LITTLE: ProgramError = ProgramError::Custom(1);

pub fn process(accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    let word = |at: usize| -> Result<u64, ProgramError> {
        let bytes = data.get(at..at + 8).ok_or(ProgramError::InvalidInstructionData)?;
        Ok(u64::from_le_bytes(bytes.try_into().expect("eight bytes")))
    };
    let key = |at: usize| -> Result<Pubkey, ProgramError> {
        let bytes = data.get(at..at + 32).ok_or(ProgramError::InvalidInstructionData)?;
        Ok(Pubkey::try_from(bytes).expect("a key"))
    };
    let kind = data.get(..4).ok_or(ProgramError::InvalidInstructionData)?;
    match (u32::from_le_bytes(kind.try_into().expect("four bytes")), accounts) {
        (CREATE_ACCOUNT, [from, to, ..]) => {
            if to.lamports() > 0 {
                return Err(IN_USE);
            }
            allocate(to, word(12)?)?;
            assign(to, &key(20)?)?;
            transfer(from, to, word(4)?)
        }
        (ASSIGN, [account, ..]) => assign(account, &key(4)?),
        (TRANSFER, [from, to, ..]) => transfer(from, to, word(4)?),
        (ALLOCATE, [account, ..]) => allocate(account, word(4)?),
        _ => Err(ProgramError::InvalidInstructionData),
    }
}

fn require_signer(account: &AccountInfo) -> ProgramResult {
    account.is_signer.then_some(()).ok_or(ProgramError::MissingRequiredSignature)
}

fn allocate(account: &AccountInfo, space: u64) -> ProgramResult {
    require_signer(account)?;
    if !account.data_is_empty() || *account.owner != system_program::ID {
        return Err(IN_USE);
    }
    account.resize(space as usize)
}

fn assign(account: &AccountInfo, owner: &Pubkey) -> ProgramResult {
    require_signer(account)?;
    account.assign(owner);
    Ok(())
}

fn transfer(from: &AccountInfo, to: &AccountInfo, lamports: u64) -> ProgramResult {
    require_signer(from)?;
    let left = from.lamports().checked_sub(lamports).ok_or(TOO_LITTLE)?;
    **from.try_borrow_mut_lamports()? = left;
    **to.try_borrow_mut_lamports()? += lamports;
    Ok(())
}
