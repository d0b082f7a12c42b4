//! What has to happen next that deposits can come in: without it most steps meet a closed door.

use super::*;
use crate::model::{Offer, Pause};

impl Draw<'_> {
    fn sip_of(&mut self, actions: &[Action]) -> Step {
        let council = self.model.config.as_ref().map_or(0, |config| config.council);
        Step::Sip { council, message: self.message_of(actions), run: AS_APPROVED }
    }

    pub(super) fn needed(&mut self) -> Option<Step> {
        self.of_the_council().or_else(|| self.of_an_epoch())
    }

    /// The council can decide, nothing is left over, nothing is offered or paused, and there are pools.
    fn of_the_council(&mut self) -> Option<Step> {
        let config = self.model.config.as_ref()?;
        let council = config.council;
        let has = self.model.councils[council];
        if has.controlled || has.threshold < config.floors.0 || has.time_lock < config.floors.1 {
            let (threshold, time_lock) = (config.floors.0.max(3), config.floors.1.max(600));
            return Some(Step::Change {
                council,
                threshold,
                time_lock,
                members: has.members,
                controlled: false,
            });
        }
        let now = self.model.now;
        let last = self.model.records.iter().next_back();
        if let Some((&record, _)) = last.filter(|(_, last)| last.actions > 0 && last.slot != self.model.slot)
        {
            if self.random.one_in(6) {
                let message = vec![Inner::Act { record, action: self.action() }];
                return Some(Step::Sip { council, message, run: AS_APPROVED });
            }
        }
        if let Some(offer) = config.offer.filter(|offer| now <= offer.expires_at.saturating_add(1)) {
            if self.random.one_in(2) {
                return Some(self.taken(offer));
            }
        }
        if self.model.is_paused() {
            if let (Pause::Guardian, Some(paused_at)) = (config.pause, config.guardian_paused_at) {
                if self.random.one_in(2) {
                    return Some(Step::Wait { seconds: paused_at + 7 * DAY - now, slots: 1 });
                }
            }
            return Some(self.sip_of(&[Action::Unpause]));
        }
        if self.model.pools.iter().flatten().count() < 2 {
            let first = self.whitelist();
            return Some(self.sip_of(&[first]));
        }
        None
    }

    /// An epoch is scheduled, activated, has caps and takes deposits, and is closed in the end.
    fn of_an_epoch(&mut self) -> Option<Step> {
        let config = self.model.config.as_ref()?;
        let now = self.model.now;
        let index = config.active.unwrap_or(config.next_activation);
        let Some(epoch) = self.model.epochs.get(&index) else {
            let terms = self.terms();
            let epoch = Action::ScheduleEpoch { index, terms };
            let cap = self.epoch_cap(index);
            return Some(self.sip_of(&[epoch, cap]));
        };
        let passed = epoch.terms.closes_at.is_some_and(|closes_at| closes_at <= now);
        match (config.active, config.epoch_admin) {
            (Some(_), _) if passed => Some(Step::Close { index }),
            (Some(_), _) => {
                let with_cap = (0..LSTS.len()).any(|lst| self.model.caps.contains_key(&(index, lst)));
                if with_cap && !self.random.one_in(4) {
                    return Some(self.deposit(true));
                }
                let cap = self.epoch_cap(index);
                Some(self.sip_of(&[cap]))
            }
            (None, _) if passed => {
                let terms = self.terms();
                Some(self.sip_of(&[Action::AmendEpoch { index, terms }]))
            }
            (None, Some(by)) => {
                let opens_in = epoch.terms.opens_at.saturating_sub(now);
                let closes_in = epoch.terms.closes_at.map_or(0, |closes_at| closes_at.saturating_sub(now));
                let seconds = if self.random.one_in(5) { closes_in } else { opens_in };
                if (1..60 * DAY).contains(&seconds) {
                    return Some(Step::Wait { seconds, slots: 1 });
                }
                Some(Step::Activate { by, signed: true, index })
            }
            (None, None) => {
                let roles = Action::SetRoles { epoch_admin: Some(0), guardian: Some(1), gatekeeper: Some(2) };
                Some(self.sip_of(&[roles]))
            }
        }
    }

    /// The council to which the authority is offered meets the floors, and takes it.
    fn taken(&mut self, offer: Offer) -> Step {
        let (council, (threshold, time_lock)) = (offer.to, offer.floors);
        let has = self.model.councils[council];
        if has.controlled || has.threshold < threshold || has.time_lock < time_lock {
            let (threshold, time_lock) = (threshold.max(3), time_lock.max(600));
            return Step::Change { council, threshold, time_lock, members: has.members, controlled: false };
        }
        let seconds = offer.expires_at - self.model.now;
        if seconds > 0 && self.random.one_in(3) {
            return Step::Wait { seconds: seconds + self.random.below(2) as i64, slots: 1 };
        }
        let accept = Inner::Accept { number: offer.sip, text: offer.text, named: 0, other_council: false };
        Step::Sip { council, message: vec![accept], run: AS_APPROVED }
    }
}
