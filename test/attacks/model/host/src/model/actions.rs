//! What a SIP can change, one arm for each council instruction.

use restaking::error::RestakingError as Error;

use super::*;

fn is_symbol(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.chars().all(|c| matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9'))
}

fn is_name(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.chars().all(|c| (' '..='~').contains(&c))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
}

impl Model {
    /// The accounts that an instruction needs to find, in the order in which it lists them.
    fn accounts_there(&self, record: u32, action: &Action) -> Due {
        self.config()?;
        self.need(Place::Record(record))?;
        match *action {
            Action::SetPoolCap { lst, .. }
            | Action::SetPoolStatus { lst, .. }
            | Action::SetReceiptsTransferable { lst, .. } => self.need(Place::Pool(lst)),
            Action::UpdateOperator { vote, .. } | Action::RetireOperator { vote, .. } => {
                self.need(Place::Operator(vote))
            }
            Action::AmendEpoch { index, .. } | Action::CancelEpoch { index } | Action::EndEpoch { index } => {
                self.need(Place::Epoch(index))
            }
            Action::SetEpochCap { index, lst, .. } => {
                self.need(Place::Epoch(index))?;
                self.need(Place::Pool(lst))
            }
            _ => Ok(()),
        }
    }

    /// What it makes is not there yet.
    fn accounts_free(&self, action: &Action) -> Due {
        let taken = match *action {
            Action::WhitelistLst { lst, .. } => self.pools[lst].is_some(),
            Action::WhitelistOperator { vote, .. } => self.operators[vote].is_some(),
            Action::ScheduleEpoch { index, .. } => self.epochs.contains_key(&index),
            _ => false,
        };
        if taken {
            Err(IN_USE)
        } else {
            Ok(())
        }
    }

    fn who_and_what(&self, council: Council, action: &Action) -> Due {
        require(self.config()?.council == council, Error::NotAuthority)?;
        match *action {
            Action::WhitelistOperator { vote, .. } => {
                require(vote != NO_VOTE_ACCOUNT, Error::NotAVoteAccount)
            }
            Action::UpdateOperator { vote, .. } | Action::RetireOperator { vote, .. } => require(
                self.operators[vote].as_ref().is_some_and(|operator| !operator.retired),
                Error::OperatorRetired,
            ),
            _ => Ok(()),
        }
    }

    pub(super) fn act(&mut self, council: Council, sip: u32, action: &Action, run: Run) -> Due {
        self.accounts_there(sip, action)?;
        self.accounts_free(action)?;
        self.who_and_what(council, action)?;
        self.spend(sip, run)?;
        match *action {
            Action::ProposeAuthority { to, realms, astray, floors, expires_at } => {
                self.offer(sip, to, realms, astray, floors, expires_at)
            }
            Action::SetRoles { epoch_admin, guardian, gatekeeper } => {
                let config = self.config_mut();
                (config.epoch_admin, config.guardian, config.gatekeeper) =
                    (epoch_admin, guardian, gatekeeper);
                config.sip = sip;
                Ok(())
            }
            Action::SetGuard { floors, vote } => {
                self.require_reached(council, floors)?;
                let config = self.config_mut();
                (config.floors, config.vote, config.sip) = (floors, vote, sip);
                Ok(())
            }
            Action::Pause => {
                require(self.config()?.pause != Pause::Council, Error::AlreadyPaused)?;
                let config = self.config_mut();
                (config.pause, config.sip) = (Pause::Council, sip);
                Ok(())
            }
            Action::Unpause => {
                require(self.is_paused(), Error::NotPaused)?;
                let config = self.config_mut();
                (config.pause, config.sip) = (Pause::Off, sip);
                Ok(())
            }
            Action::RecordExternal { kind } => {
                require(kind <= 1, Error::ExternalKindUnknown)?;
                self.config_mut().sip = sip;
                Ok(())
            }
            Action::WhitelistLst { lst, symbol, decimals, cap, allow_freeze } => {
                self.whitelist(sip, lst, symbol, decimals, cap, allow_freeze)
            }
            Action::SetPoolCap { lst, symbol, decimals, cap } => {
                let pool = self.labelled(lst, symbol, Some(decimals))?;
                require(pool.status != PoolStatus::Retired, Error::PoolRetired)?;
                require(pool.cap != cap, Error::NothingChanges)?;
                (pool.cap, pool.sip) = (cap, sip);
                Ok(())
            }
            Action::SetPoolStatus { lst, symbol, status } => {
                let pool = self.labelled(lst, symbol, None)?;
                require(pool.status != status, Error::NothingChanges)?;
                (pool.status, pool.sip) = (status, sip);
                Ok(())
            }
            Action::SetReceiptsTransferable { lst, symbol } => {
                let pool = self.labelled(lst, symbol, None)?;
                require(!pool.transferable, Error::ReceiptsAlreadyTransferable)?;
                (pool.transferable, pool.sip) = (true, sip);
                Ok(())
            }
            Action::WhitelistOperator { vote, name, authority } => {
                require(is_name(name), Error::NameInvalid)?;
                let Some(authority) = authority else { return refuse(Error::KeyInvalid) };
                let operator = Operator { name, authority, retired: false, whitelisted_by: sip, sip };
                self.prefunded.remove(&Place::Operator(vote));
                self.operators[vote] = Some(operator);
                Ok(())
            }
            Action::UpdateOperator { vote, name, authority } => {
                require(is_name(name), Error::NameInvalid)?;
                let Some(authority) = authority else { return refuse(Error::KeyInvalid) };
                let operator = self.operators[vote].as_mut().ok_or(ABSENT)?;
                require(operator.name != name || operator.authority != authority, Error::NothingChanges)?;
                (operator.name, operator.authority, operator.sip) = (name, authority, sip);
                Ok(())
            }
            Action::RetireOperator { vote, name } => {
                let operator = self.operators[vote].as_mut().ok_or(ABSENT)?;
                require(operator.name == name, Error::NameInvalid)?;
                (operator.retired, operator.sip) = (true, sip);
                Ok(())
            }
            Action::ScheduleEpoch { index, terms } => self.schedule(sip, index, terms),
            Action::AmendEpoch { index, terms } => self.amend(sip, index, terms),
            Action::SetEpochCap { index, lst, symbol, decimals, cap } => {
                self.set_epoch_cap(sip, index, lst, symbol, decimals, cap)
            }
            Action::CancelEpoch { index } => self.cancel(sip, index),
            Action::EndEpoch { index } => self.end(sip, index),
        }
    }

    fn offer(
        &mut self,
        sip: u32,
        to: Option<Council>,
        realms: bool,
        astray: bool,
        floors: (u16, u32),
        expires_at: i64,
    ) -> Due {
        let text = self.records[&sip].text;
        let offer = match to {
            None => {
                require(self.config()?.offer.is_some(), Error::NoHandoverPending)?;
                None
            }
            Some(to) => {
                require(!realms, Error::VenueUnsupported)?;
                require(!astray, Error::AuthorityNotVault)?;
                require(floors.0 >= 1, Error::FloorInvalid)?;
                require(expires_at > self.now, Error::HandoverExpired)?;
                Some(Offer { to, floors, expires_at, sip, text })
            }
        };
        let config = self.config_mut();
        (config.offer, config.sip) = (offer, sip);
        Ok(())
    }

    fn whitelist(
        &mut self,
        sip: u32,
        lst: Lst,
        symbol: &'static str,
        decimals: u8,
        cap: u64,
        allow_freeze: bool,
    ) -> Due {
        let kind = &LSTS[lst];
        require(is_symbol(symbol), Error::SymbolMismatch)?;
        require(decimals == kind.decimals, Error::DecimalsMismatch)?;
        require(!kind.freeze_authority || allow_freeze, Error::MintHasFreezeAuthority)?;
        let only_describes = kind.extension.is_none_or(|(extension, _)| (18..=23).contains(&extension));
        require(only_describes, Error::MintExtensionRefused)?;
        let tokens = &mut self.tokens[lst];
        require(!tokens.vault_frozen, Error::VaultUnclean)?;
        tokens.vault.get_or_insert(0);
        self.prefunded.remove(&Place::Pool(lst));
        self.pools[lst] = Some(Pool {
            symbol,
            status: PoolStatus::Open,
            transferable: false,
            cap,
            deposited: 0,
            whitelisted_by: sip,
            sip,
        });
        Ok(())
    }

    /// A text names the pool that it changes.
    pub(super) fn labelled(
        &mut self,
        lst: Lst,
        symbol: &str,
        decimals: Option<u8>,
    ) -> Result<&mut Pool, u64> {
        let pool = self.pools[lst].as_mut().ok_or(ABSENT)?;
        require(pool.symbol == symbol, Error::SymbolMismatch)?;
        let agree = decimals.is_none_or(|decimals| decimals == LSTS[lst].decimals);
        require(agree, Error::DecimalsMismatch)?;
        Ok(pool)
    }
}
