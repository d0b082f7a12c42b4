//! One world: the accounts, the clock and the councils, and what a step does to them.

use anchor_lang::{
    prelude::{AccountMeta, Pubkey},
    solana_program::{instruction::Instruction, system_program, sysvar},
    AccountSerialize,
};
use restaking::{constants::VOTE_PROGRAM_ID, state::Position};
use spl_token::instruction as token;

use super::{
    addresses::Addresses,
    calls::{deployed, other, unsign, Compiled},
    ledger::{Account, Ledger},
    lsts::{mint_account, read_token, token_account, with_frozen, LSTS, RENT},
    runtime,
    squads::{self, Executed, Multisig},
};
use crate::steps::*;

pub const START: i64 = 1_800_000_000;
pub const START_SLOT: u64 = 1_000;
/// Base units that every owner has of every LST.
pub const WALLET: u64 = 150;
pub const COUNCIL_AT_START: Multisig = Multisig {
    threshold: 3,
    time_lock: 600,
    transaction_index: 0,
    stale_index: 0,
    members: 0,
    controlled: false,
};
/// Between the council's execution and the program, or with another program in between.
const DIRECT: usize = 2;
const PLENTY: u64 = u64::MAX >> 8;

struct Proposal {
    council: Council,
    index: u64,
    begins: u8,
    instructions: Vec<Instruction>,
}

pub struct World<'a> {
    pub ledger: Ledger,
    pub at: &'a Addresses,
    pub now: i64,
    pub slot: u64,
    pub councils: [Multisig; COUNCILS],
    proposals: Vec<Proposal>,
}

impl<'a> World<'a> {
    pub fn new(at: &'a Addresses) -> Self {
        let mut ledger = Ledger::default();
        let wallet = |owner| Account { lamports: PLENTY, owner, ..Account::ABSENT };
        let people = (0..OWNERS).map(|who| at.owner(who)).chain([at.stranger(), at.deployer()]);
        for key in people.chain((0..COUNCILS).map(|council| at.vault(council))) {
            ledger.put(key, wallet(system_program::ID));
        }
        let programs =
            [system_program::ID, spl_token::ID, spl_token_2022::ID, spl_associated_token_account::ID];
        for program in programs {
            ledger.put(program, Account { executable: true, ..wallet(native_loader()) });
        }
        for vote in 0..VOTES {
            let owner = if vote == NO_VOTE_ACCOUNT { system_program::ID } else { VOTE_PROGRAM_ID };
            ledger.put(at.vote(vote), Account { lamports: RENT, owner, ..Account::ABSENT });
        }
        for (lst, kind) in LSTS.iter().enumerate() {
            ledger.put(at.mint(lst), mint_account(kind, WALLET * OWNERS as u64, at.stranger()));
            for who in 0..OWNERS {
                let account = token_account(kind.program(), at.mint(lst), at.owner(who), WALLET);
                ledger.put(at.wallet(who, lst), account);
            }
        }
        for (key, account) in deployed(&at.program_data(), &at.deployer()) {
            ledger.put(key, account);
        }
        let mut world = Self {
            ledger,
            at,
            now: START,
            slot: START_SLOT,
            councils: [COUNCIL_AT_START; COUNCILS],
            proposals: Vec::new(),
        };
        for council in 0..COUNCILS {
            world.write_council(council);
        }
        world
    }

    /// Whose message the last step executed, and how many beginnings were in it.
    pub fn executed(&self, step: &Step) -> Option<(Council, u8)> {
        let proposal = match step {
            Step::Sip { .. } => self.proposals.last(),
            Step::Execute { proposal, .. } => self.proposals.get(*proposal),
            _ => None,
        };
        proposal.map(|proposal| (proposal.council, proposal.begins))
    }

    fn write_council(&mut self, council: Council) {
        self.ledger.put(self.at.multisig(council), squads::account(&self.councils[council]));
    }

