//! What a council says as instructions of the program, by the client that Anchor makes of it.

use anchor_lang::{
    prelude::Pubkey,
    solana_program::{bpf_loader_upgradeable, instruction::Instruction, system_program, sysvar},
    InstructionData, ToAccountMetas,
};
use restaking::{
    accounts as of, instruction as call,
    state::{Floors, Venue},
    AcceptAuthorityArgs, AmendEpochArgs, BeginSipArgs, CancelEpochArgs, EndEpochArgs, InitializeArgs,
    ProposeAuthorityArgs, RecordExternalArgs, RetireOperatorArgs, ScheduleEpochArgs, SetEpochCapArgs,
    SetGuardArgs, SetPoolCapArgs, SetPoolStatusArgs, SetReceiptsTransferableArgs, SetRolesArgs,
    UpdateOperatorArgs, WhitelistLstArgs, WhitelistOperatorArgs,
};

use super::{
    addresses::Addresses,
    lsts::LSTS,
    squads::{self, Multisig},
};
use crate::{
    digest_of,
    steps::{Action, Begin, Council, Lst, Place},
};

pub(super) fn instruction(accounts: impl ToAccountMetas, data: impl InstructionData) -> Instruction {
    Instruction { program_id: restaking::ID, accounts: accounts.to_account_metas(None), data: data.data() }
}

pub fn floors((min_threshold, min_time_lock): (u16, u32)) -> Floors {
    Floors { min_threshold, min_time_lock }
}

fn venue(realms: bool) -> Venue {
    if realms {
        Venue::Realms
    } else {
        Venue::Squads
    }
}

pub fn other(council: Council) -> Council {
    1 - council
}

/// Of a message's transaction: whose, with which index, compiled for which council.
pub struct Compiled<'a> {
    pub council: Council,
    pub index: u64,
    pub multisig: &'a Multisig,
}

impl Compiled<'_> {
    fn named(&self, off: i8) -> u64 {
        self.index.wrapping_add_signed(off.into())
    }
}

impl Addresses {
    pub fn initialize(
        &self,
        council: Council,
        floors_of: (u16, u32),
        realms: bool,
        astray: bool,
        by_another: bool,
    ) -> Instruction {
        let args = InitializeArgs {
            authority: if astray { self.stranger() } else { self.vault(council) },
            venue: venue(realms),
            floors: floors(floors_of),
            epoch_admin: self.actor(0),
            guardian: self.actor(1),
            gatekeeper: self.actor(2),
        };
        let accounts = of::Initialize {
            payer: self.stranger(),
            upgrade_authority: if by_another { self.stranger() } else { self.deployer() },
            config: self.config(),
            venue_account: self.multisig(council),
            program: restaking::ID,
            program_data: self.program_data(),
            system_program: system_program::ID,
        };
        instruction(accounts, call::Initialize { args })
    }

    pub fn begin(&self, of_message: &Compiled, begin: &Begin) -> Instruction {
        let members = of_message.multisig.members;
        let args = BeginSipArgs {
            number: begin.number,
            digest: digest_of(begin.number, begin.text),
            part: begin.part,
            parts: begin.parts,
            actions: begin.actions,
            not_after: begin.not_after,
            members_hash: squads::members_hash(if begin.other_members { members + 1 } else { members }),
            council_tx: of_message.named(begin.named),
        };
        let council = of_message.council;
        let accounts = of::BeginSip {
            authority: self.vault(council),
            config: self.config(),
            sip_record: self.place(Place::Record(begin.number)),
            council: self.multisig(if begin.other_council { other(council) } else { council }),
            instructions: sysvar::instructions::ID,
            system_program: system_program::ID,
        };
        instruction(accounts, call::BeginSip { args })
    }

