pub mod config;
pub mod epoch;
pub mod operator;
pub mod pool;
pub mod sip;
pub mod user;

pub use config::*;
pub use epoch::*;
pub use operator::*;
pub use pool::*;
pub use sip::*;
pub use user::*;
