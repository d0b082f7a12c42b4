//! A program's own code, called in this process with its accounts laid out as the loader lays them out, and the system
//! calls that a host lacks. Signatures, write locks and derived signers are asked for as the runtime does.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::panic::{catch_unwind, AssertUnwindSafe};

use anchor_lang::{
    prelude::{AccountInfo, Clock, ProgramError, Pubkey, Rent},
    solana_program::{
        entrypoint::{ProgramResult, MAX_PERMITTED_DATA_INCREASE},
        instruction::Instruction,
        system_program,
    },
};
use solana_sysvar::program_stubs::{set_syscall_stubs, SyscallStubs};

use super::{
    ledger::{Account, Ledger},
    system,
};

/// What the associated token program asks the token programs, and what they say of the mints here.
const GET_ACCOUNT_DATA_SIZE: u8 = 21;
const ACCOUNT_SIZE: u64 = 165;
/// With the account's type and the header of an extension without contents.
const IMMUTABLE_OWNER_SIZE: u64 = 170;

/// Of the runtime, not of a program: an account that a call may not sign for or write.
pub const PRIVILEGE_ESCALATION: u64 = 0xffff_0001;
/// Of the runtime: a program changed an account that it got to read.
pub const READ_ONLY_CHANGED: u64 = 0xffff_0002;
/// Of the runtime: lamports came out of nowhere, or went there.
pub const UNBALANCED: u64 = 0xffff_0003;
/// The program panicked, as it does where arithmetic overflows unchecked.
pub const PANICKED: u64 = 0xffff_0004;

thread_local! {
    static CLOCK: RefCell<Clock> = RefCell::new(Clock::default());
    /// The programs that are running, the outermost first.
    static RUNNING: RefCell<Vec<Pubkey>> = const { RefCell::new(Vec::new()) };
    /// Stack height of the outermost.
    static BASE: Cell<usize> = const { Cell::new(0) };
    static RETURNED: RefCell<Option<(Pubkey, Vec<u8>)>> = const { RefCell::new(None) };
    /// Derived addresses by seeds and program.
    static DERIVED: RefCell<HashMap<Vec<u8>, Pubkey>> = RefCell::new(HashMap::new());
    static INPUT: RefCell<Input> = RefCell::new(Input::default());
}

struct Host;

impl SyscallStubs for Host {
    fn sol_get_clock_sysvar(&self, to: *mut u8) -> u64 {
        // SAFETY: `Clock::get` passes the address of a `Clock`.
        CLOCK.with_borrow(|clock| unsafe { to.cast::<Clock>().write(clock.clone()) });
        0
    }

    fn sol_get_rent_sysvar(&self, to: *mut u8) -> u64 {
        // SAFETY: `Rent::get` passes the address of a `Rent`.
        unsafe { to.cast::<Rent>().write(Rent::default()) };
        0
    }

    fn sol_get_stack_height(&self) -> u64 {
        (BASE.get() + RUNNING.with_borrow(Vec::len) - 1) as u64
    }

    fn sol_get_return_data(&self) -> Option<(Pubkey, Vec<u8>)> {
        RETURNED.with_borrow(Clone::clone)
    }

    fn sol_invoke_signed(
        &self,
        instruction: &Instruction,
        infos: &[AccountInfo],
        seeds: &[&[&[u8]]],
    ) -> ProgramResult {
        invoke(instruction, infos, seeds)
    }
}

/// Once in a process, before anything runs.
pub fn set_up() {
    set_syscall_stubs(Box::new(Host));
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // A program's panic is an outcome like any other, and told where it is not expected.
        if RUNNING.with_borrow(Vec::is_empty) {
            told(panic);
        }
    }));
}

pub fn set_clock(unix_timestamp: i64, slot: u64) {
    CLOCK.set(Clock { slot, unix_timestamp, ..Clock::default() });
}

