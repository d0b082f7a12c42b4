pub mod set_pool_cap;
pub mod set_pool_status;
pub mod set_receipts_transferable;
pub mod sip_pool;
pub mod thaw_receipts;
pub mod whitelist_lst;

pub use set_pool_cap::SetPoolCapArgs;
pub use set_pool_status::SetPoolStatusArgs;
pub use set_receipts_transferable::SetReceiptsTransferableArgs;
pub use sip_pool::*;
pub use thaw_receipts::*;
pub use whitelist_lst::*;
