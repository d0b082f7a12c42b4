//! What stands around the program on a host: accounts, the runtime, the token programs, the council.

pub mod addresses;
pub mod calls;
pub mod ledger;
pub mod lsts;
pub mod runtime;
pub mod squads;
mod system;
mod user_calls;
pub mod world;
