//! What the program asks of the council before a SIP, and a hand-over, take effect.

use restaking::error::RestakingError as Error;

use super::*;

impl Model {
    pub(super) fn initialize(
        &mut self,
        council: Council,
        floors: (u16, u32),
        realms: bool,
        astray: bool,
        by_another: bool,
    ) -> Due {
        if self.config.is_some() {
            return Err(IN_USE);
        }
        require(!by_another, Error::NotUpgradeAuthority)?;
        self.require_venue(council, floors, realms, astray)?;
        self.config = Some(Config {
            council,
            floors,
            vote: None,
            epoch_admin: Some(0),
            guardian: Some(1),
            gatekeeper: Some(2),
            offer: None,
            pause: Pause::Off,
            guardian_paused_at: None,
            next_epoch: 0,
            next_activation: 0,
            active: None,
            withdrawals: false,
            sip: 0,
        });
        Ok(())
    }

    /// A Squads multisig, its vault 0, and floors that it reaches.
    fn require_venue(&self, council: Council, floors: (u16, u32), realms: bool, astray: bool) -> Due {
        require(!realms, Error::VenueUnsupported)?;
        require(!astray, Error::AuthorityNotVault)?;
        self.require_reached(council, floors)
    }

    pub(super) fn require_reached(&self, council: Council, (threshold, time_lock): (u16, u32)) -> Due {
        require(threshold >= 1, Error::FloorInvalid)?;
        let has = &self.councils[council];
        require(!has.controlled, Error::CouncilControlled)?;
        require(threshold <= has.threshold && time_lock <= has.time_lock, Error::FloorInvalid)
    }

    pub(super) fn propose(&mut self, council: Council, message: &[Inner]) {
        let of = &mut self.councils[council];
        of.transaction_index += 1;
        let (index, members) = (of.transaction_index, of.members);
        self.proposals.push(Proposal { council, index, members, message: message.to_vec() });
    }

    /// All of a message, or nothing.
    pub(super) fn execute(&mut self, proposal: usize, run: Run) -> Due {
        let proposal = self.proposals[proposal].clone();
        let before = self.clone();
        let result = proposal.message.iter().try_for_each(|inner| self.perform(&proposal, inner, run));
        if result.is_err() {
            *self = before;
        }
        result
    }

    fn perform(&mut self, proposal: &Proposal, inner: &Inner, run: Run) -> Due {
        if run.unsigned {
            return Err(NOT_SIGNED);
        }
        match inner {
            Inner::Begin(begin) => self.begin(proposal, begin, run),
            Inner::Act { record, action } => self.act(proposal.council, *record, action, run),
            Inner::Accept { number, text, named, other_council } => {
                self.accept(proposal, (*number, *text), *named, *other_council, run)
            }
        }
    }

    /// The named transaction is the one that runs, and it was made after the council's last change.
    fn require_running(&self, proposal: &Proposal, named: i8, run: Run) -> Result<u64, u64> {
        let named = i128::from(proposal.index) + i128::from(named);
        let runs = match run.top {
            Top::Execute => i128::from(proposal.index) == named,
            Top::OtherTransaction => i128::from(proposal.index) + 1 == named,
            Top::OtherCouncil | Top::OtherInstruction | Top::OtherProgram => false,
        };
        let fresh = named > i128::from(self.councils[proposal.council].stale_index);
        require(runs && fresh, Error::StaleCouncilTransaction)?;
        Ok(named as u64)
    }

    fn require_floors(&self, council: Council, (threshold, time_lock): (u16, u32)) -> Due {
        let has = &self.councils[council];
        require(has.threshold >= threshold, Error::ThresholdTooLow)?;
        require(has.time_lock >= time_lock, Error::TimeLockTooLow)
    }

    fn begin(&mut self, proposal: &Proposal, begin: &Begin, run: Run) -> Due {
        let config = self.config()?;
        require(config.council == proposal.council, Error::NotAuthority)?;
        require(!begin.other_council, Error::WrongCouncil)?;
        require(!run.through_another, Error::NotCalledDirectly)?;
        require(begin.number >= 2, Error::SipNumberReserved)?;
        require(self.now <= begin.not_after, Error::SipExpired)?;
        require(begin.actions > 0, Error::NothingAnnounced)?;
        let council = &self.councils[proposal.council];
        require(!council.controlled, Error::CouncilControlled)?;
        self.require_floors(proposal.council, config.floors)?;
        let reviewed = council.members == proposal.members + u8::from(begin.other_members);
        require(reviewed, Error::MembersChanged)?;
        let council_tx = self.require_running(proposal, begin.named, run)?;
        let done = match self.records.get(&begin.number) {
            None => 0,
            Some(record) => {
                require(record.text == begin.text && record.parts == begin.parts, Error::SipMismatch)?;
                record.part
            }
        };
        let in_order = u16::from(begin.part) == u16::from(done) + 1 && begin.part <= begin.parts;
        require(in_order, Error::SipPartOutOfOrder)?;
        let record = Record {
            text: begin.text,
            part: begin.part,
            parts: begin.parts,
            slot: self.slot,
            actions: begin.actions,
            council_tx,
            executed_at: self.now,
        };
        self.prefunded.remove(&Place::Record(begin.number));
        self.records.insert(begin.number, record);
        Ok(())
    }

    /// One of the announced instructions is spent; those of another slot are gone.
    pub(super) fn spend(&mut self, number: u32, run: Run) -> Due {
        require(!run.through_another, Error::NotCalledDirectly)?;
        let slot = self.slot;
        let record = self.records.get_mut(&number).ok_or(ABSENT)?;
        require(record.slot == slot && record.actions > 0, Error::NoSipActive)?;
        record.actions -= 1;
        Ok(())
    }

    fn accept(
        &mut self,
        proposal: &Proposal,
        (number, text): (u32, u8),
        named: i8,
        other_council: bool,
        run: Run,
    ) -> Due {
        let config = self.config()?;
        require(!run.through_another, Error::NotCalledDirectly)?;
        let Some(offer) = config.offer else { return refuse(Error::NoHandoverPending) };
        require(offer.to == proposal.council, Error::NotAuthority)?;
        require(offer.sip == number && offer.text == text, Error::HandoverMismatch)?;
        require(self.now <= offer.expires_at, Error::HandoverExpired)?;
        require(!other_council, Error::WrongCouncil)?;
        require(!self.councils[offer.to].controlled, Error::CouncilControlled)?;
        self.require_floors(offer.to, offer.floors)?;
        self.require_running(proposal, named, run)?;
        let config = self.config_mut();
        config.council = offer.to;
        config.floors = offer.floors;
        config.vote = None;
        (config.epoch_admin, config.guardian, config.gatekeeper) = (None, None, None);
        config.offer = None;
        config.sip = number;
        Ok(())
    }
}
