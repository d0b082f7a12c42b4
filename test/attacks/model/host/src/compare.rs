//! Every account of the world against what the model says should stand there, to the last reserved byte.

use std::fmt::Debug;

use anchor_lang::{prelude::Pubkey, AccountDeserialize, AccountSerialize, Discriminator};
use restaking::state as program;

use crate::{
    chain::{
        calls::floors,
        lsts::{read_supply, read_token},
        world::World,
    },
    digest_of,
    model::{Model, Pause, Stage},
    steps::*,
};

/// What is otherwise, in words.
pub fn difference(world: &World, model: &Model) -> Option<String> {
    Comparison { world, model, ours: 0 }.run().err()
}

struct Comparison<'a, 'w> {
    world: &'a World<'w>,
    model: &'a Model,
    /// Accounts of the program that the model knows of.
    ours: usize,
}

type Compared = Result<(), String>;

impl Comparison<'_, '_> {
    fn run(&mut self) -> Compared {
        let clock = (self.world.now, self.world.slot, self.world.councils);
        equal("clock and councils", clock, (self.model.now, self.model.slot, self.model.councils))?;
        self.config()?;
        self.records()?;
        self.epochs()?;
        self.pools()?;
        self.operators()?;
        equal("accounts of the program", self.world.ledger.owned_by(&restaking::ID).count(), self.ours)
    }

    fn account<T>(&mut self, what: &str, key: Pubkey, space: usize, due: T) -> Compared
    where
        T: AccountSerialize + AccountDeserialize + Discriminator + Debug,
    {
        self.ours += 1;
        let account = self.world.ledger.get(&key);
        let mut bytes = Vec::with_capacity(space);
        due.try_serialize(&mut bytes).map_err(|error| error.to_string())?;
        // Behind a text or an option that became shorter the old bytes stay.
        let same = account.data.get(..bytes.len()) == Some(&bytes[..]) && account.data.len() == space;
        if same && account.owner == restaking::ID {
            return Ok(());
        }
        let found = T::try_deserialize(&mut &account.data[..]);
        let found =
            found.map_or_else(|_| format!("no such account ({account:?})"), |found| format!("{found:?}"));
        Err(format!("{what} is {found}, not {due:?}"))
    }

    fn config(&mut self) -> Compared {
        let Some(config) = &self.model.config else { return Ok(()) };
        let at = self.world.at;
        let offer = config.offer.map_or(program::PendingAuthority::NONE, |offer| program::PendingAuthority {
            authority: at.vault(offer.to),
            venue: program::Venue::Squads,
            venue_account: at.multisig(offer.to),
            floors: floors(offer.floors),
            expires_at: offer.expires_at,
            sip: offer.sip,
            digest: digest_of(offer.sip, offer.text),
        });
        let due = program::Config {
            bump: at.config_bump(),
            authority: at.vault(config.council),
            epoch_admin: at.holder(config.epoch_admin),
            guardian: at.holder(config.guardian),
            gatekeeper: at.holder(config.gatekeeper),
            guard: program::Guard {
                venue: program::Venue::Squads,
                venue_account: at.multisig(config.council),
                floors: floors(config.floors),
                vote_governance: at.holder(config.vote),
            },
            pending: offer,
            pause: match config.pause {
                Pause::Off => program::PauseState::Off,
                Pause::Guardian => program::PauseState::Guardian,
                Pause::Council => program::PauseState::Council,
            },
            guardian_paused_at: config.guardian_paused_at.unwrap_or(0),
            next_epoch: config.next_epoch,
            next_activation: config.next_activation,
            active_epoch: config.active,
            withdrawals_open: config.withdrawals,
            sip: config.sip,
            reserved: [0; 128],
        };
        self.account("the configuration", at.config(), 472, due)
    }

    fn records(&mut self) -> Compared {
        for (&number, record) in &self.model.records {
            let place = Place::Record(number);
            let due = program::SipRecord {
                number,
                digest: digest_of(number, record.text),
                part: record.part,
                parts: record.parts,
                slot: record.slot,
                actions: record.actions,
                council_tx: record.council_tx,
                executed_at: record.executed_at,
                bump: self.world.at.bump(place),
            };
            self.account(&format!("the record of SIP-{number}"), self.world.at.place(place), 72, due)?;
        }
        Ok(())
    }

