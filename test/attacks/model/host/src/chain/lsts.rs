//! The LSTs there are, and their accounts as the token programs lay them out.

use anchor_lang::{
    prelude::Pubkey, solana_program::program_option::COption, solana_program::program_pack::Pack,
};
use spl_token::state::{Account as TokenAccount, AccountState, Mint};

use super::ledger::Account;

pub struct LstKind {
    pub symbol: &'static str,
    pub decimals: u8,
    pub token_2022: bool,
    pub freeze_authority: bool,
    /// Type and length of the one extension of a Token-2022 mint.
    pub extension: Option<(u16, u16)>,
}

impl LstKind {
    /// An account of it has no fees of its own to remember.
    pub fn is_plain(&self) -> bool {
        self.extension != Some(TRANSFER_FEE)
    }

    pub fn program(&self) -> Pubkey {
        if self.token_2022 {
            spl_token_2022::ID
        } else {
            spl_token::ID
        }
    }
}

const METADATA_POINTER: (u16, u16) = (18, 64);
const TRANSFER_FEE: (u16, u16) = (1, 108);

const fn classic(symbol: &'static str, decimals: u8) -> LstKind {
    LstKind { symbol, decimals, token_2022: false, freeze_authority: false, extension: None }
}

pub const LSTS: [LstKind; 5] = [
    classic("JitoSOL", 9),
    classic("mSOL", 6),
    LstKind { token_2022: true, extension: Some(METADATA_POINTER), ..classic("pointSOL", 9) },
    LstKind { freeze_authority: true, ..classic("coldSOL", 9) },
    LstKind { token_2022: true, extension: Some(TRANSFER_FEE), ..classic("feeSOL", 9) },
];

/// Of one base unit: what these accounts hold is not looked at.
pub const RENT: u64 = 5_000_000;
const ACCOUNT_TYPE_AT: usize = 165;
const ACCOUNT_TYPE_MINT: u8 = 1;

pub fn mint_account(kind: &LstKind, supply: u64, freeze_authority: Pubkey) -> Account {
    let mint = Mint {
        mint_authority: COption::None,
        supply,
        decimals: kind.decimals,
        is_initialized: true,
        freeze_authority: if kind.freeze_authority { COption::Some(freeze_authority) } else { COption::None },
    };
    let mut data = vec![0; Mint::LEN];
    mint.pack_into_slice(&mut data);
    if let Some((extension, length)) = kind.extension {
        data.resize(ACCOUNT_TYPE_AT, 0);
        data.push(ACCOUNT_TYPE_MINT);
        data.extend_from_slice(&extension.to_le_bytes());
        data.extend_from_slice(&length.to_le_bytes());
        data.resize(data.len() + length as usize, 0);
    }
    Account { lamports: RENT, owner: kind.program(), data, executable: false }
}

pub fn token_account(program: Pubkey, mint: Pubkey, owner: Pubkey, amount: u64) -> Account {
    let mut data = vec![0; TokenAccount::LEN];
    let state = AccountState::Initialized;
    TokenAccount { mint, owner, amount, state, ..TokenAccount::default() }.pack_into_slice(&mut data);
    Account { lamports: RENT, owner: program, data, executable: false }
}

/// The part that both token programs share; `None` where no token account is.
pub fn read_token(account: &Account) -> Option<TokenAccount> {
    TokenAccount::unpack_from_slice(account.data.get(..TokenAccount::LEN)?).ok()
}

pub fn read_supply(account: &Account) -> Option<u64> {
    Some(Mint::unpack_from_slice(account.data.get(..Mint::LEN)?).ok()?.supply)
}

/// Freezes or thaws in place, as whoever may would do.
pub fn with_frozen(account: &Account, frozen: bool) -> Account {
    const STATE_AT: usize = 108;
    let mut account = account.clone();
    account.data[STATE_AT] = if frozen { AccountState::Frozen } else { AccountState::Initialized } as u8;
    account
}
