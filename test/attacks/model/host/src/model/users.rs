//! Deposits and withdrawals, receipts and what is done with them past the program.

use restaking::{error::RestakingError as Error, state::Access};

use super::*;

/// A sum that has to fit a counter, and then a cap.
fn add_within(counter: u64, amount: u64, cap: u64, error: Error) -> Result<u64, u64> {
    let sum = u128::from(counter) + u128::from(amount);
    require(sum <= u128::from(u64::MAX), Error::Overflow)?;
    require(sum <= u128::from(cap), error)?;
    Ok(sum as u64)
}

impl Model {
    pub(super) fn restake(&mut self, step: &Step) -> Due {
        let Step::Restake { who, lst, index, cap_of, amount, gatekeeper, signed } = *step else {
            return Ok(());
        };
        if !signed {
            return Err(NOT_SIGNED);
        }
        let config = self.config()?;
        for place in [Place::Pool(lst), Place::Epoch(index), Place::EpochCap(cap_of, lst)] {
            self.need(place)?;
        }
        let pool = self.pools[lst].as_ref().ok_or(ABSENT)?;
        let (epoch, cap) = (&self.epochs[&index], &self.caps[&(cap_of, lst)]);
        if gatekeeper.is_some_and(|(_, signed)| !signed) {
            return Err(NOT_SIGNED);
        }
        if index != cap_of {
            return Err(WRONG_ADDRESS);
        }
        require(amount > 0, Error::AmountZero)?;
        require(!self.is_paused(), Error::Paused)?;
        require(config.active == Some(index), Error::NoActiveEpoch)?;
        require(!super::epochs::has_passed(&epoch.terms, self.now), Error::EpochWindowPassed)?;
        require(cap.scheduled_by == epoch.scheduled_by, Error::PoolNotInEpoch)?;
        let co_signed = gatekeeper.is_some_and(|(actor, _)| config.gatekeeper == Some(actor));
        require(epoch.terms.access == Access::Open || co_signed, Error::GatekeeperMissing)?;
        require(pool.status == PoolStatus::Open, Error::PoolClosed)?;
        let transferable = pool.transferable;
        let deposited = add_within(pool.deposited, amount, pool.cap, Error::PoolCapExceeded)?;
        let filled = add_within(cap.filled, amount, cap.cap, Error::EpochCapExceeded)?;
        let tokens = &mut self.tokens[lst];
        if tokens.wallets[who] < amount {
            return Err(INSUFFICIENT);
        }
        tokens.wallets[who] -= amount;
        *tokens.vault.as_mut().ok_or(ABSENT)? += amount;
        let receipts = tokens.receipts[who].get_or_insert_default();
        receipts.amount += amount;
        receipts.frozen |= !transferable;
        if let Some(pool) = &mut self.pools[lst] {
            pool.deposited = deposited;
        }
        if let Some(cap) = self.caps.get_mut(&(index, lst)) {
            cap.filled = filled;
        }
        Ok(())
    }

    pub(super) fn unrestake(&mut self, who: Who, lst: Lst, amount: u64, signed: bool) -> Due {
        if !signed {
            return Err(NOT_SIGNED);
        }
        let withdrawals = self.config()?.withdrawals;
        self.need(Place::Pool(lst))?;
        let pool = self.pools[lst].as_mut().ok_or(ABSENT)?;
        let tokens = &mut self.tokens[lst];
        let receipts = tokens.receipts[who].as_mut().ok_or(ABSENT)?;
        require(amount > 0, Error::AmountZero)?;
        require(withdrawals || pool.status == PoolStatus::Retired, Error::WithdrawalsClosed)?;
        let bound = bound(tokens.positions[who])?;
        require(receipts.amount.saturating_sub(amount) >= bound, Error::PositionLocked)?;
        if receipts.amount < amount {
            return Err(INSUFFICIENT);
        }
        receipts.amount -= amount;
        receipts.frozen = bound > 0 || !pool.transferable;
        pool.deposited -= amount;
        *tokens.vault.as_mut().ok_or(ABSENT)? -= amount;
        tokens.wallets[who] += amount;
        Ok(())
    }

    pub(super) fn thaw(&mut self, who: Who, lst: Lst) -> Due {
        self.need(Place::Pool(lst))?;
        let pool = self.pools[lst].as_ref().ok_or(ABSENT)?;
        let tokens = &mut self.tokens[lst];
        let receipts = tokens.receipts[who].as_mut().ok_or(ABSENT)?;
        require(pool.transferable, Error::ReceiptsNotTransferable)?;
        require(bound(tokens.positions[who])? == 0, Error::PositionLocked)?;
        receipts.frozen = false;
        Ok(())
    }

    pub(super) fn bind(&mut self, who: Who, lst: Lst, totals: (u64, u64)) {
        let tokens = &mut self.tokens[lst];
        tokens.positions[who] = Some(totals);
        if let (Some(receipts), true) = (&mut tokens.receipts[who], totals != (0, 0)) {
            receipts.frozen = true;
        }
    }

    pub(super) fn send(&mut self, from: Who, to: Who, lst: Lst, amount: u64) -> Due {
        let receipts = &mut self.tokens[lst].receipts;
        // The account that it goes to is made in the same transaction.
        let target = receipts[to].unwrap_or_default();
        let source = receipts[from].ok_or(ABSENT)?;
        if source.frozen || target.frozen {
            return Err(FROZEN);
        }
        if source.amount < amount {
            return Err(INSUFFICIENT);
        }
        receipts[from] = Some(Receipts { amount: source.amount - amount, ..source });
        receipts[to] = Some(Receipts { amount: target.amount + amount, ..target });
        Ok(())
    }

    pub(super) fn donate(&mut self, who: Who, lst: Lst, amount: u64) -> Due {
        let tokens = &mut self.tokens[lst];
        let vault = tokens.vault.as_mut().ok_or(ABSENT)?;
        if tokens.vault_frozen {
            return Err(FROZEN);
        }
        if tokens.wallets[who] < amount {
            return Err(INSUFFICIENT);
        }
        tokens.wallets[who] -= amount;
        *vault += amount;
        Ok(())
    }

    pub(super) fn make_account(&mut self, who: Option<Who>, lst: Lst) {
        let tokens = &mut self.tokens[lst];
        match who {
            Some(who) => {
                tokens.receipts[who].get_or_insert_default();
            }
            None => {
                tokens.vault.get_or_insert(0);
            }
        }
    }
}

/// Delegated and unbonding; not there is nothing.
fn bound(position: Option<(u64, u64)>) -> Result<u64, u64> {
    let (delegated, unbonding) = position.unwrap_or_default();
    let sum = u128::from(delegated) + u128::from(unbonding);
    require(sum <= u128::from(u64::MAX), Error::Overflow)?;
    Ok(sum as u64)
}
