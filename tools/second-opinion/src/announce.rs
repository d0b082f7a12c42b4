//! The instruction that ties a message to a text: `begin_sip`, or `accept_authority`, which is part 0 of its SIP.
use crate::key::{discriminator, Key};
use crate::message::Message;
use crate::read::{Broken, Cursor};

#[derive(Clone, Copy)]
pub struct Announcement {
    /// Position in the message.
    pub at: usize,
    pub accepts: bool,
    pub number: u32,
    pub digest: [u8; 32],
    /// What follows the digest, where the data has its full length.
    pub rest: Option<Rest>,
}

#[derive(Clone, Copy)]
pub struct Rest {
    pub part: u8,
    pub council_tx: u64,
    pub begin: Option<Begin>,
}

/// What only `begin_sip` says.
#[derive(Clone, Copy)]
pub struct Begin {
    pub parts: u8,
    /// Instructions of the program that follow.
    pub actions: u8,
    /// Unix seconds.
    pub not_after: i64,
    pub members: [u8; 32],
}

/// One of the program is preferred; one of a foreign program still says which text it claims.
pub fn find(message: &Message, program: &Key) -> Option<Announcement> {
    let all = message.instructions.iter().enumerate().filter_map(|(at, one)| read(at, &one.data));
    let all: Vec<Announcement> = all.collect();
    let ours = |one: &&Announcement| message.key(message.instructions[one.at].program) == Some(*program);
    all.iter().find(ours).or(all.first()).copied()
}

fn read(at: usize, data: &[u8]) -> Option<Announcement> {
    let accepts = data.starts_with(&discriminator("global", "accept_authority"));
    if !accepts && !data.starts_with(&discriminator("global", "begin_sip")) {
        return None;
    }
    let mut cursor = Cursor::new(&data[8..]);
    let (number, digest) = (cursor.u32().ok()?, cursor.hash().ok()?);
    let mut rest = || -> Result<Rest, Broken> {
        if accepts {
            return Ok(Rest { part: 0, begin: None, council_tx: cursor.u64()? });
        }
        let (part, parts, actions) = (cursor.u8()?, cursor.u8()?, cursor.u8()?);
        let begin = Begin { parts, actions, not_after: cursor.i64()?, members: cursor.hash()? };
        Ok(Rest { part, begin: Some(begin), council_tx: cursor.u64()? })
    };
    let rest = rest().ok().filter(|_| cursor.left() == 0);
    Some(Announcement { at, accepts, number, digest, rest })
}
