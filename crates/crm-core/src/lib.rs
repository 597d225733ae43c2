//! Shared ground of the vendor crates.

mod batch;
mod custom_fields;
mod error;
mod patch;
mod record;

pub mod call;
pub mod envelope;
pub mod model;
pub mod operation;
pub mod wire;

pub use batch::{BatchItem, BatchReport, BatchRow, BatchVerdict};
pub use custom_fields::{CustomField, CustomFields, CustomValue};
pub use error::{Error, ErrorKind, Unreadable};
#[doc(hidden)]
pub use {http, reqwest};
pub use patch::Patch;
pub use record::RecordId;
