//! What a council decides: SIPs as they should be, and messages that are otherwise in one way or another.

use super::*;

impl Draw<'_> {
    pub(super) fn next_number(&self) -> u32 {
        self.model.records.keys().next_back().map_or(2, |last| last + 1)
    }

    fn deciding(&mut self) -> Council {
        let council = self.model.config.as_ref().map_or(0, |config| config.council);
        if self.random.one_in(25) {
            1 - council
        } else {
            council
        }
    }

    /// The next part of a SIP that has begun, or the first of a new one.
    fn begin(&mut self, actions: usize) -> Begin {
        let begun = self.model.records.iter().next_back().filter(|(_, record)| record.part < record.parts);
        let (number, text, part, parts) = match begun {
            Some((number, record)) if !self.random.one_in(4) => {
                (*number, record.text, record.part + 1, record.parts)
            }
            _ => (self.next_number(), 0, 1, self.random.pick(&[1, 1, 1, 2, 3])),
        };
        let actions = actions as u8;
        let not_after = self.model.now + self.random.pick(&[0, 1, 30 * DAY, 90 * DAY]);
        let begin = Begin {
            ..Begin {
                number,
                text,
                part,
                parts,
                actions,
                not_after,
                other_members: false,
                named: 0,
                other_council: false,
            }
        };
        if !self.random.one_in(10) {
            return begin;
        }
        match self.random.below(11) {
            0 => Begin { number: self.random.pick(&[0, 1, 2, number.saturating_sub(1)]), ..begin },
            1 => Begin { text: 1, ..begin },
            2 => Begin { part: self.random.pick(&[0, part.saturating_add(1), 255]), ..begin },
            3 => Begin { parts: self.random.pick(&[0, parts.wrapping_add(1), 255]), ..begin },
            4 => Begin { actions: actions + 1, ..begin },
            5 => Begin { actions: actions - 1, ..begin },
            6 => Begin { not_after: self.model.now - 1, ..begin },
            7 => Begin { other_members: true, ..begin },
            8 => Begin { named: self.random.pick(&[-1, 1]), ..begin },
            9 => Begin { other_council: true, ..begin },
            _ => Begin { number: number + 1, ..begin },
        }
    }

    fn message(&mut self) -> Vec<Inner> {
        let wanted = self.random.pick(&[1, 1, 1, 2, 2, 4]);
        let mut actions = Vec::new();
        while actions.len() < wanted {
            actions.extend(self.actions());
        }
        self.message_of(&actions)
    }

    pub(super) fn message_of(&mut self, actions: &[Action]) -> Vec<Inner> {
        let begin = self.begin(actions.len());
        let record = begin.number;
        let acts = actions.iter().map(|action| Inner::Act { record, action: *action });
        std::iter::once(Inner::Begin(begin)).chain(acts).collect()
    }

    fn run(&mut self) -> Run {
        if !self.random.one_in(20) {
            return AS_APPROVED;
        }
        match self.random.below(6) {
            0 => Run { through_another: true, ..AS_APPROVED },
            1 => Run { unsigned: true, ..AS_APPROVED },
            2 => Run { top: Top::OtherTransaction, ..AS_APPROVED },
            3 => Run { top: Top::OtherCouncil, ..AS_APPROVED },
            4 => Run { top: Top::OtherInstruction, ..AS_APPROVED },
            _ => Run { top: Top::OtherProgram, ..AS_APPROVED },
        }
    }

    pub(super) fn sip(&mut self) -> Step {
        let council = self.deciding();
        Step::Sip { council, message: self.message(), run: self.run() }
    }

    /// An acceptance, or instructions without the one that begins, with an old one's record, or between two beginnings.
    pub(super) fn sip_unlike_a_sip(&mut self) -> Step {
        let council = self.deciding();
        let run = self.run();
        let offer = self.model.config.as_ref().and_then(|config| config.offer);
        if let Some(offer) = offer.filter(|_| !self.random.one_in(4)) {
            let accept = Inner::Accept {
                number: offer.sip + u32::from(self.random.one_in(10)),
                text: if self.random.one_in(10) { 1 - offer.text } else { offer.text },
                named: self.random.pick(&[0, 0, 0, 0, 0, 0, 1, -1]),
                other_council: self.random.one_in(10),
            };
            let council = if self.random.one_in(8) { 1 - offer.to } else { offer.to };
            return Step::Sip { council, message: vec![accept], run };
        }
        let mut message = self.message();
        let last = self.next_number() - 1;
        let record = if self.random.one_in(3) { self.random.below(last as usize + 2) as u32 } else { last };
        let left_over = self.model.records.get(&last).is_some_and(|record| record.actions > 0);
        let kind = if left_over && self.random.one_in(2) { 1 } else { self.random.below(6) };
        match kind {
            0 => message = vec![Inner::Accept { number: record, text: 0, named: 0, other_council: false }],
            1 => message = vec![Inner::Act { record, action: self.action() }],
            2 => message.truncate(1),
            3 => message.extend(self.message()),
            4 => message.rotate_left(1),
            _ => message.push(Inner::Act { record, action: self.action() }),
        }
        Step::Sip { council, message, run }
    }

    /// Now or later, and perhaps once more.
    pub(super) fn proposal(&mut self) -> Step {
        let made = self.model.proposals.len();
        if made == 0 || self.random.one_in(3) {
            let council = self.deciding();
            return Step::Propose { council, message: self.message() };
        }
        let proposal = if self.random.one_in(3) { self.random.below(made) } else { made - 1 };
        Step::Execute { proposal, run: self.run() }
    }
}