    /// @returns the number of the error, as a transaction on chain would give it
    pub fn perform(&mut self, step: &Step) -> Result<(), u64> {
        self.ledger.begin();
        runtime::set_clock(self.now, self.slot);
        let result = self.play(step);
        if result.is_err() {
            self.ledger.roll_back();
        }
        result
    }

    fn play(&mut self, step: &Step) -> Result<(), u64> {
        let at = self.at;
        match *step {
            Step::Initialize { council, floors, realms, astray, by_another } => {
                self.send(&at.initialize(council, floors, realms, astray, by_another))
            }
            Step::Sip { council, ref message, run } => {
                let proposal = self.propose(council, message);
                self.execute(proposal, run)
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
                self.write_council(council);
                Ok(())
            }
            Step::Wait { seconds, slots } => {
                self.now += seconds;
                self.slot += slots;
                Ok(())
            }
            Step::Activate { by, signed, index } => {
                self.send_as(at.activate(by, index), signed, &at.actor(by))
            }
            Step::Close { index } => self.send(&at.close(index)),
            Step::GuardianPause { by, signed } => self.send_as(at.guardian_pause(by), signed, &at.actor(by)),
            Step::Restake { who, lst, index, cap_of, amount, gatekeeper, signed } => {
                let restake = at.restake(who, lst, (index, cap_of), amount, gatekeeper);
                self.send_as(restake, signed, &at.owner(who))
            }
            Step::Unrestake { who, lst, amount, signed } => {
                self.send_as(at.unrestake(who, lst, amount), signed, &at.owner(who))
            }
            Step::Thaw { who, lst } => self.send(&at.thaw(who, lst)),
            Step::Bind { who, lst, delegated, unbonding } => self.bind(who, lst, delegated, unbonding),
            Step::Send { from, to, lst, amount } => self.send_receipts(from, to, lst, amount),
            Step::Donate { who, lst, amount } => {
                let (from, to) = (at.wallet(who, lst), at.pool_vault(lst));
                self.transfer(&LSTS[lst].program(), [from, at.mint(lst), to], who, amount, LSTS[lst].decimals)
            }
            Step::MakeAccount { who, lst } => self.make_account(who, lst),
            Step::FreezeVault { lst } => {
                let vault = at.pool_vault(lst);
                let frozen = with_frozen(self.ledger.get(&vault), true);
                self.ledger.put(vault, frozen);
                Ok(())
            }
            Step::Prefund { place } => {
                let key = at.place(place);
                let old = self.ledger.get(&key);
                let account = Account { lamports: old.lamports + 1, ..old.clone() };
                self.ledger.put(key, account);
                Ok(())
            }
        }
    }

    fn send(&mut self, instruction: &Instruction) -> Result<(), u64> {
        runtime::run(&mut self.ledger, instruction, 1)
    }

    fn send_as(&mut self, mut instruction: Instruction, signed: bool, signer: &Pubkey) -> Result<(), u64> {
        if !signed {
            unsign(&mut instruction, signer);
        }
        self.send(&instruction)
    }

    /// @returns where it is among the proposals
    fn propose(&mut self, council: Council, message: &[Inner]) -> usize {
        self.councils[council].transaction_index += 1;
        self.write_council(council);
        // A proposal that fails when it is executed has been made all the same.
        self.ledger.begin();
        let multisig = &self.councils[council];
        let compiled = Compiled { council, index: multisig.transaction_index, multisig };
        let one = |inner: &Inner| match *inner {
            Inner::Begin(ref begin) => self.at.begin(&compiled, begin),
            Inner::Act { record, ref action } => self.at.act(council, record, action),
            Inner::Accept { number, text, named, other_council } => {
                self.at.accept(&compiled, number, text, named, other_council)
            }
        };
        let instructions = message.iter().map(one).collect();
        let begins = message.iter().filter(|inner| matches!(inner, Inner::Begin(_))).count() as u8;
        self.proposals.push(Proposal { council, index: compiled.index, begins, instructions });
        self.proposals.len() - 1
    }

