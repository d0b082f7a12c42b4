//! What a SIP changes.

use restaking::state::PoolStatus;

use super::*;

const CAPS: [u64; 7] = [0, 30, 60, 60, 100, 150, u64::MAX];
const NAMES: [&str; 8] =
    ["Alpha", "Beta node", "Alpha", "", " lead", "trail ", "né", "a name of more than thirty-two bytes"];
const SYMBOLS: [&str; 4] = ["", "ThirteenChars", "no way", "LSTé"];

impl Draw<'_> {
    pub(super) fn epoch_cap(&mut self, index: u16) -> Action {
        let lst = self.lst();
        let cap = self.random.pick(&CAPS);
        let (symbol, decimals) = self.label(lst);
        Action::SetEpochCap { index, lst, symbol, decimals, cap }
    }

    /// As a SIP does it: an epoch, and what may come in.
    pub(super) fn actions(&mut self) -> Vec<Action> {
        let first = self.action();
        let mut actions = vec![first];
        if let Action::ScheduleEpoch { index, .. } | Action::AmendEpoch { index, .. } = first {
            actions.push(self.epoch_cap(index));
        }
        actions
    }

    pub(super) fn label(&mut self, lst: Lst) -> (&'static str, u8) {
        let pool = self.model.pools[lst].as_ref();
        let symbol = pool.map_or(LSTS[lst].symbol, |pool| pool.symbol);
        match self.random.below(40) {
            0 => (LSTS[(lst + 1) % LSTS.len()].symbol, LSTS[lst].decimals),
            1 => (symbol, LSTS[lst].decimals + 1),
            _ => (symbol, LSTS[lst].decimals),
        }
    }

    fn floors(&mut self) -> (u16, u32) {
        self.random.pick(&[(2, 300), (2, 300), (1, 0), (3, 600), (4, 600), (3, 601), (0, 0)])
    }

    fn holder(&mut self, usual: Actor) -> Option<Actor> {
        match self.random.below(8) {
            0 => None,
            1..=2 => Some(self.random.below(ACTORS) as Actor),
            _ => Some(usual),
        }
    }

    pub(super) fn whitelist(&mut self) -> Action {
        let absent: Vec<Lst> = (0..LSTS.len()).filter(|lst| self.model.pools[*lst].is_none()).collect();
        let lst = if absent.is_empty() || self.random.one_in(8) {
            self.random.below(LSTS.len())
        } else {
            self.random.pick(&absent)
        };
        let (mut symbol, decimals) = self.label(lst);
        if self.random.one_in(20) {
            symbol = self.random.pick(&SYMBOLS);
        }
        let allow_freeze = !self.random.one_in(4);
        Action::WhitelistLst { lst, symbol, decimals, cap: self.random.pick(&CAPS), allow_freeze }
    }

    pub(super) fn action(&mut self) -> Action {
        let Some(config) = &self.model.config else { return Action::Pause };
        let next = config.next_epoch;
        let nothing_due = config.next_activation == next;
        let pools = self.model.pools.iter().flatten().count();
        // An LST, then an epoch, then what may come in: without them little else can happen.
        if pools < 2 && self.random.one_in(2) {
            return self.whitelist();
        }
        if self.model.is_paused() && self.random.one_in(4) {
            return Action::Unpause;
        }
        let kind = if nothing_due && self.random.one_in(2) { 0 } else { self.random.below(40) };
        let (index, lst, cap) = (self.index(), self.lst(), self.random.pick(&CAPS));
        let (symbol, decimals) = self.label(lst);
        let vote = self.random.pick(&[0, 1, 0, 1, 0, 1, NO_VOTE_ACCOUNT]);
        let (listed, listed_name) = self.operator();
        let name = self.random.pick(&NAMES);
        let operator = self.random.pick(&[Some(0), Some(1), Some(2), None]);
        match kind {
            0..=6 => {
                let index = next + u16::from(self.random.one_in(12));
                Action::ScheduleEpoch { index, terms: self.terms() }
            }
            7..=10 => Action::AmendEpoch { index, terms: self.amended(index) },
            11..=12 => {
                let last = if self.random.one_in(3) { index } else { next.saturating_sub(1) };
                Action::CancelEpoch { index: last }
            }
            13 => Action::EndEpoch { index },
            14..=21 => self.epoch_cap(index),
            22 => Action::SetPoolCap { lst, symbol, decimals, cap },
            23..=24 => {
                let statuses =
                    [PoolStatus::Open, PoolStatus::Open, PoolStatus::DepositsClosed, PoolStatus::Retired];
                Action::SetPoolStatus { lst, symbol, status: self.random.pick(&statuses) }
            }
            25 => Action::SetReceiptsTransferable { lst, symbol },
            26 => Action::Pause,
            27 => Action::Unpause,
            28 => Action::RecordExternal { kind: self.random.pick(&[0, 1, 1, 2]) },
            29..=30 => Action::WhitelistOperator { vote, name, authority: operator },
            31 => Action::UpdateOperator { vote: listed, name, authority: operator },
            32 => Action::RetireOperator {
                vote: listed,
                name: self.random.pick(&[listed_name, listed_name, name]),
            },
            33 => Action::SetGuard { floors: self.floors(), vote: operator },
            34 => self.hand_over(),
            35..=36 => Action::SetRoles {
                epoch_admin: self.holder(0),
                guardian: self.holder(1),
                gatekeeper: self.holder(2),
            },
            _ => self.whitelist(),
        }
    }

    /// One that is whitelisted, mostly, by its name.
    fn operator(&mut self) -> (Vote, &'static str) {
        let vote = self.random.below(VOTES);
        let listed = self.model.operators.iter().enumerate().find(|(_, operator)| operator.is_some());
        match listed {
            Some((vote, Some(operator))) if !self.random.one_in(4) => (vote, operator.name),
            _ => (vote, NAMES[0]),
        }
    }

    fn hand_over(&mut self) -> Action {
        let council = self.model.config.as_ref().map_or(0, |config| config.council);
        let to =
            (!self.random.one_in(6)).then_some(if self.random.one_in(8) { council } else { 1 - council });
        let (realms, astray) = (self.random.one_in(15), self.random.one_in(15));
        let expires_at = self.model.now + self.random.pick(&[0, 1, DAY, 30 * DAY, 30 * DAY]);
        Action::ProposeAuthority { to, realms, astray, floors: self.floors(), expires_at }
    }
}
