pub mod receipts;
pub mod restake;
pub mod unrestake;

pub use receipts::*;
pub use restake::*;
pub use unrestake::*;
