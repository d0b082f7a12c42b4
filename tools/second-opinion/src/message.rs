//! The message of a vault transaction, and how instructions become one.
use crate::key::{sha, Key};

pub struct Instruction {
    pub program: Key,
    /// Key, signs, is written.
    pub accounts: Vec<(Key, bool, bool)>,
    pub data: Vec<u8>,
    /// Its data ends in the hash of the instruction behind it.
    pub records_next: bool,
}

pub struct Compiled {
    pub program: u8,
    pub accounts: Vec<u8>,
    pub data: Vec<u8>,
}

/// How many keys a lookup table contributes.
pub struct Lookup {
    pub writable: usize,
    pub read_only: usize,
}

pub struct Message {
    /// Signers, writable ones of them, writable ones of the others.
    pub header: [u8; 3],
    pub keys: Vec<Key>,
    pub instructions: Vec<Compiled>,
    pub tables: usize,
}

impl Message {
    pub fn signs(&self, index: usize) -> bool {
        index < usize::from(self.header[0])
    }
    pub fn is_written(&self, index: usize) -> bool {
        let [signers, writable_signers, writable_others] = self.header.map(usize::from);
        index < writable_signers || (signers..signers + writable_others).contains(&index)
    }
    pub fn key(&self, index: u8) -> Option<Key> {
        self.keys.get(usize::from(index)).copied()
    }

    /// As the account stores it.
    pub fn stored(&self) -> Vec<u8> {
        let list = |bytes: &[u8]| [&(bytes.len() as u32).to_le_bytes(), bytes].concat();
        let mut bytes = self.header.to_vec();
        bytes.extend((self.keys.len() as u32).to_le_bytes());
        self.keys.iter().for_each(|key| bytes.extend(key.0));
        bytes.extend((self.instructions.len() as u32).to_le_bytes());
        for one in &self.instructions {
            bytes.push(one.program);
            bytes.extend(list(&one.accounts));
            bytes.extend(list(&one.data));
        }
        bytes.extend([0; 4]); // no lookup tables
        bytes
    }

    /// Length as the argument of `vault_transaction_create`, which has shorter prefixes.
    pub fn wire_bytes(&self) -> usize {
        let each = |one: &Compiled| 1 + 1 + one.accounts.len() + 2 + one.data.len();
        3 + 1 + 32 * self.keys.len() + 1 + self.instructions.iter().map(each).sum::<usize>() + 1
    }
}

/// The vault first, then writable signers, signers, writable keys and the rest, each as they first occur.
pub fn compile(vault: Key, instructions: &[&Instruction]) -> Result<Message, String> {
    let mut merged = vec![(vault, true, true)];
    for one in instructions {
        for (key, signs, is_written) in [(one.program, false, false)].iter().chain(&one.accounts) {
            match merged.iter_mut().find(|(known, ..)| known == key) {
                Some(known) => *known = (*key, known.1 | signs, known.2 | is_written),
                None => merged.push((*key, *signs, *is_written)),
            }
        }
    }
    let class =
        |signs: bool, is_written: bool| merged.iter().filter(move |m| m.1 == signs && m.2 == is_written);
    let classes = [class(true, true), class(true, false), class(false, true), class(false, false)];
    let [writable_signers, signers, writable, _] = classes.clone().map(|class| class.count() as u8);
    let keys: Vec<Key> = classes.into_iter().flatten().map(|(key, ..)| *key).collect();
    if keys.len() > 255 {
        return Err("an instruction has more keys than a message holds".into());
    }
    let index =
        |key: &Key| keys.iter().position(|known| known == key).expect("every key is in the table") as u8;
    let compiled = instructions.iter().enumerate().map(|(at, one)| {
        let mut data = one.data.clone();
        if let Some(next) = instructions.get(at + 1).filter(|_| one.records_next) {
            data.truncate(data.len() - 32);
            data.extend(external_hash(next, &merged));
        }
        let accounts = one.accounts.iter().map(|(key, ..)| index(key)).collect();
        Compiled { program: index(&one.program), accounts, data }
    });
    let instructions = compiled.collect();
    Ok(Message {
        header: [writable_signers + signers, writable_signers, writable],
        keys,
        instructions,
        tables: 0,
    })
}

/// What `record_external` says of a foreign instruction, with its keys' bits as the whole message has them.
fn external_hash(one: &Instruction, merged: &[(Key, bool, bool)]) -> [u8; 32] {
    let mut bytes = [&b"solayer-external-v1\0"[..], &one.program.0].concat();
    bytes.extend((one.accounts.len() as u16).to_le_bytes());
    for (key, ..) in &one.accounts {
        let (_, signs, is_written) = merged.iter().find(|(known, ..)| known == key).expect("merged");
        bytes.extend(key.0);
        bytes.push(u8::from(*signs) | u8::from(*is_written) << 1);
    }
    bytes.extend((one.data.len() as u32).to_le_bytes());
    sha(&[&bytes, &one.data])
}
