//! What a council can say, instruction by instruction.

use restaking::state::{EpochTerms, PoolStatus};

use crate::steps::{Actor, Council, Lst, Vote};

#[derive(Clone, Copy, Debug)]
pub struct Begin {
    pub number: u32,
    /// Which of two texts of that number.
    pub text: u8,
    pub part: u8,
    pub parts: u8,
    pub actions: u8,
    pub not_after: i64,
    /// Compiled for the members of the day it was proposed, or for those of the next change.
    pub other_members: bool,
    /// Names its own transaction, or one so many before or behind.
    pub named: i8,
    /// Looks at the other council.
    pub other_council: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// To a council, or to nobody; `astray`: the authority is no vault of that council.
    ProposeAuthority {
        to: Option<Council>,
        realms: bool,
        astray: bool,
        floors: (u16, u32),
        expires_at: i64,
    },
    SetRoles {
        epoch_admin: Option<Actor>,
        guardian: Option<Actor>,
        gatekeeper: Option<Actor>,
    },
    SetGuard {
        floors: (u16, u32),
        vote: Option<Actor>,
    },
    Pause,
    Unpause,
    RecordExternal {
        kind: u8,
    },
    WhitelistLst {
        lst: Lst,
        symbol: &'static str,
        decimals: u8,
        cap: u64,
        allow_freeze: bool,
    },
    SetPoolCap {
        lst: Lst,
        symbol: &'static str,
        decimals: u8,
        cap: u64,
    },
    SetPoolStatus {
        lst: Lst,
        symbol: &'static str,
        status: PoolStatus,
    },
    SetReceiptsTransferable {
        lst: Lst,
        symbol: &'static str,
    },
    WhitelistOperator {
        vote: Vote,
        name: &'static str,
        authority: Option<Actor>,
    },
    UpdateOperator {
        vote: Vote,
        name: &'static str,
        authority: Option<Actor>,
    },
    RetireOperator {
        vote: Vote,
        name: &'static str,
    },
    ScheduleEpoch {
        index: u16,
        terms: EpochTerms,
    },
    AmendEpoch {
        index: u16,
        terms: EpochTerms,
    },
    SetEpochCap {
        index: u16,
        lst: Lst,
        symbol: &'static str,
        decimals: u8,
        cap: u64,
    },
    CancelEpoch {
        index: u16,
    },
    EndEpoch {
        index: u16,
    },
}

/// One instruction of a council's message.
#[derive(Clone, Copy, Debug)]
pub enum Inner {
    Begin(Begin),
    /// With the record of the SIP that it says it belongs to.
    Act {
        record: u32,
        action: Action,
    },
    Accept {
        number: u32,
        text: u8,
        named: i8,
        other_council: bool,
    },
}

impl Action {
    pub fn name(&self) -> &'static str {
        match self {
            Action::ProposeAuthority { .. } => "propose_authority",
            Action::SetRoles { .. } => "set_roles",
            Action::SetGuard { .. } => "set_guard",
            Action::Pause => "pause",
            Action::Unpause => "unpause",
            Action::RecordExternal { .. } => "record_external",
            Action::WhitelistLst { .. } => "whitelist_lst",
            Action::SetPoolCap { .. } => "set_pool_cap",
            Action::SetPoolStatus { .. } => "set_pool_status",
            Action::SetReceiptsTransferable { .. } => "set_receipts_transferable",
            Action::WhitelistOperator { .. } => "whitelist_operator",
            Action::UpdateOperator { .. } => "update_operator",
            Action::RetireOperator { .. } => "retire_operator",
            Action::ScheduleEpoch { .. } => "schedule_epoch",
            Action::AmendEpoch { .. } => "amend_epoch",
            Action::SetEpochCap { .. } => "set_epoch_cap",
            Action::CancelEpoch { .. } => "cancel_epoch",
            Action::EndEpoch { .. } => "end_epoch",
        }
    }
}

/// By its first action.
pub fn message_name(message: &[Inner]) -> &'static str {
    for inner in message {
        match inner {
            Inner::Act { action, .. } => return action.name(),
            Inner::Accept { .. } => return "accept_authority",
            Inner::Begin(_) => {}
        }
    }
    "begin_sip"
}
