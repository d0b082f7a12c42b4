mod config;
mod epoch;
mod operator;
mod pool;
mod position;
mod sip_record;

pub use config::*;
pub use epoch::*;
pub use operator::*;
pub use pool::*;
pub use position::*;
pub use sip_record::*;
