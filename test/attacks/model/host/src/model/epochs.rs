//! Epochs: scheduled by SIP in order, activated once inside their window, one at a time, closed for good.

use restaking::error::RestakingError as Error;

use super::*;

fn is_window(terms: &EpochTerms, now: i64) -> bool {
    terms.opens_at > 0
        && terms.closes_at.is_none_or(|closes_at| closes_at > terms.opens_at && closes_at > now)
}

pub(super) fn has_passed(terms: &EpochTerms, now: i64) -> bool {
    terms.closes_at.is_some_and(|closes_at| closes_at <= now)
}

impl Model {
    pub(super) fn schedule(&mut self, sip: u32, index: u16, terms: EpochTerms) -> Due {
        require(index == self.config()?.next_epoch, Error::EpochOutOfOrder)?;
        require(is_window(&terms, self.now), Error::EpochWindowInvalid)?;
        let stage = Stage::Scheduled;
        let epoch = Epoch { terms, stage, activated: None, closed_at: None, scheduled_by: sip, sip };
        self.prefunded.remove(&Place::Epoch(index));
        self.epochs.insert(index, epoch);
        let config = self.config_mut();
        (config.next_epoch, config.sip) = (index + 1, sip);
        Ok(())
    }

    pub(super) fn amend(&mut self, sip: u32, index: u16, terms: EpochTerms) -> Due {
        let now = self.now;
        require(is_window(&terms, now), Error::EpochWindowInvalid)?;
        let epoch = self.epochs.get_mut(&index).ok_or(ABSENT)?;
        let old = epoch.terms;
        let may = match epoch.stage {
            Stage::Scheduled => true,
            Stage::Closed => false,
            // Of an active one: when it ends, while it has not ended, and withdrawals from off to on.
            Stage::Active => {
                !has_passed(&old, now)
                    && terms.opens_at == old.opens_at
                    && terms.access == old.access
                    && (terms.withdrawals || !old.withdrawals)
            }
        };
        require(may, Error::EpochStateInvalid)?;
        (epoch.terms, epoch.sip) = (terms, sip);
        if epoch.stage == Stage::Active {
            let config = self.config_mut();
            (config.withdrawals, config.sip) = (terms.withdrawals, sip);
        }
        Ok(())
    }

    pub(super) fn set_epoch_cap(
        &mut self,
        sip: u32,
        index: u16,
        lst: Lst,
        symbol: &str,
        decimals: u8,
        cap: u64,
    ) -> Due {
        let epoch = self.epochs.get(&index).ok_or(ABSENT)?;
        let scheduled_by = epoch.scheduled_by;
        require(epoch.stage != Stage::Closed, Error::EpochStateInvalid)?;
        let pool = self.labelled(lst, symbol, Some(decimals))?;
        require(pool.status != PoolStatus::Retired, Error::PoolRetired)?;
        // One that a cancelled schedule left behind counts as absent.
        let old = self.caps.get(&(index, lst)).filter(|old| old.scheduled_by == scheduled_by);
        let filled = old.map_or(0, |old| old.filled);
        self.prefunded.remove(&Place::EpochCap(index, lst));
        self.caps.insert((index, lst), Cap { cap, filled, scheduled_by, sip });
        Ok(())
    }

    pub(super) fn cancel(&mut self, sip: u32, index: u16) -> Due {
        let epoch = self.epochs.get(&index).ok_or(ABSENT)?;
        require(epoch.stage == Stage::Scheduled, Error::EpochStateInvalid)?;
        require(i32::from(index) == i32::from(self.config()?.next_epoch) - 1, Error::EpochNotLast)?;
        self.epochs.remove(&index);
        let config = self.config_mut();
        (config.next_epoch, config.sip) = (index, sip);
        Ok(())
    }

    pub(super) fn end(&mut self, sip: u32, index: u16) -> Due {
        let now = self.now;
        let epoch = self.epochs.get_mut(&index).ok_or(ABSENT)?;
        require(epoch.stage == Stage::Active, Error::EpochStateInvalid)?;
        (epoch.stage, epoch.closed_at, epoch.sip) = (Stage::Closed, Some(now), sip);
        let config = self.config_mut();
        (config.active, config.sip) = (None, sip);
        Ok(())
    }

    pub(super) fn activate(&mut self, by: Actor, signed: bool, index: u16) -> Due {
        if !signed {
            return Err(NOT_SIGNED);
        }
        let config = self.config()?;
        self.need(Place::Epoch(index))?;
        let epoch = &self.epochs[&index];
        require(config.epoch_admin == Some(by), Error::NotEpochAdmin)?;
        if index != config.next_activation {
            return Err(WRONG_ADDRESS);
        }
        require(!self.is_paused(), Error::Paused)?;
        require(config.active.is_none(), Error::AnotherEpochActive)?;
        require(self.now >= epoch.terms.opens_at, Error::EpochNotOpen)?;
        require(!has_passed(&epoch.terms, self.now), Error::EpochWindowPassed)?;
        let withdrawals = epoch.terms.withdrawals;
        let now = self.now;
        let epoch = self.epochs.get_mut(&index).ok_or(ABSENT)?;
        (epoch.stage, epoch.activated) = (Stage::Active, Some((now, by)));
        let config = self.config_mut();
        config.withdrawals = withdrawals;
        config.active = Some(index);
        config.next_activation = index + 1;
        Ok(())
    }

    pub(super) fn close(&mut self, index: u16) -> Due {
        self.config()?;
        self.need(Place::Epoch(index))?;
        let now = self.now;
        let epoch = self.epochs.get_mut(&index).ok_or(ABSENT)?;
        require(has_passed(&epoch.terms, now), Error::EpochStillOpen)?;
        require(epoch.stage == Stage::Active, Error::EpochStateInvalid)?;
        (epoch.stage, epoch.closed_at) = (Stage::Closed, Some(now));
        self.config_mut().active = None;
        Ok(())
    }
}
