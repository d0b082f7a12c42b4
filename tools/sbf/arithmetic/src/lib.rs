//! Computes what the instruction data asks for and returns the results, for comparison with another machine.
//! Data: rows of 34 bytes (type u8, operation u8, a and b as 16 bytes little-endian).
//! Return data: rows of 17 bytes (1 if there is a result, else 0; the result as 16 bytes).

use core::panic::PanicInfo;
use std::alloc::{GlobalAlloc, Layout};

extern "C" {
    fn sol_log_(message: *const u8, length: u64);
    fn sol_set_return_data(data: *const u8, length: u64);
}

/// Nothing here allocates; were it to, this says so by failing.
struct NoMemory;
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
#[global_allocator]
static MEMORY: NoMemory = NoMemory;

#[no_mangle]
fn custom_panic(_: &PanicInfo<'_>) {
    let message = "panicked";
    unsafe { sol_log_(message.as_ptr(), message.len() as u64) };
}

macro_rules! integer {
    ($t:ty, $operation:expr, $a:expr, $b:expr) => {{
        let (a, b) = ($a as $t, $b as $t);
        let n = $b as u32;
        let value = match $operation {
            0 => a.checked_add(b),
            1 => a.checked_sub(b),
            2 => a.checked_mul(b),
            3 => a.checked_div(b),
            4 => a.checked_rem(b),
            5 => Some(a.wrapping_mul(b)),
            6 => a.checked_shl(n),
            7 => a.checked_shr(n),
            8 => Some(a.wrapping_shl(n)),
            9 => Some(a.wrapping_shr(n)),
            10 => Some(a.saturating_sub(b)),
            11 => Some(a.saturating_mul(b)),
            12 => a.checked_rem_euclid(b),
            13 => Some((a < b) as $t),
            14 => a.checked_pow(n % 8),
            // Checked by the compiler: an overflow ends the program.
            15 => Some(a + b),
            16 => Some(a * b),
            _ => None,
        };
        value.map(|v| v as u128)
    }};
}

fn float(operation: u8, a: u128, b: u128) -> Option<u128> {
    let (x, y) = (f64::from_bits(a as u64), f64::from_bits(b as u64));
    Some(match operation {
        0 => (x + y).to_bits() as u128,
        1 => (x - y).to_bits() as u128,
        2 => (x * y).to_bits() as u128,
        3 => (x / y).to_bits() as u128,
        4 => (x < y) as u128,
        5 => (x >= y) as u128,
        6 => x as u64 as u128,
        7 => x as i32 as u32 as u128,
        8 => (a as u64 as f64).to_bits() as u128,
        9 => (a as i64 as f64).to_bits() as u128,
        _ => return None,
    })
}

fn compute(kind: u8, operation: u8, a: u128, b: u128) -> Option<u128> {
    match kind {
        0 => integer!(u64, operation, a, b),
        1 => integer!(i64, operation, a, b),
        2 => integer!(u128, operation, a, b),
        3 => integer!(i128, operation, a, b),
        4 => integer!(u32, operation, a, b),
        5 => integer!(i32, operation, a, b),
        6 => integer!(u16, operation, a, b),
        7 => integer!(i8, operation, a, b),
        8 => float(operation, a, b),
        _ => None,
    }
}

const ROW: usize = 34;
const RESULT: usize = 17;
const ROWS: usize = 32;

/// # Safety
/// Called by the runtime with its serialised input: no accounts, then the length and bytes of the data.
#[no_mangle]
pub unsafe extern "C" fn entrypoint(input: *const u8) -> u64 {
    let word = |at: usize| unsafe { input.add(at).cast::<u64>().read_unaligned() };
    if word(0) != 0 {
        return 1;
    }
    let data = unsafe { core::slice::from_raw_parts(input.add(16), word(8) as usize) };
    let mut results = [0u8; ROWS * RESULT];
    let mut rows = 0;
    for row in data.chunks_exact(ROW).take(ROWS) {
        let wide = |at: usize| {
            let mut bytes = [0u8; 16];
            bytes.copy_from_slice(&row[at..at + 16]);
            u128::from_le_bytes(bytes)
        };
        if let Some(value) = compute(row[0], row[1], wide(2), wide(18)) {
            let out = &mut results[rows * RESULT..(rows + 1) * RESULT];
            out[0] = 1;
            out[1..].copy_from_slice(&value.to_le_bytes());
        }
        rows += 1;
    }
    unsafe { sol_set_return_data(results.as_ptr(), (rows * RESULT) as u64) };
    0
}
