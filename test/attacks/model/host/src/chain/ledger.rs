//! The accounts, and how a failed transaction leaves none of its traces.

use anchor_lang::{prelude::Pubkey, solana_program::system_program};
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub lamports: u64,
    pub owner: Pubkey,
    pub data: Vec<u8>,
    pub executable: bool,
}

impl Account {
    /// What stands at an address that nobody has used.
    pub const ABSENT: Account =
        Account { lamports: 0, owner: system_program::ID, data: Vec::new(), executable: false };
}

/// An account before and after a transaction.
pub struct Change<'a> {
    pub key: Pubkey,
    pub before: &'a Account,
    pub after: &'a Account,
}

#[derive(Default)]
pub struct Ledger {
    accounts: HashMap<Pubkey, Account>,
    /// What this transaction has written over, in order.
    overwritten: Vec<(Pubkey, Account)>,
}

impl Ledger {
    pub fn get(&self, key: &Pubkey) -> &Account {
        static ABSENT: Account = Account::ABSENT;
        self.accounts.get(key).unwrap_or(&ABSENT)
    }

    pub fn put(&mut self, key: Pubkey, account: Account) {
        let old = self.accounts.insert(key, account).unwrap_or(Account::ABSENT);
        self.overwritten.push((key, old));
    }

    pub fn begin(&mut self) {
        self.overwritten.clear();
    }

    pub fn roll_back(&mut self) {
        while let Some((key, account)) = self.overwritten.pop() {
            self.accounts.insert(key, account);
        }
    }

    /// What the transaction has done, an account at a time.
    pub fn changes(&self) -> Vec<Change<'_>> {
        let mut changes: Vec<Change> = Vec::new();
        for (key, before) in &self.overwritten {
            if changes.iter().all(|change| change.key != *key) {
                changes.push(Change { key: *key, before, after: self.get(key) });
            }
        }
        changes.retain(|change| change.before != change.after);
        changes
    }

    pub fn owned_by<'a>(&'a self, program: &'a Pubkey) -> impl Iterator<Item = &'a Pubkey> {
        self.accounts.iter().filter(move |(_, account)| account.owner == *program).map(|(key, _)| key)
    }
}
