//! Steps of admin, guardian and owners as instructions of the program.

use anchor_lang::solana_program::{instruction::Instruction, system_program};
use restaking::{accounts as of, instruction as call};

use super::{
    addresses::Addresses,
    calls::{instruction, unsign},
    lsts::LSTS,
};
use crate::steps::{Actor, Lst, Place, Who};

impl Addresses {
    pub fn activate(&self, by: Actor, index: u16) -> Instruction {
        let accounts = of::ActivateEpoch {
            epoch_admin: self.actor(by),
            config: self.config(),
            epoch: self.place(Place::Epoch(index)),
        };
        instruction(accounts, call::ActivateEpoch {})
    }

    pub fn close(&self, index: u16) -> Instruction {
        let accounts = of::CloseEpoch { config: self.config(), epoch: self.place(Place::Epoch(index)) };
        instruction(accounts, call::CloseEpoch {})
    }

    pub fn guardian_pause(&self, by: Actor) -> Instruction {
        let accounts = of::GuardianPause { guardian: self.actor(by), config: self.config() };
        instruction(accounts, call::GuardianPause {})
    }

    pub fn restake(
        &self,
        who: Who,
        lst: Lst,
        (index, cap_of): (u16, u16),
        amount: u64,
        gatekeeper: Option<(Actor, bool)>,
    ) -> Instruction {
        let accounts = of::Restake {
            owner: self.owner(who),
            config: self.config(),
            pool: self.pool(lst),
            epoch: self.place(Place::Epoch(index)),
            epoch_cap: self.place(Place::EpochCap(cap_of, lst)),
            gatekeeper: gatekeeper.map(|(actor, _)| self.actor(actor)),
            lst_mint: self.mint(lst),
            lst_account: self.wallet(who, lst),
            lst_vault: self.pool_vault(lst),
            rst_mint: self.place(Place::Rst(lst)),
            rst_account: self.receipts(who, lst),
            lst_token_program: LSTS[lst].program(),
            token_program: spl_token::ID,
            associated_token_program: spl_associated_token_account::ID,
            system_program: system_program::ID,
        };
        let mut restake = instruction(accounts, call::Restake { amount });
        if let Some((actor, false)) = gatekeeper {
            unsign(&mut restake, &self.actor(actor));
        }
        restake
    }

    pub fn unrestake(&self, who: Who, lst: Lst, amount: u64) -> Instruction {
        let accounts = of::Unrestake {
            owner: self.owner(who),
            config: self.config(),
            pool: self.pool(lst),
            position: self.place(Place::Position(lst, who)),
            lst_mint: self.mint(lst),
            lst_account: self.wallet(who, lst),
            lst_vault: self.pool_vault(lst),
            rst_mint: self.place(Place::Rst(lst)),
            rst_account: self.receipts(who, lst),
            lst_token_program: LSTS[lst].program(),
            token_program: spl_token::ID,
        };
        instruction(accounts, call::Unrestake { amount })
    }

    pub fn thaw(&self, who: Who, lst: Lst) -> Instruction {
        let accounts = of::ThawReceipts {
            pool: self.pool(lst),
            rst_mint: self.place(Place::Rst(lst)),
            rst_account: self.receipts(who, lst),
            position: self.place(Place::Position(lst, who)),
            token_program: spl_token::ID,
        };
        instruction(accounts, call::ThawReceipts {})
    }
}