    pub fn accept(
        &self,
        of_message: &Compiled,
        number: u32,
        text: u8,
        named: i8,
        other_council: bool,
    ) -> Instruction {
        let council = of_message.council;
        let args = AcceptAuthorityArgs {
            sip: number,
            digest: digest_of(number, text),
            council_tx: of_message.named(named),
        };
        let accounts = of::AcceptAuthority {
            authority: self.vault(council),
            config: self.config(),
            council: self.multisig(if other_council { other(council) } else { council }),
            instructions: sysvar::instructions::ID,
        };
        instruction(accounts, call::AcceptAuthority { args })
    }

    fn sip_config(&self, council: Council, record: u32) -> of::SipConfig {
        of::SipConfig {
            authority: self.vault(council),
            config: self.config(),
            sip_record: self.place(Place::Record(record)),
        }
    }

    fn sip_pool(&self, council: Council, record: u32, lst: Lst) -> of::SipPool {
        of::SipPool {
            authority: self.vault(council),
            config: self.config(),
            sip_record: self.place(Place::Record(record)),
            pool: self.pool(lst),
        }
    }

    fn sip_operator(&self, council: Council, record: u32, vote: usize) -> of::SipOperator {
        of::SipOperator {
            authority: self.vault(council),
            config: self.config(),
            sip_record: self.place(Place::Record(record)),
            operator: self.place(Place::Operator(vote)),
        }
    }

