//! Anchor's way to call other programs, which the crate of this name has on chain only. Here a call goes where the
//! other crates' calls go on a host: to the system calls that the harness has set.

use solana_account_info::AccountInfo;
use solana_instruction::Instruction;
use solana_program_error::ProgramResult;
use solana_sysvar::program_stubs::sol_invoke_signed;

pub fn invoke(instruction: &Instruction, accounts: &[AccountInfo]) -> ProgramResult {
    invoke_signed(instruction, accounts, &[])
}

pub fn invoke_unchecked(instruction: &Instruction, accounts: &[AccountInfo]) -> ProgramResult {
    invoke_signed(instruction, accounts, &[])
}

/// What is borrowed while it is called is an error, as it is on chain.
pub fn invoke_signed(
    instruction: &Instruction,
    accounts: &[AccountInfo],
    seeds: &[&[&[u8]]],
) -> ProgramResult {
    for meta in &instruction.accounts {
        if let Some(info) = accounts.iter().find(|info| *info.key == meta.pubkey) {
            if meta.is_writable {
                info.try_borrow_mut_lamports()?;
                info.try_borrow_mut_data()?;
            } else {
                info.try_borrow_lamports()?;
                info.try_borrow_data()?;
            }
        }
    }
    sol_invoke_signed(instruction, accounts, seeds)
}

pub fn invoke_signed_unchecked(
    instruction: &Instruction,
    accounts: &[AccountInfo],
    seeds: &[&[&[u8]]],
) -> ProgramResult {
    sol_invoke_signed(instruction, accounts, seeds)
}
