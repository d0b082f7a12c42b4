use anchor_lang::prelude::*;

/// Append-only: a code keeps its number for ever, retired ones keep their slot.
#[error_code]
pub enum RestakingError {
    #[msg("The signer is not the configured authority")]
    NotAuthority, // 6000
    #[msg("The signer is not the program's upgrade authority")]
    NotUpgradeAuthority, // 6001
    #[msg("Only venue Squads is supported")]
    VenueUnsupported, // 6002
    #[msg("The authority is not vault 0 of the venue account")]
    AuthorityNotVault, // 6003
    #[msg("The floors must be at least threshold 1 and not above what the council has")]
    FloorInvalid, // 6004
    #[msg("SIP numbers start at 2")]
    SipNumberReserved, // 6005
    #[msg("The SIP's last execution time has passed")]
    SipExpired, // 6006
    #[msg("No SIP announced this instruction in this message")]
    NoSipActive, // 6007
    #[msg("A SIP part must announce at least one action")]
    NothingAnnounced, // 6008
    #[msg("SIP part out of order or already executed")]
    SipPartOutOfOrder, // 6009
    #[msg("Digest or part count differs from the SIP's first part")]
    SipMismatch, // 6010
    #[msg("Not the configured council")]
    WrongCouncil, // 6011
    #[msg("Not a Squads multisig")]
    NotACouncil, // 6012
    #[msg("The council has a config authority")]
    CouncilControlled, // 6013
    #[msg("The council's threshold is below the floor")]
    ThresholdTooLow, // 6014
    #[msg("The council's time lock is below the floor")]
    TimeLockTooLow, // 6015
    #[msg("The council's members changed since the SIP was compiled")]
    MembersChanged, // 6016
    #[msg("Not executed by the named council transaction, or that transaction is stale")]
    StaleCouncilTransaction, // 6017
    #[msg("No authority hand-over is pending")]
    NoHandoverPending, // 6018
    #[msg("The pending hand-over has expired or would expire at once")]
    HandoverExpired, // 6019
    #[msg("SIP or digest differs from the pending hand-over")]
    HandoverMismatch, // 6020
    #[msg("The signer is not the guardian")]
    NotGuardian, // 6021
    #[msg("The protocol is paused")]
    Paused, // 6022
    #[msg("The protocol is paused already")]
    AlreadyPaused, // 6023
    #[msg("The protocol is not paused")]
    NotPaused, // 6024
    #[msg("The guardian paused less than 14 days ago")]
    GuardianCoolingDown, // 6025
    #[msg("Unknown kind of external record")]
    ExternalKindUnknown, // 6026
    #[msg("The symbol must be 1 to 12 letters or digits, and the pool's own")]
    SymbolMismatch, // 6027
    #[msg("The decimals differ from the mint's")]
    DecimalsMismatch, // 6028
    #[msg("The mint has a freeze authority that the SIP does not allow")]
    MintHasFreezeAuthority, // 6029
    #[msg("The mint has a Token-2022 extension that is not on the allow-list")]
    MintExtensionRefused, // 6030
    #[msg("The LST vault is not a clean token account of the pool")]
    VaultUnclean, // 6031
    #[msg("The receipts are transferable already")]
    ReceiptsAlreadyTransferable, // 6032
    #[msg("The receipts are not transferable")]
    ReceiptsNotTransferable, // 6033
    #[msg("Part of the position is delegated or unbonding")]
    PositionLocked, // 6034
    #[msg("The pool does not take deposits")]
    PoolClosed, // 6035
    #[msg("The pool is retired")]
    PoolRetired, // 6036
    #[msg("The value is the one already set")]
    NothingChanges, // 6037
    #[msg("The name must be 1 to 32 printable ASCII characters without blanks at its ends")]
    NameInvalid, // 6038
    #[msg("Not a vote account")]
    NotAVoteAccount, // 6039
    #[msg("The operator is retired")]
    OperatorRetired, // 6040
    #[msg("Epochs are scheduled in order: this is not the next index")]
    EpochOutOfOrder, // 6041
    #[msg("The window must close after it opens and after now")]
    EpochWindowInvalid, // 6042
    #[msg("The epoch's state does not allow this change")]
    EpochStateInvalid, // 6043
    #[msg("Only the last scheduled epoch can be cancelled")]
    EpochNotLast, // 6044
    #[msg("The signer is not the epoch admin")]
    NotEpochAdmin, // 6045
    #[msg("Another epoch is active")]
    AnotherEpochActive, // 6046
    #[msg("The epoch's window has not opened")]
    EpochNotOpen, // 6047
    #[msg("The epoch's window has passed")]
    EpochWindowPassed, // 6048
    #[msg("The epoch can be closed only after its window")]
    EpochStillOpen, // 6049
    #[msg("No epoch takes deposits now")]
    NoActiveEpoch, // 6050
    #[msg("The pool has no cap in the active epoch")]
    PoolNotInEpoch, // 6051
    #[msg("This epoch is by invitation: the gatekeeper must sign")]
    GatekeeperMissing, // 6052
    #[msg("The amount must not be zero")]
    AmountZero, // 6053
    #[msg("The deposit would pass the pool's cap")]
    PoolCapExceeded, // 6054
    #[msg("The deposit would pass the epoch's cap")]
    EpochCapExceeded, // 6055
    #[msg("Withdrawals are not open")]
    WithdrawalsClosed, // 6056
    #[msg("Arithmetic overflow")]
    Overflow, // 6057
    #[msg("The token account is not the owner's associated account")]
    WrongTokenAccount, // 6058
    #[msg("Accounts beyond the instruction's own were passed")]
    UnexpectedAccounts, // 6059
    #[msg("The vault received another amount than the deposit")]
    AmountMismatch, // 6060
    #[msg("The key is not a usable address")]
    KeyInvalid, // 6061
    #[msg("Only the council's own transaction may carry this instruction, not another program")]
    NotCalledDirectly, // 6062
}
