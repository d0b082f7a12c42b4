//! What can happen, as data: a step says everything, so that a list of them makes the same run again.

pub use crate::message::*;

/// One of the two councils. The second gets the authority by a hand-over.
pub type Council = usize;
pub const COUNCILS: usize = 2;
/// A key that can hold a role; `None` is nobody.
pub type Actor = u8;
pub const ACTORS: usize = 4;
/// An index into [`crate::chain::lsts::LSTS`].
pub type Lst = usize;
/// An owner of LSTs and receipts.
pub type Who = usize;
pub const OWNERS: usize = 3;
/// An index into the vote accounts; the last is none of the vote program's.
pub type Vote = usize;
pub const VOTES: usize = 3;
pub const NO_VOTE_ACCOUNT: Vote = 2;

/// What the transaction is at its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Top {
    /// The council's `vault_transaction_execute` of this very message.
    Execute,
    OtherTransaction,
    OtherCouncil,
    OtherInstruction,
    OtherProgram,
}

#[derive(Clone, Copy, Debug)]
pub struct Run {
    pub top: Top,
    /// Another program of the message calls with the vault's signature.
    pub through_another: bool,
    /// The vault's signature is not there.
    pub unsigned: bool,
}

pub const AS_APPROVED: Run = Run { top: Top::Execute, through_another: false, unsigned: false };

#[derive(Clone, Debug)]
pub enum Step {
    Initialize {
        council: Council,
        floors: (u16, u32),
        realms: bool,
        astray: bool,
        by_another: bool,
    },
    /// Proposed and, at once, executed.
    Sip {
        council: Council,
        message: Vec<Inner>,
        run: Run,
    },
    /// Proposed, to be executed by a later step, more than once perhaps.
    Propose {
        council: Council,
        message: Vec<Inner>,
    },
    Execute {
        proposal: usize,
        run: Run,
    },
    /// Members, threshold or time lock change, by a transaction of long before: all up to the last one are stale.
    Change {
        council: Council,
        threshold: u16,
        time_lock: u32,
        members: u8,
        controlled: bool,
    },
    Wait {
        seconds: i64,
        slots: u64,
    },
    Activate {
        by: Actor,
        signed: bool,
        index: u16,
    },
    Close {
        index: u16,
    },
    GuardianPause {
        by: Actor,
        signed: bool,
    },
    Restake {
        who: Who,
        lst: Lst,
        index: u16,
        cap_of: u16,
        amount: u64,
        gatekeeper: Option<(Actor, bool)>,
        signed: bool,
    },
    Unrestake {
        who: Who,
        lst: Lst,
        amount: u64,
        signed: bool,
    },
    Thaw {
        who: Who,
        lst: Lst,
    },
    /// What a later version's `delegate` leaves: the position's totals, the receipts frozen.
    Bind {
        who: Who,
        lst: Lst,
        delegated: u64,
        unbonding: u64,
    },
    /// Receipts from one owner to another, by the token program.
    Send {
        from: Who,
        to: Who,
        lst: Lst,
        amount: u64,
    },
    /// LST straight into a pool's vault.
    Donate {
        who: Who,
        lst: Lst,
        amount: u64,
    },
    /// An associated account that anybody can make first: an owner's for receipts, or the vault.
    MakeAccount {
        who: Option<Who>,
        lst: Lst,
    },
    /// The mint's freeze authority freezes the vault of a pool that is not there yet.
    FreezeVault {
        lst: Lst,
    },
    /// Lamports sent to an address where the program will want to make an account.
    Prefund {
        place: Place,
    },
}

/// Where the program makes accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Record(u32),
    Epoch(u16),
    EpochCap(u16, Lst),
    Pool(Lst),
    Rst(Lst),
    Operator(Vote),
    Position(Lst, Who),
}

impl Step {
    /// Its class; a council's message counts by its first action.
    pub fn name(&self) -> &'static str {
        match self {
            Step::Initialize { .. } => "initialize",
            Step::Sip { message, .. } => message_name(message),
            Step::Propose { .. } => "propose",
            Step::Execute { .. } => "execute a proposal of before",
            Step::Change { .. } => "change of the council",
            Step::Wait { .. } => "wait",
            Step::Activate { .. } => "activate_epoch",
            Step::Close { .. } => "close_epoch",
            Step::GuardianPause { .. } => "guardian_pause",
            Step::Restake { .. } => "restake",
            Step::Unrestake { .. } => "unrestake",
            Step::Thaw { .. } => "thaw_receipts",
            Step::Bind { .. } => "bind receipts",
            Step::Send { .. } => "send receipts",
            Step::Donate { .. } => "send to the vault",
            Step::MakeAccount { .. } | Step::FreezeVault { .. } | Step::Prefund { .. } => {
                "stand in the way of an account"
            }
        }
    }
}