    fn execute(&mut self, proposal: usize, run: Run) -> Result<(), u64> {
        let Proposal { council, index, ref instructions, .. } = self.proposals[proposal];
        let at = self.at;
        let top_council = if run.top == Top::OtherCouncil { other(council) } else { council };
        let top_index = if run.top == Top::OtherTransaction { index + 1 } else { index };
        let executed = Executed {
            council: &at.multisig(top_council),
            proposal: &at.stranger(),
            transaction: &at.transaction(top_council, top_index),
            member: &at.stranger(),
        };
        self.ledger.put(sysvar::instructions::ID, squads::instructions_sysvar(&executed, run.top));
        let height = if run.through_another { DIRECT + 1 } else { DIRECT };
        for instruction in instructions {
            let mut instruction = instruction.clone();
            if run.unsigned {
                unsign(&mut instruction, &at.vault(council));
            }
            runtime::run(&mut self.ledger, &instruction, height)?;
        }
        Ok(())
    }

    fn bind(&mut self, who: Who, lst: Lst, delegated: u64, unbonding: u64) -> Result<(), u64> {
        let place = Place::Position(lst, who);
        let (pool, owner, bump) = (self.at.pool(lst), self.at.owner(who), self.at.bump(place));
        let position = Position { pool, owner, delegated, unbonding, bump, reserved: [0; 32] };
        let mut data = Vec::new();
        position.try_serialize(&mut data).expect("it has room");
        let account = Account { lamports: RENT, owner: restaking::ID, data, executable: false };
        self.ledger.put(self.at.place(place), account);
        let receipts = self.at.receipts(who, lst);
        let held = self.ledger.get(&receipts);
        if (delegated > 0 || unbonding > 0) && read_token(held).is_some() {
            let frozen = with_frozen(held, true);
            self.ledger.put(receipts, frozen);
        }
        Ok(())
    }

    fn transfer(
        &mut self,
        program: &Pubkey,
        [from, mint, to]: [Pubkey; 3],
        who: Who,
        amount: u64,
        decimals: u8,
    ) -> Result<(), u64> {
        let owner = self.at.owner(who);
        let mut transfer =
            token::transfer_checked(&spl_token::ID, &from, &mint, &to, &owner, &[], amount, decimals)
                .expect("the token program's own");
        transfer.program_id = *program;
        self.send(&transfer)
    }

    fn send_receipts(&mut self, from: Who, to: Who, lst: Lst, amount: u64) -> Result<(), u64> {
        self.make_account(Some(to), lst)?;
        let at = self.at;
        let accounts = [at.receipts(from, lst), at.place(Place::Rst(lst)), at.receipts(to, lst)];
        self.transfer(&spl_token::ID, accounts, from, amount, LSTS[lst].decimals)
    }

    fn make_account(&mut self, who: Option<Who>, lst: Lst) -> Result<(), u64> {
        let at = self.at;
        let (account, owner, mint, program) = match who {
            Some(who) => (at.receipts(who, lst), at.owner(who), at.place(Place::Rst(lst)), spl_token::ID),
            None => (at.pool_vault(lst), at.pool(lst), at.mint(lst), LSTS[lst].program()),
        };
        const CREATE_IDEMPOTENT: u8 = 1;
        let create = Instruction {
            program_id: spl_associated_token_account::ID,
            accounts: vec![
                AccountMeta::new(at.stranger(), true),
                AccountMeta::new(account, false),
                AccountMeta::new_readonly(owner, false),
                AccountMeta::new_readonly(mint, false),
                AccountMeta::new_readonly(system_program::ID, false),
                AccountMeta::new_readonly(program, false),
            ],
            data: vec![CREATE_IDEMPOTENT],
        };
        self.send(&create)
    }
}

fn native_loader() -> Pubkey {
    "NativeLoader1111111111111111111111111111111".parse().expect("a key")
}
