pub mod begin_sip;
pub mod sip_config;

pub use begin_sip::*;
pub use sip_config::*;
