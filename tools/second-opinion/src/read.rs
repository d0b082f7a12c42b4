//! Strict reading of account bytes: what Squads and the restaking program store.
use crate::key::{discriminator, sha, Key};
use crate::message::{Compiled, Lookup, Message};

/// The bytes are not what they should be; which byte it is changes no verdict.
#[derive(Debug)]
pub struct Broken;
type Read<T> = Result<T, Broken>;

pub struct Cursor<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(data: &'a [u8]) -> Cursor<'a> {
        Cursor { data, at: 0 }
    }
    pub fn left(&self) -> usize {
        self.data.len() - self.at
    }
    pub fn take(&mut self, length: usize) -> Read<&'a [u8]> {
        let from = self.at;
        self.at = from.checked_add(length).filter(|end| *end <= self.data.len()).ok_or(Broken)?;
        Ok(&self.data[from..self.at])
    }
    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        self.take(N).map(|bytes| std::array::from_fn(|at| bytes[at]))
    }
    pub fn u8(&mut self) -> Read<u8> {
        self.array().map(u8::from_le_bytes)
    }
    pub fn u16(&mut self) -> Read<u16> {
        self.array().map(u16::from_le_bytes)
    }
    pub fn u32(&mut self) -> Read<u32> {
        self.array().map(u32::from_le_bytes)
    }
    pub fn u64(&mut self) -> Read<u64> {
        self.array().map(u64::from_le_bytes)
    }
    pub fn i64(&mut self) -> Read<i64> {
        self.array().map(i64::from_le_bytes)
    }
    pub fn key(&mut self) -> Read<Key> {
        self.array().map(Key)
    }
    pub fn hash(&mut self) -> Read<[u8; 32]> {
        self.array()
    }
    /// One byte below `count`.
    pub fn tag(&mut self, count: usize) -> Read<usize> {
        self.u8().map(usize::from).and_then(|tag| if tag < count { Ok(tag) } else { Err(Broken) })
    }
    pub fn option<T>(&mut self, item: impl FnOnce(&mut Self) -> Read<T>) -> Read<Option<T>> {
        match self.tag(2)? {
            1 => item(self).map(Some),
            _ => Ok(None),
        }
    }
    /// Borsh's Vec: no count reserves memory, an item that is not there ends the reading.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = self.u32()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(item(self)?);
        }
        Ok(items)
    }
    fn bytes(&mut self) -> Read<Vec<u8>> {
        let length = self.u32()? as usize;
        self.take(length).map(<[u8]>::to_vec)
    }
    fn expect(&mut self, account: &str) -> Read<()> {
        ensure(self.take(8)? == discriminator("account", account))
    }
}

fn ensure(holds: bool) -> Read<()> {
    holds.then_some(()).ok_or(Broken)
}

pub struct Multisig {
    pub create_key: Key,
    pub config_authority: Key,
    pub transaction_index: u64,
    pub stale_index: u64,
    pub bump: u8,
    /// Key and permissions: 1 initiate, 2 vote, 4 execute.
    pub members: Vec<(Key, u8)>,
}

/// Longer than what is used as a rule: Squads leaves room, and old bytes in it.
pub fn multisig(data: &[u8]) -> Read<Multisig> {
    let mut at = Cursor::new(data);
    at.expect("Multisig")?;
    let (create_key, config_authority) = (at.key()?, at.key()?);
    let (threshold, _time_lock) = (at.u16()?, at.u32()?);
    let (transaction_index, stale_index) = (at.u64()?, at.u64()?);
    at.option(|at| at.key())?;
    let bump = at.u8()?;
    let members = at.list(|at| Ok((at.key()?, at.tag(8)? as u8)))?;
    // Squads keeps these after every instruction; bytes that break one are not its own.
    let voters = members.iter().filter(|(_, mask)| mask & 2 != 0).count();
    ensure(members.windows(2).all(|pair| pair[0].0 < pair[1].0))?;
    ensure((1..=voters).contains(&usize::from(threshold)) && stale_index <= transaction_index)?;
    Ok(Multisig { create_key, config_authority, transaction_index, stale_index, bump, members })
}

