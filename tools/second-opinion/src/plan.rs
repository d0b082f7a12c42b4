//! A text's instructions, split into the parts that each fit one transaction.
use crate::action::Pins;
use crate::key::{self, config_at, known, proposal_at, record_at, transaction_at, Key};
use crate::message::{compile, Instruction, Message};
use crate::program::instruction;
use std::collections::BTreeSet;
use std::ops::Range;

/// What one packet carries of a transaction, bytes.
const PACKET: usize = 1232;
/// More overflow the heap of Squads' execution.
const MAX_INSTRUCTIONS: usize = 15;
/// The counters of `begin_sip` are bytes.
const MAX_PARTS: usize = 255;

pub struct Plan {
    pub pins: Pins,
    pub digest: [u8; 32],
    /// Unix seconds.
    not_after: i64,
    instructions: Vec<Instruction>,
    pub parts: Vec<Range<usize>>,
}

impl Plan {
    /// Parts are filled greedily in text order. A foreign instruction stays with its record.
    pub fn new(pins: Pins, digest: [u8; 32], not_after: i64, all: Vec<Instruction>) -> Result<Plan, String> {
        let starts = (0..all.len()).filter(|at| *at == 0 || all[*at].program == pins.program);
        let starts: Vec<usize> = starts.chain([all.len()]).collect();
        let mut plan = Plan { pins, digest, not_after, instructions: all, parts: Vec::new() };
        for unit in starts.windows(2).map(|unit| unit[0]..unit[1]) {
            let longer = plan.parts.last().map(|part| part.start..unit.end);
            if let Some(longer) = longer.filter(|longer| plan.fits(longer.clone())) {
                plan.parts.pop();
                plan.parts.push(longer);
            } else if plan.fits(unit.clone()) && plan.parts.len() < MAX_PARTS {
                plan.parts.push(unit);
            } else {
                return Err(format!("its instruction {} does not fit one transaction", unit.start + 1));
            }
        }
        Ok(plan)
    }

    /// Counts: part, parts, instructions of the program that follow.
    fn begin(&self, counts: [u8; 3], members: &[u8; 32], council_tx: u64) -> Instruction {
        let Pins { program, council, vault, number } = &self.pins;
        let (record, config) = (record_at(program, *number).0, config_at(program).0);
        let given = [("authority", *vault), ("config", config), ("sipRecord", record), ("council", *council)];
        let (number, not_after) = (number.to_le_bytes(), self.not_after.to_le_bytes());
        let args = [&number[..], &self.digest, &counts, &not_after, members, &council_tx.to_le_bytes()];
        instruction(program, "begin_sip", &given, &args)
    }

    /// A part's message; none where there is no such part. Part 0 is what the new council of a hand-over executes.
    pub fn compile(
        &self,
        part: usize,
        members: &[u8; 32],
        council_tx: u64,
    ) -> Result<Option<Message>, String> {
        let Pins { program, council, vault, number } = &self.pins;
        if part == 0 {
            let given = [("authority", *vault), ("config", config_at(program).0), ("council", *council)];
            let args = [&number.to_le_bytes()[..], &self.digest, &council_tx.to_le_bytes()];
            let accept = instruction(program, "accept_authority", &given, &args);
            return compile(*vault, &[&accept]).map(Some);
        }
        let Some(range) = self.parts.get(part - 1) else { return Ok(None) };
        let planned = &self.instructions[range.clone()];
        let own = planned.iter().filter(|one| one.program == *program).count();
        let begin = self.begin([part as u8, self.parts.len() as u8, own as u8], members, council_tx);
        compile(*vault, &[&begin].into_iter().chain(planned).collect::<Vec<_>>()).map(Some)
    }

    /// Whether both the transaction that creates and proposes and the one that executes fit a packet.
    fn fits(&self, range: Range<usize>) -> bool {
        let Pins { council, vault, .. } = &self.pins;
        let begin = self.begin([1; 3], &[0; 32], 0);
        let all: Vec<&Instruction> = [&begin].into_iter().chain(&self.instructions[range]).collect();
        let Ok(message) = compile(*vault, &all) else { return false };
        // The index decides nothing. Behind these stands the sender, who is in no message, and behind that its system program.
        let own = [transaction_at(council, 1).0, proposal_at(council, 1).0, *council, known(key::SQUADS)];
        let mut keys: BTreeSet<Key> = own.into_iter().chain([known(key::COMPUTE_BUDGET)]).collect();
        let create = transaction(1, keys.len() + 2, &[(5, 15 + message.wire_bytes()), (5, 17)]);
        let signs = |at: &usize| message.signs(*at) && message.keys[*at] != *vault;
        let signers = 1 + (0..message.keys.len()).filter(signs).count();
        keys.extend(&message.keys);
        let execute = transaction(signers, keys.len() + 1, &[(4 + message.keys.len(), 8)]);
        create <= PACKET && execute <= PACKET && all.len() <= MAX_INSTRUCTIONS
    }
}

/// Length of a v0 transaction: compute-unit limit (5 bytes) and price (9), then these (accounts, bytes of data).
fn transaction(signers: usize, keys: usize, instructions: &[(usize, usize)]) -> usize {
    let compact = |n: usize| 1 + usize::from(n >= 0x80) + usize::from(n >= 0x4000);
    let each = |(accounts, data): &(usize, usize)| 1 + compact(*accounts) + accounts + compact(*data) + data;
    let body: usize = [(0, 5), (0, 9)].iter().chain(instructions).map(each).sum();
    let signatures = compact(signers) + 64 * signers;
    signatures + 1 + 3 + compact(keys) + 32 * keys + 32 + compact(2 + instructions.len()) + body + 1
}
