pub mod activate_epoch;
pub mod amend_epoch;
pub mod cancel_epoch;
pub mod close_epoch;
pub mod end_epoch;
pub mod schedule_epoch;
pub mod set_epoch_cap;

pub use activate_epoch::*;
pub use amend_epoch::*;
pub use cancel_epoch::*;
pub use close_epoch::*;
pub use end_epoch::*;
pub use schedule_epoch::*;
pub use set_epoch_cap::*;
