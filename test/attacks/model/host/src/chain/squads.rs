//! A stand-in for Squads: the council's account byte for byte, and what the transaction that executes a message looks like.

use anchor_lang::{
    prelude::Pubkey,
    solana_program::sysvar::instructions::{
        construct_instructions_data, BorrowedAccountMeta, BorrowedInstruction,
    },
};
use restaking::constants::SQUADS_ID;
use solana_sha256_hasher::hash;

use super::ledger::Account;
use crate::steps::Top;

const DISCRIMINATOR: [u8; 8] = [224, 116, 121, 186, 68, 161, 79, 236];
const VAULT_TRANSACTION_EXECUTE: [u8; 8] = [194, 8, 161, 87, 153, 164, 25, 171];
const OTHER_INSTRUCTION: [u8; 8] = [172, 44, 179, 152, 21, 127, 234, 180];
const MEMBERS: u8 = 6;
const MAY_ALL: u8 = 7;
const LAMPORTS: u64 = 10_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Multisig {
    pub threshold: u16,
    pub time_lock: u32,
    /// Of the last transaction made.
    pub transaction_index: u64,
    /// Up to here nothing counts any more.
    pub stale_index: u64,
    /// Which of the sets of members.
    pub members: u8,
    /// Somebody from outside can change it.
    pub controlled: bool,
}

fn members(set: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    for member in 0..MEMBERS {
        bytes.extend_from_slice(&[set + 1, member + 1].repeat(16));
        bytes.push(MAY_ALL);
    }
    bytes
}

pub fn members_hash(set: u8) -> [u8; 32] {
    hash(&members(set)).to_bytes()
}

pub fn account(multisig: &Multisig) -> Account {
    let mut data = DISCRIMINATOR.to_vec();
    data.extend_from_slice(&[7; 32]);
    data.extend_from_slice(&[u8::from(multisig.controlled); 32]);
    data.extend_from_slice(&multisig.threshold.to_le_bytes());
    data.extend_from_slice(&multisig.time_lock.to_le_bytes());
    data.extend_from_slice(&multisig.transaction_index.to_le_bytes());
    data.extend_from_slice(&multisig.stale_index.to_le_bytes());
    // No rent collector, a bump.
    data.extend_from_slice(&[0, 255]);
    data.extend_from_slice(&u32::from(MEMBERS).to_le_bytes());
    data.extend_from_slice(&members(multisig.members));
    Account { lamports: LAMPORTS, owner: SQUADS_ID, data, executable: false }
}

/// The addresses that the transaction at the top names.
pub struct Executed<'a> {
    pub council: &'a Pubkey,
    pub proposal: &'a Pubkey,
    pub transaction: &'a Pubkey,
    pub member: &'a Pubkey,
}

/// The instructions sysvar while a message is executed, one instruction for the compute budget before it.
pub fn instructions_sysvar(of: &Executed, top: Top) -> Account {
    let budget = Pubkey::from([9; 32]);
    let program = if top == Top::OtherProgram { &budget } else { &SQUADS_ID };
    let data = if top == Top::OtherInstruction { &OTHER_INSTRUCTION } else { &VAULT_TRANSACTION_EXECUTE };
    let meta = |pubkey, is_signer, is_writable| BorrowedAccountMeta { pubkey, is_signer, is_writable };
    let accounts = vec![
        meta(of.council, false, false),
        meta(of.proposal, false, true),
        meta(of.transaction, false, false),
        meta(of.member, true, true),
    ];
    let instructions = [
        BorrowedInstruction { program_id: &budget, accounts: vec![], data: &[2, 0, 0, 0, 0] },
        BorrowedInstruction { program_id: program, accounts, data },
    ];
    let mut data = construct_instructions_data(&instructions);
    let at = data.len() - 2;
    data[at] = 1;
    Account { lamports: LAMPORTS, owner: anchor_lang::solana_program::sysvar::ID, data, executable: false }
}