    /// An instruction of a SIP, as the vault of this council signs it.
    pub fn act(&self, council: Council, record: u32, action: &Action) -> Instruction {
        let authority = self.vault(council);
        let config = self.config();
        let sip_record = self.place(Place::Record(record));
        let system_program = system_program::ID;
        match *action {
            Action::ProposeAuthority { to, realms, astray, floors: asked, expires_at } => {
                let vault = |to| if astray { self.stranger() } else { self.vault(to) };
                let args = ProposeAuthorityArgs {
                    new_authority: to.map_or_else(Pubkey::default, vault),
                    venue: venue(realms),
                    venue_account: self.multisig(to.unwrap_or(0)),
                    floors: floors(asked),
                    expires_at,
                };
                instruction(self.sip_config(council, record), call::ProposeAuthority { args })
            }
            Action::SetRoles { epoch_admin, guardian, gatekeeper } => {
                let args = SetRolesArgs {
                    epoch_admin: self.holder(epoch_admin),
                    guardian: self.holder(guardian),
                    gatekeeper: self.holder(gatekeeper),
                };
                instruction(self.sip_config(council, record), call::SetRoles { args })
            }
            Action::SetGuard { floors: asked, vote } => {
                let args = SetGuardArgs { floors: floors(asked), vote_governance: self.holder(vote) };
                let council = self.multisig(council);
                instruction(of::SetGuard { authority, config, sip_record, council }, call::SetGuard { args })
            }
            Action::Pause => instruction(self.sip_config(council, record), call::Pause {}),
            Action::Unpause => instruction(self.sip_config(council, record), call::Unpause {}),
            Action::RecordExternal { kind } => {
                let args = RecordExternalArgs { kind, target: self.stranger(), hash: [kind; 32] };
                instruction(self.sip_config(council, record), call::RecordExternal { args })
            }
            Action::WhitelistLst { lst, symbol, decimals, cap, allow_freeze } => {
                let args = WhitelistLstArgs {
                    symbol: symbol.into(),
                    decimals,
                    cap,
                    allow_freeze_authority: allow_freeze,
                };
                let accounts = of::WhitelistLst {
                    authority,
                    config,
                    sip_record,
                    lst_mint: self.mint(lst),
                    pool: self.pool(lst),
                    rst_mint: self.place(Place::Rst(lst)),
                    lst_vault: self.pool_vault(lst),
                    lst_token_program: LSTS[lst].program(),
                    token_program: spl_token::ID,
                    associated_token_program: spl_associated_token_account::ID,
                    system_program,
                };
                instruction(accounts, call::WhitelistLst { args })
            }
            Action::SetPoolCap { lst, symbol, decimals, cap } => {
                let args = SetPoolCapArgs { symbol: symbol.into(), decimals, cap };
                instruction(self.sip_pool(council, record, lst), call::SetPoolCap { args })
            }
            Action::SetPoolStatus { lst, symbol, status } => {
                let args = SetPoolStatusArgs { symbol: symbol.into(), status };
                instruction(self.sip_pool(council, record, lst), call::SetPoolStatus { args })
            }
            Action::SetReceiptsTransferable { lst, symbol } => {
                let args = SetReceiptsTransferableArgs { symbol: symbol.into() };
                instruction(self.sip_pool(council, record, lst), call::SetReceiptsTransferable { args })
            }
            Action::WhitelistOperator { vote, name, authority: signs } => {
                let args =
                    WhitelistOperatorArgs { name: name.into(), operator_authority: self.holder(signs) };
                let operator = self.place(Place::Operator(vote));
                let vote_account = self.vote(vote);
                let accounts = of::WhitelistOperator {
                    authority,
                    config,
                    sip_record,
                    vote_account,
                    operator,
                    system_program,
                };
                instruction(accounts, call::WhitelistOperator { args })
            }
            Action::UpdateOperator { vote, name, authority: signs } => {
                let args = UpdateOperatorArgs { name: name.into(), operator_authority: self.holder(signs) };
                instruction(self.sip_operator(council, record, vote), call::UpdateOperator { args })
            }
            Action::RetireOperator { vote, name } => {
                let args = RetireOperatorArgs { name: name.into() };
                instruction(self.sip_operator(council, record, vote), call::RetireOperator { args })
            }
            Action::ScheduleEpoch { index, terms } => {
                let epoch = self.place(Place::Epoch(index));
                let accounts = of::ScheduleEpoch { authority, config, sip_record, epoch, system_program };
                instruction(accounts, call::ScheduleEpoch { args: ScheduleEpochArgs { index, terms } })
            }
            Action::AmendEpoch { index, terms } => {
                let epoch = self.place(Place::Epoch(index));
                let accounts = of::AmendEpoch { authority, config, sip_record, epoch };
                instruction(accounts, call::AmendEpoch { args: AmendEpochArgs { index, terms } })
            }
            Action::SetEpochCap { index, lst, symbol, decimals, cap } => {
                let args = SetEpochCapArgs { index, symbol: symbol.into(), decimals, cap };
                let accounts = of::SetEpochCap {
                    authority,
                    config,
                    sip_record,
                    epoch: self.place(Place::Epoch(index)),
                    pool: self.pool(lst),
                    epoch_cap: self.place(Place::EpochCap(index, lst)),
                    system_program,
                };
                instruction(accounts, call::SetEpochCap { args })
            }
            Action::CancelEpoch { index } => {
                let epoch = self.place(Place::Epoch(index));
                let accounts = of::CancelEpoch { authority, config, sip_record, epoch };
                instruction(accounts, call::CancelEpoch { args: CancelEpochArgs { index } })
            }
            Action::EndEpoch { index } => {
                let epoch = self.place(Place::Epoch(index));
                let accounts = of::EndEpoch { authority, config, sip_record, epoch };
                instruction(accounts, call::EndEpoch { args: EndEpochArgs { index } })
            }
        }
    }
}

/// Leaves this key's signature out.
pub fn unsign(instruction: &mut Instruction, key: &Pubkey) {
    for meta in &mut instruction.accounts {
        meta.is_signer &= meta.pubkey != *key;
    }
}

/// The program's own accounts of the loader, by its upgrade authority.
pub fn deployed(program_data: &Pubkey, authority: &Pubkey) -> [(Pubkey, super::ledger::Account); 2] {
    let account = |data, executable| super::ledger::Account {
        lamports: super::lsts::RENT,
        owner: bpf_loader_upgradeable::ID,
        data,
        executable,
    };
    let program = [&2u32.to_le_bytes()[..], program_data.as_ref()].concat();
    let data = [&3u32.to_le_bytes()[..], &7u64.to_le_bytes(), &[1], authority.as_ref()].concat();
    [(restaking::ID, account(program, true)), (*program_data, account(data, false))]
}
