pub mod accept_authority;
pub mod guardian_pause;
pub mod initialize;
pub mod pause;
pub mod propose_authority;
pub mod record_external;
pub mod set_guard;
pub mod set_roles;

pub use accept_authority::*;
pub use guardian_pause::*;
pub use initialize::*;
pub use propose_authority::ProposeAuthorityArgs;
pub use record_external::{RecordExternalArgs, EXTERNAL_CONFIG_TRANSACTION, EXTERNAL_INSTRUCTION};
pub use set_guard::*;
pub use set_roles::SetRolesArgs;
