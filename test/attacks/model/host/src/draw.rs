//! Steps near what is possible now, by the model: most would be refused at once if they were drawn from everything.

mod actions;
mod council;
mod needed;

use restaking::state::{Access, EpochTerms};

use crate::{
    chain::lsts::LSTS,
    model::{Model, Stage},
    random::Random,
    steps::*,
};

const DAY: i64 = 86_400;

pub struct Draw<'a> {
    pub model: &'a Model,
    pub random: &'a mut Random,
}

pub fn draw(model: &Model, random: &mut Random) -> Step {
    Draw { model, random }.step()
}

impl Draw<'_> {
    fn step(&mut self) -> Step {
        let Some(config) = &self.model.config else { return self.initialize() };
        let (admin, guardian) = (config.epoch_admin, config.guardian);
        if self.random.one_in(3) {
            if let Some(step) = self.needed() {
                return step;
            }
        }
        let index = self.model.config.as_ref().map_or(0, |config| config.next_activation);
        let signed = !self.random.one_in(50);
        match self.random.below(100) {
            0..=30 => self.sip(),
            31..=33 => self.sip_unlike_a_sip(),
            34..=37 => self.proposal(),
            38..=39 => self.change(),
            40..=45 => Step::Wait { seconds: self.seconds(), slots: self.random.pick(&[0, 1, 1, 40]) },
            46..=50 => {
                let index = if self.random.one_in(5) { self.index() } else { index };
                Step::Activate { by: self.mostly(admin), signed, index }
            }
            51..=53 => Step::Close { index: self.index() },
            54 => Step::GuardianPause { by: self.mostly(guardian), signed },
            55..=78 => self.deposit(signed),
            79..=90 => {
                let (who, lst) = self.holder_of_receipts();
                Step::Unrestake { who, lst, amount: self.held(who, lst), signed }
            }
            91..=92 => {
                let (who, lst) = self.holder_of_receipts();
                Step::Thaw { who, lst }
            }
            93..=98 => self.past_the_program(),
            _ => self.initialize(),
        }
    }

    fn initialize(&mut self) -> Step {
        let floors = self.random.pick(&[(2, 300), (2, 300), (1, 0), (3, 600), (4, 600), (3, 601), (0, 0)]);
        let (realms, astray) = (self.random.one_in(9), self.random.one_in(9));
        Step::Initialize { council: 0, floors, realms, astray, by_another: self.random.one_in(6) }
    }

    /// Members, threshold and time lock, or nothing but that there was a change.
    fn change(&mut self) -> Step {
        let council = self.random.below(COUNCILS);
        let has = self.model.councils[council];
        let (mut threshold, mut time_lock, mut members) = (has.threshold, has.time_lock, has.members);
        if self.random.one_in(2) {
            let values = [(3, 600), (3, 600), (1, 600), (2, 299), (2, 300), (4, 900)];
            (threshold, time_lock) = self.random.pick(&values);
            members = self.random.pick(&[0, 0, 1]);
        }
        Step::Change { council, threshold, time_lock, members, controlled: self.random.one_in(10) }
    }

    /// An owner that has receipts, mostly.
    fn holder_of_receipts(&mut self) -> (Who, Lst) {
        let holds = |(who, lst): &(Who, Lst)| {
            self.model.tokens[*lst].receipts[*who].is_some_and(|receipts| receipts.amount > 0)
        };
        let all = (0..LSTS.len()).flat_map(|lst| (0..OWNERS).map(move |who| (who, lst)));
        let holders: Vec<(Who, Lst)> = all.filter(holds).collect();
        if holders.is_empty() || self.random.one_in(12) {
            return (self.who(), self.lst());
        }
        self.random.pick(&holders)
    }

    fn who(&mut self) -> Who {
        self.random.below(OWNERS)
    }

    /// Mostly one that has a pool.
    fn lst(&mut self) -> Lst {
        let pools: Vec<Lst> = (0..LSTS.len()).filter(|lst| self.model.pools[*lst].is_some()).collect();
        if pools.is_empty() || self.random.one_in(12) {
            return self.random.below(LSTS.len());
        }
        self.random.pick(&pools)
    }

    /// Whoever holds the role, and now and then another.
    fn mostly(&mut self, holder: Option<Actor>) -> Actor {
        match holder {
            Some(holder) if !self.random.one_in(8) => holder,
            _ => self.random.below(ACTORS) as Actor,
        }
    }

    fn index(&mut self) -> u16 {
        let Some(config) = &self.model.config else { return 0 };
        let around = [
            config.active.unwrap_or(config.next_activation),
            config.next_activation,
            config.next_epoch.saturating_sub(1),
            self.random.below(usize::from(config.next_epoch) + 2) as u16,
        ];
        self.random.pick(&around)
    }

    fn terms(&mut self) -> EpochTerms {
        let now = self.model.now;
        let opens_at = match self.random.below(12) {
            0 => self.random.pick(&[0, -1, i64::MIN]),
            1..=4 => now + self.random.pick(&[-1, 0, 1]),
            5 => now - DAY,
            _ => now + self.random.below(5) as i64 * (DAY / 4),
        };
        let closes_at = match self.random.below(12) {
            0..=1 => None,
            2 => Some(self.random.pick(&[now, now + 1, opens_at, opens_at.saturating_add(1), i64::MAX])),
            3..=4 => Some(opens_at.saturating_add(30 * DAY)),
            _ => Some(opens_at.saturating_add(self.random.below(12) as i64 * (DAY / 2))),
        };
        let access = if self.random.one_in(4) { Access::InviteOnly } else { Access::Open };
        EpochTerms { opens_at, closes_at, access, withdrawals: self.random.one_in(2) }
    }

    fn amended(&mut self, index: u16) -> EpochTerms {
        let fresh = self.terms();
        match self.model.epochs.get(&index) {
            Some(epoch) if !self.random.one_in(3) => {
                let withdrawals = epoch.terms.withdrawals || fresh.withdrawals;
                EpochTerms { closes_at: fresh.closes_at, withdrawals, ..epoch.terms }
            }
            _ => fresh,
        }
    }

    /// Often all that fits under one of the caps, or one more.
    fn deposit(&mut self, signed: bool) -> Step {
        let Some(config) = &self.model.config else { return self.initialize() };
        let (active, gatekeeper) = (config.active.unwrap_or(0), config.gatekeeper);
        let in_epoch = |lst: &Lst| self.model.caps.contains_key(&(active, *lst));
        let lsts: Vec<Lst> = (0..LSTS.len()).filter(in_epoch).collect();
        let (who, any) = (self.who(), self.lst());
        let lst = if lsts.is_empty() || self.random.one_in(6) { any } else { self.random.pick(&lsts) };
        let index = if self.random.one_in(12) { self.index() } else { active };
        let cap_of = if self.random.one_in(30) { self.index() } else { index };
        let cap = self.model.caps.get(&(index, lst)).map(|cap| cap.cap.saturating_sub(cap.filled));
        let pool = self.model.pools[lst].as_ref().map(|pool| pool.cap.saturating_sub(pool.deposited));
        let rooms: Vec<u64> = [cap, pool, Some(self.model.tokens[lst].wallets[who])]
            .into_iter()
            .flatten()
            .filter(|room| *room < 1_000)
            .collect();
        let amount = match self.random.below(12) {
            0 => self.random.pick(&[0, u64::MAX, u64::MAX - 1, 1 << 63]),
            1..=4 if !rooms.is_empty() => self.random.pick(&rooms) + self.random.below(2) as u64,
            _ => self.random.below(30) as u64,
        };
        let co_signs = (self.mostly(gatekeeper), !self.random.one_in(40));
        let gatekeeper = (!self.random.one_in(3)).then_some(co_signs);
        Step::Restake { who, lst, index, cap_of, amount, gatekeeper, signed }
    }

    /// Some or all of an owner's receipts, or one more.
    fn held(&mut self, who: Who, lst: Lst) -> u64 {
        let tokens = &self.model.tokens[lst];
        let all = tokens.receipts[who].map_or(0, |receipts| receipts.amount);
        let (delegated, unbonding) = tokens.positions[who].unwrap_or_default();
        let free = all.saturating_sub(delegated.saturating_add(unbonding));
        match self.random.below(8) {
            0 => self.random.pick(&[0, u64::MAX]),
            1 => all + self.random.below(2) as u64,
            2..=3 => free + self.random.below(2) as u64,
            _ => self.random.below(30) as u64,
        }
    }

    /// What owners and strangers do without the program.
    fn past_the_program(&mut self) -> Step {
        let (who, lst) = self.holder_of_receipts();
        let tokens = &self.model.tokens[lst];
        let amount = self.random.below(30) as u64;
        match self.random.below(8) {
            0..=1 if tokens.receipts[who].is_some() => {
                let all = tokens.receipts[who].map_or(0, |receipts| receipts.amount);
                let part = self.random.below(all as usize + 1) as u64;
                let (delegated, unbonding) = match self.random.below(8) {
                    0..=2 => (0, 0),
                    3 => (u64::MAX, 1),
                    4 => (0, part),
                    _ => (part, self.random.below((all - part) as usize + 1) as u64),
                };
                Step::Bind { who, lst, delegated, unbonding }
            }
            2..=4 if tokens.receipts[who].is_some_and(|held| !held.frozen || self.random.one_in(8)) => {
                let to = (who + 1 + self.random.below(OWNERS - 1)) % OWNERS;
                Step::Send { from: who, to, lst, amount }
            }
            5 if tokens.vault.is_some() => Step::Donate { who, lst, amount },
            6 if self.model.pools[lst].is_some() => Step::MakeAccount { who: Some(who), lst },
            _ => self.in_the_way(),
        }
    }

    /// What a stranger can do where an account will be made.
    fn in_the_way(&mut self) -> Step {
        let lst = self.random.below(LSTS.len());
        let tokens = &self.model.tokens[lst];
        let not_yet = self.model.pools[lst].is_none();
        if not_yet && self.random.one_in(3) {
            // Once frozen it stays so, and the LST can never be whitelisted: seldom.
            if tokens.vault.is_some() && LSTS[lst].freeze_authority && self.random.one_in(6) {
                return Step::FreezeVault { lst };
            }
            let lst = if LSTS[lst].is_plain() { lst } else { 0 };
            return Step::MakeAccount { who: None, lst };
        }
        let index = self.index();
        let number = self.next_number();
        let who = self.who();
        let places = [
            Place::Record(number),
            Place::Epoch(index + 1),
            Place::Epoch(index),
            Place::EpochCap(index, lst),
            Place::Pool(lst),
            Place::Rst(lst),
            Place::Operator(self.random.below(VOTES)),
            Place::Position(lst, who),
        ];
        Step::Prefund { place: self.random.pick(&places) }
    }

    /// Often to the very second at which something begins or ends, or one beside it.
    fn seconds(&mut self) -> i64 {
        let Some(config) = &self.model.config else { return 1 };
        let mut moments: Vec<i64> = config.offer.iter().map(|offer| offer.expires_at).collect();
        if let Some(paused_at) = config.guardian_paused_at {
            moments.extend([paused_at + 7 * DAY, paused_at + 14 * DAY]);
        }
        for epoch in self.model.epochs.values().filter(|epoch| epoch.stage != Stage::Closed) {
            moments.push(epoch.terms.opens_at);
            moments.extend(epoch.terms.closes_at);
        }
        let beside = self.random.pick(&[-1, 0, 0, 1]);
        let seconds = |moment: i64| moment.saturating_sub(self.model.now).saturating_add(beside);
        let ahead: Vec<i64> =
            moments.into_iter().map(seconds).filter(|seconds| (1..400 * DAY).contains(seconds)).collect();
        if ahead.is_empty() || self.random.one_in(3) {
            return self.random.pick(&[1, 3_600, DAY / 4, DAY]);
        }
        self.random.pick(&ahead)
    }
}
