//! Shared ground of the vendor crates.

mod error;
mod patch;

pub mod envelope;
pub mod model;
pub mod operation;

pub use error::Error;
pub use patch::Patch;
