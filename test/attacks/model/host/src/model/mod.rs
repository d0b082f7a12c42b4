//! The restaking protocol in plain arithmetic, written from the design and the program's README, not from its code. It
//! has no accounts and no bytes; what it shares with the program are the numbers of the errors.
//!
//! The order of refusals is part of what is expected: the instruction's accounts first, as they are listed (signed?
//! there?), then accounts to be made, then who may, then the rules.

mod actions;
mod council;
mod epochs;
mod pause;
mod users;

use std::collections::{BTreeMap, BTreeSet};

use restaking::{
    error::RestakingError,
    state::{EpochTerms, PoolStatus},
};

use crate::{
    chain::{
        lsts::LSTS,
        squads::Multisig,
        world::{COUNCIL_AT_START, START, START_SLOT, WALLET},
    },
    steps::*,
};

/// Nothing, or the number of the error.
pub type Due = Result<(), u64>;

/// Anchor's numbers, the system program's 0 as the loader passes it on, and the token programs'.
pub const ABSENT: u64 = 3012;
pub const FOREIGN: u64 = 3007;
pub const NOT_SIGNED: u64 = 3010;
pub const WRONG_ADDRESS: u64 = 2006;
pub const IN_USE: u64 = 1 << 32;
pub const INSUFFICIENT: u64 = 1;
pub const FROZEN: u64 = 17;

pub fn refuse(error: RestakingError) -> Due {
    Err(u32::from(error).into())
}

pub fn require(holds: bool, error: RestakingError) -> Due {
    if holds {
        Ok(())
    } else {
        refuse(error)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    Off,
    /// By the guardian; over by itself.
    Guardian,
    Council,
}

#[derive(Clone, Copy, Debug)]
pub struct Offer {
    pub to: Council,
    pub floors: (u16, u32),
    pub expires_at: i64,
    pub sip: u32,
    pub text: u8,
}

#[derive(Clone, Debug)]
pub struct Config {
    pub council: Council,
    pub floors: (u16, u32),
    pub vote: Option<Actor>,
    pub epoch_admin: Option<Actor>,
    pub guardian: Option<Actor>,
    pub gatekeeper: Option<Actor>,
    pub offer: Option<Offer>,
    pub pause: Pause,
    pub guardian_paused_at: Option<i64>,
    pub next_epoch: u16,
    pub next_activation: u16,
    pub active: Option<u16>,
    pub withdrawals: bool,
    pub sip: u32,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub text: u8,
    pub part: u8,
    pub parts: u8,
    pub slot: u64,
    pub actions: u8,
    pub council_tx: u64,
    pub executed_at: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Scheduled,
    Active,
    Closed,
}

#[derive(Clone, Debug)]
pub struct Epoch {
    pub terms: EpochTerms,
    pub stage: Stage,
    pub activated: Option<(i64, Actor)>,
    pub closed_at: Option<i64>,
    pub scheduled_by: u32,
    pub sip: u32,
}

#[derive(Clone, Debug)]
pub struct Cap {
    pub cap: u64,
    pub filled: u64,
    pub scheduled_by: u32,
    pub sip: u32,
}

#[derive(Clone, Debug)]
pub struct Pool {
    pub symbol: &'static str,
    pub status: PoolStatus,
    pub transferable: bool,
    pub cap: u64,
    pub deposited: u64,
    pub whitelisted_by: u32,
    pub sip: u32,
}

#[derive(Clone, Debug)]
pub struct Operator {
    pub name: &'static str,
    pub authority: Actor,
    pub retired: bool,
    pub whitelisted_by: u32,
    pub sip: u32,
}

/// An owner's receipts of one LST.
#[derive(Clone, Copy, Debug, Default)]
pub struct Receipts {
    pub amount: u64,
    pub frozen: bool,
}

/// What is around a pool: vault and wallets are there before it.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// `None` until somebody makes it.
    pub vault: Option<u64>,
    pub vault_frozen: bool,
    pub wallets: [u64; OWNERS],
    pub receipts: [Option<Receipts>; OWNERS],
    /// Delegated and unbonding.
    pub positions: [Option<(u64, u64)>; OWNERS],
}

#[derive(Clone, Debug)]
pub struct Proposal {
    pub council: Council,
    pub index: u64,
    /// The members when it was compiled.
    pub members: u8,
    pub message: Vec<Inner>,
}