/// What `begin_sip` compares on chain.
pub fn members_hash(members: &[(Key, u8)]) -> [u8; 32] {
    sha(&members.iter().flat_map(|(key, mask)| [&key.0[..], std::slice::from_ref(mask)]).collect::<Vec<_>>())
}

pub struct VaultTransaction {
    pub multisig: Key,
    pub creator: Key,
    pub index: u64,
    pub bump: u8,
    pub vault_index: u8,
    pub vault_bump: u8,
    pub ephemeral_signers: usize,
    pub message: Message,
    /// The message as stored.
    pub bytes: Vec<u8>,
    /// Bytes behind the message.
    pub trailing: usize,
}

pub fn vault_transaction(data: &[u8]) -> Read<VaultTransaction> {
    let mut at = Cursor::new(data);
    at.expect("VaultTransaction")?;
    let (multisig, creator, index) = (at.key()?, at.key()?, at.u64()?);
    let (bump, vault_index, vault_bump) = (at.u8()?, at.u8()?, at.u8()?);
    let ephemeral_signers = at.bytes()?.len();
    let from = at.at;
    let message = message(&mut at)?;
    let (bytes, trailing) = (data[from..at.at].to_vec(), at.left());
    let transaction = VaultTransaction {
        multisig,
        creator,
        index,
        bump,
        vault_index,
        vault_bump,
        ephemeral_signers,
        message,
        bytes,
        trailing,
    };
    Ok(transaction)
}

fn message(at: &mut Cursor) -> Read<Message> {
    let header: [u8; 3] = at.array()?;
    let keys = at.list(|at| at.key())?;
    let [signers, writable_signers, writable_others] = header.map(usize::from);
    ensure(signers <= keys.len() && writable_signers <= signers && writable_others <= keys.len() - signers)?;
    let instructions =
        at.list(|at| Ok(Compiled { program: at.u8()?, accounts: at.bytes()?, data: at.bytes()? }))?;
    let lookups = at.list(|at| {
        Ok(Lookup {
            writable: {
                at.key()?;
                at.bytes()?.len()
            },
            read_only: at.bytes()?.len(),
        })
    })?;
    let total = keys.len() + lookups.iter().map(|table| table.writable + table.read_only).sum::<usize>();
    let inside = |index: &u8| usize::from(*index) < total;
    ensure(instructions.iter().all(|one| inside(&one.program) && one.accounts.iter().all(inside)))?;
    Ok(Message { header, keys, instructions, tables: lookups.len() })
}

pub struct Proposal {
    pub multisig: Key,
    pub transaction_index: u64,
    pub executed: bool,
    pub bump: u8,
}

pub fn proposal(data: &[u8]) -> Read<Proposal> {
    const EXECUTING: usize = 4;
    const EXECUTED: usize = 5;
    let mut at = Cursor::new(data);
    at.expect("Proposal")?;
    let (multisig, transaction_index) = (at.key()?, at.u64()?);
    let status = at.tag(7)?;
    if status != EXECUTING {
        at.i64()?;
    }
    let bump = at.u8()?;
    for _votes in ["approved", "rejected", "cancelled"] {
        at.list(|at| at.key())?;
    }
    Ok(Proposal { multisig, transaction_index, executed: status == EXECUTED, bump })
}

pub struct SipRecord {
    pub number: u32,
    pub digest: [u8; 32],
    pub part: u8,
    pub parts: u8,
    pub bump: u8,
}

pub fn sip_record(data: &[u8]) -> Read<SipRecord> {
    let mut at = Cursor::new(data);
    at.expect("SipRecord")?;
    let (number, digest, part, parts) = (at.u32()?, at.array()?, at.u8()?, at.u8()?);
    let (_slot, _actions, _council_tx, _executed_at) = (at.u64()?, at.u8()?, at.u64()?, at.i64()?);
    let bump = at.u8()?;
    ensure(at.left() == 0)?;
    Ok(SipRecord { number, digest, part, parts, bump })
}