fn derived(seeds: &[&[u8]], program: &Pubkey) -> Result<Pubkey, ProgramError> {
    let mut key = program.to_bytes().to_vec();
    for seed in seeds {
        key.push(seed.len() as u8);
        key.extend_from_slice(seed);
    }
    if let Some(address) = DERIVED.with_borrow(|known| known.get(&key).copied()) {
        return Ok(address);
    }
    let address = Pubkey::create_program_address(seeds, program).map_err(|_| ProgramError::InvalidSeeds)?;
    DERIVED.with_borrow_mut(|known| known.insert(key, address));
    Ok(address)
}

/// A call from one program to another.
fn invoke(instruction: &Instruction, infos: &[AccountInfo], seeds: &[&[&[u8]]]) -> ProgramResult {
    let caller = RUNNING.with_borrow(|running| *running.last().expect("a program calls"));
    let signers = seeds.iter().map(|seeds| derived(seeds, &caller)).collect::<Result<Vec<_>, _>>()?;
    let mut accounts = Vec::with_capacity(instruction.accounts.len());
    for meta in &instruction.accounts {
        let info = infos.iter().find(|info| *info.key == meta.pubkey);
        let mut info = info.ok_or(ProgramError::NotEnoughAccountKeys)?.clone();
        let may_sign = info.is_signer || signers.contains(info.key);
        if (meta.is_signer && !may_sign) || (meta.is_writable && !info.is_writable) {
            return Err(ProgramError::Custom(PRIVILEGE_ESCALATION as u32));
        }
        info.is_signer = meta.is_signer;
        info.is_writable = meta.is_writable;
        accounts.push(info);
    }
    within(instruction.program_id, || process(&instruction.program_id, &accounts, &instruction.data))
}

fn within<T>(program: Pubkey, run: impl FnOnce() -> T) -> T {
    RUNNING.with_borrow_mut(|running| running.push(program));
    let result = run();
    RUNNING.with_borrow_mut(|running| running.pop());
    result
}

/// The token programs are the ones on chain, compiled for the host; the system program is a stand-in.
fn process(program: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    let is_token = *program == spl_token::ID || *program == spl_token_2022::ID;
    if *program == system_program::ID {
        system::process(accounts, data)
    } else if let (true, [GET_ACCOUNT_DATA_SIZE, ..]) = (is_token, data) {
        // The token programs' crates return data on chain only.
        let size = if *program == spl_token::ID { ACCOUNT_SIZE } else { IMMUTABLE_OWNER_SIZE };
        RETURNED.set(Some((*program, size.to_le_bytes().to_vec())));
        Ok(())
    } else if *program == spl_token::ID {
        spl_token::processor::Processor::process(program, accounts, data)
    } else if *program == spl_token_2022::ID {
        spl_token_2022::processor::Processor::process(program, accounts, data)
    } else if *program == spl_associated_token_account::ID {
        spl_associated_token_account::processor::process_instruction(program, accounts, data)
    } else {
        Err(ProgramError::IncorrectProgramId)
    }
}

/// Runs one instruction at a stack height and, where it succeeds, keeps what it did.
pub fn run(ledger: &mut Ledger, instruction: &Instruction, height: usize) -> Result<(), u64> {
    BASE.set(height);
    RUNNING.with_borrow_mut(Vec::clear);
    INPUT.with_borrow_mut(|input| {
        input.write(ledger, instruction);
        let entered = catch_unwind(AssertUnwindSafe(|| within(instruction.program_id, || input.enter())));
        entered.map_err(|_| PANICKED)?.map_err(u64::from)?;
        input.keep(ledger)
    })
}

/// An account's own flags where it is used more than once in an instruction.
struct Slot {
    key: Pubkey,
    is_writable: bool,
    /// Where its owner, lamports and data stand in the input.
    owner_at: usize,
}

/// The loader's input: aligned to eight, room to grow behind each account.
#[derive(Default)]
struct Input {
    words: Vec<u64>,
    slots: Vec<Slot>,
    before: Vec<Account>,
}

const KEY: usize = 32;
const HEADER: usize = 8;