#[derive(Clone, Debug)]
pub struct Model {
    pub now: i64,
    pub slot: u64,
    pub councils: [Multisig; COUNCILS],
    pub config: Option<Config>,
    pub records: BTreeMap<u32, Record>,
    pub epochs: BTreeMap<u16, Epoch>,
    pub caps: BTreeMap<(u16, Lst), Cap>,
    pub pools: [Option<Pool>; LSTS.len()],
    pub operators: [Option<Operator>; VOTES],
    pub tokens: [Tokens; LSTS.len()],
    pub proposals: Vec<Proposal>,
    /// Where lamports came before the account.
    pub prefunded: BTreeSet<Place>,
}

impl Model {
    pub fn new() -> Self {
        let tokens = || Tokens {
            vault: None,
            vault_frozen: false,
            wallets: [WALLET; OWNERS],
            receipts: [None; OWNERS],
            positions: [None; OWNERS],
        };
        Self {
            now: START,
            slot: START_SLOT,
            councils: [COUNCIL_AT_START; COUNCILS],
            config: None,
            records: BTreeMap::new(),
            epochs: BTreeMap::new(),
            caps: BTreeMap::new(),
            pools: [const { None }; LSTS.len()],
            operators: [const { None }; VOTES],
            tokens: std::array::from_fn(|_| tokens()),
            proposals: Vec::new(),
            prefunded: BTreeSet::new(),
        }
    }

    /// The configuration, without which nothing of the protocol runs.
    pub fn config(&self) -> Result<&Config, u64> {
        self.config.as_ref().ok_or(ABSENT)
    }

    pub fn config_mut(&mut self) -> &mut Config {
        self.config.as_mut().expect("its presence was looked at before")
    }

    /// What is due of a step, having changed the model where it is not an error.
    pub fn predict(&mut self, step: &Step) -> Due {
        match *step {
            Step::Initialize { council, floors, realms, astray, by_another } => {
                self.initialize(council, floors, realms, astray, by_another)
            }
            Step::Sip { council, ref message, run } => {
                self.propose(council, message);
                self.execute(self.proposals.len() - 1, run)
            }
            Step::Propose { council, ref message } => {
                self.propose(council, message);
                Ok(())
            }
            Step::Execute { proposal, run } if proposal < self.proposals.len() => self.execute(proposal, run),
            Step::Execute { .. } => Ok(()),
            Step::Change { council, threshold, time_lock, members, controlled } => {
                let old = &mut self.councils[council];
                let transaction_index = old.transaction_index;
                let stale_index = transaction_index;
                *old = Multisig { threshold, time_lock, transaction_index, stale_index, members, controlled };
                Ok(())
            }
            Step::Wait { seconds, slots } => {
                self.now += seconds;
                self.slot += slots;
                Ok(())
            }
            Step::Activate { by, signed, index } => self.activate(by, signed, index),
            Step::Close { index } => self.close(index),
            Step::GuardianPause { by, signed } => self.guardian_pause(by, signed),
            Step::Restake { .. } => self.restake(step),
            Step::Unrestake { who, lst, amount, signed } => self.unrestake(who, lst, amount, signed),
            Step::Thaw { who, lst } => self.thaw(who, lst),
            Step::Bind { who, lst, delegated, unbonding } => {
                self.bind(who, lst, (delegated, unbonding));
                Ok(())
            }
            Step::Send { from, to, lst, amount } => self.send(from, to, lst, amount),
            Step::Donate { who, lst, amount } => self.donate(who, lst, amount),
            Step::MakeAccount { who, lst } => {
                self.make_account(who, lst);
                Ok(())
            }
            Step::FreezeVault { lst } => {
                self.tokens[lst].vault_frozen = true;
                Ok(())
            }
            Step::Prefund { place } => {
                if !self.is_there(place) {
                    self.prefunded.insert(place);
                }
                Ok(())
            }
        }
    }

    fn is_there(&self, place: Place) -> bool {
        match place {
            Place::Record(number) => self.records.contains_key(&number),
            Place::Epoch(index) => self.epochs.contains_key(&index),
            Place::EpochCap(index, lst) => self.caps.contains_key(&(index, lst)),
            Place::Pool(lst) | Place::Rst(lst) => self.pools[lst].is_some(),
            Place::Operator(vote) => self.operators[vote].is_some(),
            Place::Position(lst, who) => self.tokens[lst].positions[who].is_some(),
        }
    }

    /// An account that an instruction needs: it makes a difference whether somebody sent lamports there.
    pub(crate) fn need(&self, place: Place) -> Due {
        if self.is_there(place) {
            Ok(())
        } else if self.prefunded.contains(&place) {
            Err(FOREIGN)
        } else {
            Err(ABSENT)
        }
    }
}