pub struct Config {
    pub authority: Key,
    /// The pending hand-over; nobody's key while there is none.
    pub pending: Key,
    pub expires_at: i64,
    pub sip: u32,
    pub digest: [u8; 32],
}

pub fn config(data: &[u8]) -> Read<Config> {
    let mut at = Cursor::new(data);
    at.expect("Config")?;
    let (_bump, authority) = (at.u8()?, at.key()?);
    at.take(3 * 32)?; // epoch admin, guardian, gatekeeper
    at.tag(2)?; // venue
    at.take(32 + 2 + 4 + 32)?; // its account, floors, vote governance
    let pending = at.key()?;
    at.tag(2)?; // venue
    at.take(32 + 2 + 4)?; // its account, floors
    let (expires_at, sip, digest) = (at.i64()?, at.u32()?, at.array()?);
    at.tag(3)?; // pause
    at.take(8 + 2 + 2)?; // guardian's pause, next epoch, next activation
    let active = at.option(|at| at.u16())?;
    at.tag(2)?; // withdrawals
    at.take(4 + 128)?; // SIP, reserved
                       // An absent index takes no bytes of the room that there is for it.
    ensure(at.left() == if active.is_none() { 2 } else { 0 })?;
    Ok(Config { authority, pending, expires_at, sip, digest })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(account: &str, parts: &[&[u8]]) -> Vec<u8> {
        [&discriminator("account", account)[..], &parts.concat()].concat()
    }

    #[test]
    fn a_council_keeps_the_rules_of_squads() {
        let council = |threshold: u8, stale: u8, first: u8, mask: u8| {
            let fixed =
                [&[9; 32][..], &[0; 32], &[threshold, 0], &[0; 4], &[5, 0, 0, 0, 0, 0, 0, 0]].concat();
            let members = [&[2, 0, 0, 0][..], &[first; 32], &[mask], &[3; 32], &[2], &[0; 32]].concat();
            multisig(&of("Multisig", &[&fixed, &[stale, 0, 0, 0, 0, 0, 0, 0], &[0, 255], &members]))
        };
        assert_eq!(council(2, 5, 1, 7).unwrap().members.len(), 2);
        for refused in [council(0, 5, 1, 7), council(3, 5, 1, 7), council(2, 6, 1, 7), council(2, 5, 3, 7)] {
            assert!(refused.is_err());
        }
        assert!(council(2, 5, 1, 5).is_err() && council(1, 5, 1, 8).is_err() && council(1, 5, 4, 7).is_err());
    }

    #[test]
    fn a_message_points_at_what_it_has() {
        let transaction = |header: [u8; 3], program: u8, table: &[u8]| {
            let fixed = [&[7; 64][..], &[1; 8], &[255, 0, 254], &[0; 4], &header].concat();
            let one = [&[1, 0, 0, 0][..], &[program], &[1, 0, 0, 0, 0], &[2, 0, 0, 0, 8, 9]].concat();
            vault_transaction(&of("VaultTransaction", &[&fixed, &[2, 0, 0, 0], &[4; 64], &one, table, &[6]]))
        };
        let (none, table) = ([0; 4], [&[1, 0, 0, 0][..], &[5; 32], &[1, 0, 0, 0, 0], &[0; 4]].concat());
        let read = transaction([1, 1, 1], 1, &none).unwrap();
        assert_eq!(
            (read.trailing, read.bytes.len(), read.message.stored()),
            (1, 3 + 68 + 16 + 4, read.bytes)
        );
        assert_eq!(transaction([1, 1, 1], 2, &table).unwrap().message.tables, 1);
        for (header, program) in [([3, 1, 0], 1), ([1, 2, 0], 1), ([1, 1, 2], 1), ([1, 1, 1], 2)] {
            assert!(transaction(header, program, &none).is_err());
        }
    }

    #[test]
    fn a_length_without_bytes_ends_the_reading() {
        assert!(Cursor::new(&[255; 4]).bytes().is_err());
        assert!(Cursor::new(&[255; 4]).list(|at| at.key()).is_err());
        assert!(Cursor::new(&[2]).option(|at| at.u8()).is_err());
    }
}
