pub mod retire_operator;
pub mod sip_operator;
pub mod update_operator;
pub mod whitelist_operator;

pub use retire_operator::RetireOperatorArgs;
pub use sip_operator::*;
pub use update_operator::UpdateOperatorArgs;
pub use whitelist_operator::*;