    fn epochs(&mut self) -> Compared {
        let at = self.world.at;
        for (&index, epoch) in &self.model.epochs {
            let place = Place::Epoch(index);
            let due = program::Epoch {
                index,
                terms: epoch.terms,
                status: match epoch.stage {
                    Stage::Scheduled => program::EpochStatus::Scheduled,
                    Stage::Active => program::EpochStatus::Active,
                    Stage::Closed => program::EpochStatus::Closed,
                },
                activated_at: epoch.activated.map_or(0, |(moment, _)| moment),
                activated_by: at.holder(epoch.activated.map(|(_, by)| by)),
                closed_at: epoch.closed_at.unwrap_or(0),
                scheduled_by: epoch.scheduled_by,
                sip: epoch.sip,
                bump: at.bump(place),
                reserved: [0; 32],
            };
            self.account(&format!("epoch {index}"), at.place(place), 119, due)?;
        }
        for (&(index, lst), cap) in &self.model.caps {
            let place = Place::EpochCap(index, lst);
            let due = program::EpochCap {
                index,
                pool: at.pool(lst),
                cap: cap.cap,
                filled: cap.filled,
                scheduled_by: cap.scheduled_by,
                sip: cap.sip,
                bump: at.bump(place),
            };
            self.account(&format!("the cap of epoch {index} and pool {lst}"), at.place(place), 67, due)?;
        }
        Ok(())
    }

    fn pools(&mut self) -> Compared {
        let (at, model) = (self.world.at, self.model);
        for (lst, (pool, tokens)) in model.pools.iter().zip(&model.tokens).enumerate() {
            let read = |key: Pubkey| read_token(self.world.ledger.get(&key));
            let found = read(at.pool_vault(lst)).map(|vault| (vault.amount, vault.is_frozen()));
            equal(
                &format!("vault of {lst}"),
                found,
                tokens.vault.map(|amount| (amount, tokens.vault_frozen)),
            )?;
            let wallets = |who| read(at.wallet(who, lst)).map_or(0, |wallet| wallet.amount);
            equal(&format!("wallets of {lst}"), std::array::from_fn(wallets), tokens.wallets)?;
            let Some(pool) = pool else { continue };
            for (who, due) in tokens.receipts.iter().enumerate() {
                let found = read(at.receipts(who, lst)).map(|account| (account.amount, account.is_frozen()));
                let due = due.map(|receipts| (receipts.amount, receipts.frozen));
                equal(&format!("receipts of {who} in {lst}"), found, due)?;
            }
            let supply = read_supply(self.world.ledger.get(&at.place(Place::Rst(lst))));
            equal(&format!("receipts of {lst} in all"), supply, Some(pool.deposited))?;
            let due = program::RestakingPool {
                lst_mint: at.mint(lst),
                rst_mint: at.place(Place::Rst(lst)),
                bump: at.bump(Place::Pool(lst)),
                decimals: crate::chain::lsts::LSTS[lst].decimals,
                symbol: pool.symbol.into(),
                status: pool.status,
                receipts_transferable: pool.transferable,
                cap: pool.cap,
                deposited: pool.deposited,
                whitelisted_by: pool.whitelisted_by,
                sip: pool.sip,
                reserved: [0; 64],
            };
            self.account(&format!("pool {lst}"), at.pool(lst), 180, due)?;
            self.ours += tokens.positions.iter().flatten().count();
        }
        Ok(())
    }

    fn operators(&mut self) -> Compared {
        let at = self.world.at;
        for (vote, operator) in self.model.operators.iter().enumerate() {
            let Some(operator) = operator else { continue };
            let place = Place::Operator(vote);
            let due = program::Operator {
                vote_account: at.vote(vote),
                authority: at.actor(operator.authority),
                name: operator.name.into(),
                status: if operator.retired {
                    program::OperatorStatus::Retired
                } else {
                    program::OperatorStatus::Active
                },
                whitelisted_by: operator.whitelisted_by,
                sip: operator.sip,
                bump: at.bump(place),
                reserved: [0; 64],
            };
            self.account(&format!("operator {vote}"), at.place(place), 182, due)?;
        }
        Ok(())
    }
}

fn equal<T: PartialEq + Debug>(what: &str, found: T, due: T) -> Compared {
    if found == due {
        Ok(())
    } else {
        Err(format!("{what}: {found:?}, not {due:?}"))
    }
}
