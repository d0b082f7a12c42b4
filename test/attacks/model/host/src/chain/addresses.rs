//! Every address of a world, found once: finding one takes longer than what most instructions do.

use std::cell::RefCell;
use std::collections::HashMap;

use anchor_lang::prelude::Pubkey;
use restaking::constants::*;
use spl_associated_token_account::get_associated_token_address_with_program_id as associated;

use super::lsts::LSTS;
use crate::steps::{Actor, Council, Lst, Place, Vote, Who};

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Name {
    Config,
    Place(Place),
    Vault(Council),
    Transaction(Council, u64),
    PoolVault(Lst),
    Wallet(Who, Lst),
    Receipts(Who, Lst),
    ProgramData,
}

#[derive(Default)]
pub struct Addresses {
    known: RefCell<HashMap<Name, (Pubkey, u8)>>,
}

/// A key that is nobody's derived address: told apart by what it is for and its number.
fn key(what: u8, number: u8) -> Pubkey {
    let mut bytes = [what; 32];
    bytes[1] = number;
    bytes[31] = 1;
    Pubkey::from(bytes)
}

impl Addresses {
    fn find(&self, name: Name) -> (Pubkey, u8) {
        if let Some(found) = self.known.borrow().get(&name) {
            return *found;
        }
        let found = self.derive(name);
        self.known.borrow_mut().insert(name, found);
        found
    }

    fn derive(&self, name: Name) -> (Pubkey, u8) {
        let ours = |seeds: &[&[u8]]| Pubkey::find_program_address(seeds, &restaking::ID);
        let squads = |seeds: &[&[u8]]| Pubkey::find_program_address(seeds, &SQUADS_ID);
        let mint = |lst| self.mint(lst);
        match name {
            Name::Config => ours(&[CONFIG_SEED]),
            Name::Place(Place::Record(number)) => ours(&[SIP_SEED, &number.to_le_bytes()]),
            Name::Place(Place::Epoch(index)) => ours(&[EPOCH_SEED, &index.to_le_bytes()]),
            Name::Place(Place::EpochCap(index, lst)) => {
                ours(&[EPOCH_CAP_SEED, &index.to_le_bytes(), self.pool(lst).as_ref()])
            }
            Name::Place(Place::Pool(lst)) => ours(&[POOL_SEED, mint(lst).as_ref()]),
            Name::Place(Place::Rst(lst)) => ours(&[RST_SEED, self.pool(lst).as_ref()]),
            Name::Place(Place::Operator(vote)) => ours(&[OPERATOR_SEED, self.vote(vote).as_ref()]),
            Name::Place(Place::Position(lst, who)) => {
                ours(&[POSITION_SEED, self.pool(lst).as_ref(), self.owner(who).as_ref()])
            }
            Name::Vault(council) => squads(&[b"multisig", self.multisig(council).as_ref(), b"vault", &[0]]),
            Name::Transaction(council, index) => {
                squads(&[b"multisig", self.multisig(council).as_ref(), b"transaction", &index.to_le_bytes()])
            }
            Name::PoolVault(lst) => (associated(&self.pool(lst), &mint(lst), &LSTS[lst].program()), 0),
            Name::Wallet(who, lst) => (associated(&self.owner(who), &mint(lst), &LSTS[lst].program()), 0),
            Name::Receipts(who, lst) => {
                (associated(&self.owner(who), &self.place(Place::Rst(lst)), &spl_token::ID), 0)
            }
            Name::ProgramData => {
                let loader = anchor_lang::solana_program::bpf_loader_upgradeable::ID;
                Pubkey::find_program_address(&[restaking::ID.as_ref()], &loader)
            }
        }
    }

    pub fn config(&self) -> Pubkey {
        self.find(Name::Config).0
    }
    pub fn config_bump(&self) -> u8 {
        self.find(Name::Config).1
    }
    pub fn place(&self, place: Place) -> Pubkey {
        self.find(Name::Place(place)).0
    }
    pub fn bump(&self, place: Place) -> u8 {
        self.find(Name::Place(place)).1
    }
    pub fn pool(&self, lst: Lst) -> Pubkey {
        self.place(Place::Pool(lst))
    }
    pub fn vault(&self, council: Council) -> Pubkey {
        self.find(Name::Vault(council)).0
    }
    pub fn transaction(&self, council: Council, index: u64) -> Pubkey {
        self.find(Name::Transaction(council, index)).0
    }
    pub fn pool_vault(&self, lst: Lst) -> Pubkey {
        self.find(Name::PoolVault(lst)).0
    }
    pub fn wallet(&self, who: Who, lst: Lst) -> Pubkey {
        self.find(Name::Wallet(who, lst)).0
    }
    pub fn receipts(&self, who: Who, lst: Lst) -> Pubkey {
        self.find(Name::Receipts(who, lst)).0
    }
    pub fn program_data(&self) -> Pubkey {
        self.find(Name::ProgramData).0
    }

    pub fn multisig(&self, council: Council) -> Pubkey {
        key(10, council as u8)
    }
    pub fn actor(&self, actor: Actor) -> Pubkey {
        key(20, actor)
    }
    pub fn holder(&self, actor: Option<Actor>) -> Pubkey {
        actor.map_or_else(Pubkey::default, |actor| self.actor(actor))
    }
    pub fn owner(&self, who: Who) -> Pubkey {
        key(30, who as u8)
    }
    pub fn mint(&self, lst: Lst) -> Pubkey {
        key(40, lst as u8)
    }
    pub fn vote(&self, vote: Vote) -> Pubkey {
        key(50, vote as u8)
    }
    /// Pays for what a stranger makes, and may upgrade the program.
    pub fn deployer(&self) -> Pubkey {
        key(60, 0)
    }
    pub fn stranger(&self) -> Pubkey {
        key(60, 1)
    }
}