impl Input {
    fn write(&mut self, ledger: &Ledger, instruction: &Instruction) {
        self.slots.clear();
        self.before.clear();
        let metas = &instruction.accounts;
        let data: usize = metas.iter().map(|meta| ledger.get(&meta.pubkey).data.len()).sum();
        let most = metas.len() * (HEADER + 2 * KEY + 32 + MAX_PERMITTED_DATA_INCREASE);
        let words = (most + data + instruction.data.len() + KEY + 64).div_ceil(8);
        if self.words.len() < words {
            self.words.resize(words, 0);
        }
        let bytes = bytemuck::cast_slice_mut::<u64, u8>(&mut self.words);
        let mut at = 0;
        let mut put = |at: &mut usize, part: &[u8]| {
            bytes[*at..*at + part.len()].copy_from_slice(part);
            *at += part.len();
        };
        put(&mut at, &(metas.len() as u64).to_le_bytes());
        for (position, meta) in metas.iter().enumerate() {
            if let Some(first) = metas[..position].iter().position(|other| other.pubkey == meta.pubkey) {
                put(&mut at, &[first as u8, 0, 0, 0, 0, 0, 0, 0]);
                continue;
            }
            let same = || metas.iter().filter(|other| other.pubkey == meta.pubkey);
            let is_signer = same().any(|meta| meta.is_signer);
            let is_writable = same().any(|meta| meta.is_writable);
            let account = ledger.get(&meta.pubkey);
            let flags = [u8::MAX, is_signer.into(), is_writable.into(), account.executable.into()];
            put(&mut at, &flags);
            put(&mut at, &[0; 4]);
            put(&mut at, meta.pubkey.as_ref());
            self.slots.push(Slot { key: meta.pubkey, is_writable, owner_at: at });
            put(&mut at, account.owner.as_ref());
            put(&mut at, &account.lamports.to_le_bytes());
            put(&mut at, &(account.data.len() as u64).to_le_bytes());
            put(&mut at, &account.data);
            at = (at + MAX_PERMITTED_DATA_INCREASE).next_multiple_of(8);
            put(&mut at, &u64::MAX.to_le_bytes());
            self.before.push(account.clone());
        }
        put(&mut at, &(instruction.data.len() as u64).to_le_bytes());
        put(&mut at, &instruction.data);
        put(&mut at, instruction.program_id.as_ref());
    }

    fn enter(&mut self) -> ProgramResult {
        let start = self.words.as_mut_ptr().cast::<u8>();
        // SAFETY: `write` has laid the input out as the loader does, and it outlives what is read out of it.
        let (program, accounts, data) = unsafe { solana_program_entrypoint::deserialize(start) };
        if *program == restaking::ID {
            restaking::entry(program, &accounts, data)
        } else {
            process(program, &accounts, data)
        }
    }

    fn account(&self, slot: &Slot, executable: bool) -> Account {
        let bytes = bytemuck::cast_slice::<u64, u8>(&self.words);
        let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
        let data_at = slot.owner_at + KEY + 16;
        Account {
            owner: Pubkey::try_from(&bytes[slot.owner_at..slot.owner_at + KEY]).expect("a key"),
            lamports: word(slot.owner_at + KEY),
            data: bytes[data_at..data_at + word(slot.owner_at + KEY + 8) as usize].to_vec(),
            executable,
        }
    }

    fn keep(&self, ledger: &mut Ledger) -> Result<(), u64> {
        let after: Vec<Account> = self
            .slots
            .iter()
            .zip(&self.before)
            .map(|(slot, old)| self.account(slot, old.executable))
            .collect();
        let total =
            |accounts: &[Account]| accounts.iter().map(|account| u128::from(account.lamports)).sum::<u128>();
        if total(&self.before) != total(&after) {
            return Err(UNBALANCED);
        }
        for ((slot, old), new) in self.slots.iter().zip(&self.before).zip(after) {
            if *old == new {
                continue;
            }
            if !slot.is_writable {
                return Err(READ_ONLY_CHANGED);
            }
            ledger.put(slot.key, new);
        }
        Ok(())
    }
}
