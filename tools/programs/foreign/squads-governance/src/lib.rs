//! Empty: the programs are this crate's dependencies.
